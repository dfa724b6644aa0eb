"""A scene for 情景党课 from a finished case: its public text where there is one, else the case masked."""

from mentoring.models import Scene
from people import privacy

from .models import LibraryCase, Prescription, State

FINISHED = (State.CLOSED, State.PUBLISHED)
# Parts that nearly every case has; the writers rename them.
ROLES = (
    ("居民区书记", "刚来不久，想把事办好，心里有点急"),
    ("带教书记", "来看看，不抢话，关键时候点一句"),
    ("居民甲", "不同意的那一位，有自己的难处"),
    ("居民乙", "着急的那一位，觉得拖得太久"),
)


def may_begin(case, person):
    """Whether the person may make a scene of the case: who brought it, mentors and staff, once it is over."""
    standing = person.standing
    own = person.pk in (case.owner_id, case.chair_id)
    return case.state in FINISHED and (own or case.studio_id in (standing.staff | standing.mentor))


def beginning(case):
    """What the builder begins with: keyword arguments of scenes.write, and how many words were masked."""
    public = LibraryCase.objects.published().filter(case=case).first()
    if public:
        texts = {"title": public.title, "setting": public.story, "conflict": public.diagnosis}
        asked = public.question
    else:
        prescription = Prescription.objects.filter(case=case).order_by("-round", "-pk").first()
        diagnosis = prescription.diagnosis if prescription else ""
        texts, asked = {"title": case.title, "setting": case.story, "conflict": diagnosis}, case.question
    names = [name for name in (case.owner.name, case.owner.called) if name]
    masked = {name: _masked(text, names) for name, text in texts.items()}
    found = sum(len(privacy.findings(text, names=names, thorough=True)) for text in (*texts.values(), asked))
    limits = {name: Scene._meta.get_field(name).max_length for name in texts}
    values = {name: text[: limits[name]] for name, text in masked.items()}
    values["questions"] = f"{_masked(asked, names)}\n换了您，第一句话怎么说？\n哪一步最容易走错？"
    return {**values, "roles": ROLES, "origin": "由结了案的案例改编", "case_id": case.pk}, found


def _masked(text, names):
    return privacy.all_replaced(text or "", names=names, thorough=True)
