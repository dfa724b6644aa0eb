"""Whom to ring: the telephone number of the studio that this browser or this person belongs to."""

from .models import Studio

STUDIO_COOKIE = "studio"


def studio_for(request):
    """The studio whose number a page shows, or None in an empty installation.

    Signed in: the first studio one has a role in. Signed out: the one whose page this is (`studio_here`, set
    by its view), the one that was last signed in to here, else the only street's, else the district's.
    """
    if request.user.is_authenticated and request.user.standing.memberships:
        return request.user.standing.memberships[0].studio
    here = getattr(request, "studio_here", None)
    if here:
        return here
    known = request.COOKIES.get(STUDIO_COOKIE, "")
    if known.isascii() and known.isdigit() and len(known) < 18:
        studio = Studio.objects.filter(pk=known).first()
        if studio:
            return studio
    some = list(Studio.objects.order_by("level", "pk")[:3])
    streets = [studio for studio in some if studio.level == Studio.Level.STREET]
    return streets[0] if len(streets) == 1 and len(some) < 3 else next(iter(some), None)


def phone_for(request):
    """The number as people dial it, or ""."""
    studio = studio_for(request)
    return studio.contact_phone if studio else ""


def ring(request):
    """「打021-…」, or 「找街道工作人员」 where no number is known: for the end of a sentence."""
    phone = phone_for(request)
    return f"打{phone}" if phone else "找街道工作人员"
