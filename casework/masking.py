"""The proposal for the public text of a case: what was written, with people, places and days left out.

The texts are read as one, so that 居民甲 is the same person in all of them. Two people read it afterwards.
"""

from dataclasses import dataclass

from django.db.models import F
from django.utils.functional import cached_property

from people import privacy
from people.kept import KeptQuery

from .models import CaseConsultant, CaseResident, Outcome, Step, TriedWay
from .models.library import MOST_CURE, MOST_STORY, MOST_WORDS

# Stands between two texts while they are read as one; no pattern reaches across it.
_BREAK = "\x1f"
LENGTHS = {
    "title": 40, "story": MOST_STORY, "question": 200, "diagnosis": MOST_WORDS, "cure": MOST_CURE,
    "effect": MOST_WORDS,
}  # fmt: skip
FIELDS = (*LENGTHS, "comment")


@dataclass(frozen=True)
class Piece:
    """A part of a text: plain, or (`finding`) something that could tell who it is about."""

    text: str
    finding: privacy.Finding | None = None


def _ask_steps(person, case):
    steps = Step.objects.filter(prescription__case=case).select_related("prescription", "owner")
    return steps.order_by("-prescription__round", "order")


def _ask_outcomes(person, case):
    return Outcome.objects.filter(case=case, round=F("case__round")).order_by("side")


_STEPS, _OUTCOMES = KeptQuery(_ask_steps), KeptQuery(_ask_outcomes)
_TRIED = KeptQuery(lambda person, case: TriedWay.objects.filter(case=case))
_RESIDENTS = KeptQuery(lambda person, case: CaseResident.objects.filter(case=case).select_related("resident"))
_ASKED = KeptQuery(lambda person, case: CaseConsultant.objects.filter(case=case).select_related("person"))


class Known:
    """What 入库 needs to know of a case, read once: the street's own words, and the names in them."""

    def __init__(self, case):
        self.case = case

    @cached_property
    def steps(self):
        """Of all prescriptions, the newest first."""
        return _STEPS.all(case=self.case.pk)

    @cached_property
    def originals(self):
        """{field: what the street wrote}, to stand beside the public text."""
        case = self.case
        latest = self.steps[0].prescription if self.steps else None
        outcomes = _OUTCOMES.all(case=case.pk)
        return {
            "title": case.title,
            "story": _story(case),
            "question": case.question,
            "diagnosis": latest.diagnosis if latest else "",
            "cure": self._cure(latest) if latest else _answer(case),
            "effect": "\n".join(_told(one) for one in outcomes),
        }

    def _cure(self, latest):
        steps = [step for step in self.steps if step.prescription_id == latest.pk and step.state != "dropped"]
        lines = [f"{n}. {step.get_owner_kind_display()}：{step.text}" for n, step in enumerate(steps, 1)]
        return "\n".join([*lines, *([f"注意：{latest.cautions}"] if latest.cautions else [])])

    @cached_property
    def names(self):
        """(name, what stands for it) of everybody and everything the database knows about this case."""
        # Read to be looked for in the texts only: nothing of it is shown.
        rows = _RESIDENTS.all(case=self.case.pk)
        residents = [name for row in rows if (name := row.resident.secret.get("name", "")) and len(name) > 1]
        asked = _ASKED.all(case=self.case.pk)
        around = {one.person for one in asked} | {step.owner for step in self.steps if step.owner_id}
        around |= {one for one in (self.case.owner, self.case.chair) if one}
        told = [(name, "") for name in residents]
        for person in sorted(around, key=lambda one: one.pk):
            role = "学员" if person.pk == self.case.owner_id else "带教书记"
            told += [(person.called, role), (person.name, role)]
        return [*told, *_places(self.case)]


def _story(case):
    tried = [
        f"试过：{one.way}{f'，结果{one.result}' if one.result else ''}" for one in _TRIED.all(case=case.pk)
    ]
    return "\n".join([case.story, *tried])


def _answer(case):
    """What the street answered directly, where nothing was prescribed."""
    opinion = case.opinions.order_by("-round", "at").first()
    return opinion.text if opinion else ""


def _told(outcome):
    parts = [f"{outcome.get_side_display()}评：{outcome.get_result_display()}"]
    if outcome.residents:
        parts.append(f"居民反应：{outcome.get_residents_display()}")
    if outcome.best_move:
        parts.append(f"最管用的一招：{outcome.best_move}")
    return "。".join(part.rstrip("。") for part in parts) + "。"


def _places(case):
    street = case.studio.street
    found = [(street.name, "某街道")] if street else []
    if case.neighbourhood:
        place = case.neighbourhood
        stem = place.short_name.removesuffix("居民区")
        found += [(place.name, "某居委会"), (place.short_name, "某居民区"), (stem, "某居民区")]
    return found


def proposal(case, known=None):
    """{field: masked text}, cut to what the public text may hold."""
    known = known or Known(case)
    told = known.originals
    read = privacy.all_replaced(_BREAK.join(told.values()), names=known.names, thorough=True)
    return {name: text[: LENGTHS[name]] for name, text in zip(told, read.split(_BREAK), strict=True)}


def hints(entry, known=None):
    """[(field, label, finding)] of what is left in the public text and was not kept on purpose."""
    names, kept = (known or Known(entry.case)).names, set(entry.kept_findings)
    return [
        (name, entry._meta.get_field(name).verbose_name, finding)
        for name in FIELDS
        for finding in privacy.findings(getattr(entry, name), names=names, thorough=True)
        if finding.fingerprint not in kept
    ]


def marked(text, names):
    """The Pieces of a text, its findings apart: for the column 原文."""
    pieces, at = [], 0
    for finding in privacy.findings(text, names=names, thorough=True):
        pieces += [Piece(text[at : finding.start]), Piece(finding.matched, finding)]
        at = finding.end
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]


def result_of(case):
    """What came of it, for the list: the mentor's word, else the apprentice's, else nothing."""
    told = {one.side: one.result for one in case.outcomes.filter(round=case.round)}
    return told.get(Outcome.Side.MENTOR) or told.get(Outcome.Side.APPRENTICE) or ""
