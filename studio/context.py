"""What every page shows around its content: whose desk, which studio, the menu, how much waits."""

from django.utils.functional import SimpleLazyObject

from people.contact import studio_for

from . import todo
from .nav import menu, mine

NAMELESS = "书记工作室"


def desk_of(request):
    """The desk at which the person sits now: the chosen one, else the first they hold."""
    desks = request.standing.desks
    chosen = request.session.get("desk")
    return chosen if chosen in desks else next(iter(desks), "")


def studio_of(request):
    """The studio of the present desk, or None for somebody without a role."""
    return request.standing.studio_as(desk_of(request))


def frame(request):
    """Context of every template; worked out only when a template asks."""
    return {
        "frame": SimpleLazyObject(lambda: _frame(request)),
        "text_size": getattr(request, "text_size", ""),
    }


def _wordmark(studio):
    """泉+ · 书记工作室; a name that says so already stands alone."""
    name = str(studio)
    return name if name.endswith(NAMELESS) else f"{name} · {NAMELESS}"


def _frame(request):
    if not getattr(request, "standing", None):
        # The studio that this browser knows: a guest rings the street, not the district.
        head = studio_for(request) if hasattr(request, "user") else None
        return {"studio_name": NAMELESS, "phone": head.contact_phone if head else "", "nav": []}
    desk, studio, counts = desk_of(request), studio_of(request), todo.counts(request.user)
    return {
        "studio_name": _wordmark(studio) if studio else NAMELESS,
        "phone": studio.contact_phone if studio else "",
        "desk": desk,
        "desks": request.standing.desks,
        "person": request.user,
        "nav": menu(desk, request.path, counts),
        "mine": mine(desk),
        "todo_count": sum(counts.values()),
    }
