"""Secret addresses: giving one out, opening it, taking it back.

    scoped_links.register(Purpose("guest", "会诊", invitation=…, home=…))          # in AppConfig.ready()
    fresh = scoped_links.issue(purpose="guest", target=guest, holder=…, days=14, by=…)
    return scoped_links.show(request, fresh, back=case.get_absolute_url())        # the one time it is shown

    @scoped_links.by_link("guest")
    def guest_case(request, link): …                                              # without an account

The address shows one button and changes nothing by being looked at, so that previews of a chat program burn
nothing. The button starts a short session for that one link; every later page asks the database again, so a
link that was taken back is closed at once. Wrong, expired and revoked look the same: one page, 404.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

import segno
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache

from .contact import phone_for
from .models import ScopedLink, Studio
from .throttle import allowed

SESSION_KEY = "links"
SESSION_HOURS = 4
MOST_DAYS = 60
TRIES, SECONDS = 30, 60


@dataclass(frozen=True)
class Invitation:
    """What the page with the button says."""

    heading: str
    lead: str
    button: str


@dataclass(frozen=True)
class Purpose:
    """`invitation(link) -> Invitation`, or None when what it leads to is closed by now; `home(link)` is the
    address that the button leads to."""

    code: str
    invitation: Callable
    home: Callable


_purposes = {}


def register(purpose):
    _purposes[purpose.code] = purpose


@dataclass(frozen=True)
class FreshLink:
    """A link just made: `token` is known now and never again."""

    link: ScopedLink
    token: str

    def get_absolute_url(self):
        return reverse("people:link", args=[self.link.studio_id, self.token])


def digest_of(token):
    """Tokens carry 192 random bits, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue(*, purpose, target, holder, days, by, at=None):
    """A FreshLink to `target` (which has a `studio`), usable for 1 to MOST_DAYS `days`."""
    at, token = at or timezone.now(), secrets.token_urlsafe(24)
    link = ScopedLink.objects.create(
        studio_id=target.studio_id, purpose=_purposes[purpose].code, target=target.pk,
        digest=digest_of(token), holder=holder, issued_at=at, issued_by=by,
        expires_at=at + timedelta(days=min(max(days, 1), MOST_DAYS)),
    )  # fmt: skip
    return FreshLink(link, token)


@transaction.atomic
def revoke(link, *, by, at=None):
    """The link opens nothing any more. One that was revoked before keeps its first date."""
    ScopedLink.objects.filter(pk=link.pk, revoked_at=None).update(
        revoked_at=at or timezone.now(), revoked_by=by
    )


def revoke_all(purpose, target, *, by, at=None):
    """As `revoke`, for every link of an object: when it is closed, or the guest is not wanted any more."""
    links = ScopedLink.objects.leading_to(purpose, target).filter(revoked_at=None)
    links.update(revoked_at=at or timezone.now(), revoked_by=by)


def find(studio, token):
    """The usable link behind an address, or None."""
    found = ScopedLink.objects.usable().filter(studio=studio, digest=digest_of(token))
    link = found.select_related("studio").first()
    return link if link and link.purpose in _purposes else None


def invitation(link):
    return _purposes[link.purpose].invitation(link)


def enter(request, link):
    """The button was pressed: a session of SESSION_HOURS for this link. Returns where to go."""
    ScopedLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())
    until = timezone.now() + timedelta(hours=SESSION_HOURS)
    request.session[SESSION_KEY] = {**_entered(request), str(link.pk): until.timestamp()}
    if not request.user.is_authenticated:
        request.session.set_expiry(SESSION_HOURS * 3600)
    return _purposes[link.purpose].home(link)


def _entered(request):
    """{link id as text: until when}, of sessions that still run."""
    now = timezone.now().timestamp()
    return {key: until for key, until in request.session.get(SESSION_KEY, {}).items() if until > now}


def opened(request, purpose, pk):
    """The link of this browser's session, still usable; or None."""
    if str(pk) not in _entered(request):
        return None
    return ScopedLink.objects.usable().filter(pk=pk, purpose=purpose).select_related("studio").first()


def by_link(purpose):
    """A view `(request, link, …)` at `…/<int:pk>/…` (the link's id), open to whoever pressed the button."""

    def decorate(view):
        @never_cache
        @login_not_required
        @wraps(view)
        def guarded(request, pk, **rest):
            link = opened(request, purpose, pk)
            if link is None or invitation(link) is None:
                return gone(request, link.studio if link else None)
            request.studio_here = link.studio
            return view(request, link, **rest)

        return guarded

    return decorate


def gone(request, studio=None):
    """The one page for a link that opens nothing, whatever the reason. `studio`: whose telephone it names."""
    if not allowed(request, "link", tries=TRIES, seconds=SECONDS):
        return render(request, "429.html", status=429)
    if isinstance(studio, int):
        studio = Studio.objects.filter(pk=studio).first()
    phone = studio.contact_phone if studio else phone_for(request)
    return render(request, "people/link/gone.html", {"phone": phone}, status=404)


def show(request, fresh, *, back, words=""):
    """The page that shows an address once, with a QR code and the `words` to send along."""
    address = request.build_absolute_uri(fresh.get_absolute_url())
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    qr = mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
    context = {"link": fresh.link, "address": address, "qr": qr, "back": back, "words": words}
    return render(request, "people/link/fresh.html", context)


def links_of(purpose, target):
    """For the part people/link/_list.html: every link of an object, the newest first."""
    return list(ScopedLink.objects.leading_to(purpose, target).select_related("issued_by", "revoked_by"))
