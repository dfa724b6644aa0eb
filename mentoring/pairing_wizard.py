"""Where somebody stands in 「给学员结对」: what the pages before have kept, and what is still open."""

from functools import cached_property

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict

from people.actions import drafts
from people.kept import KeptQuery
from people.models import Draft

from .forms.pairing_wizard import (
    ApprenticesPage,
    Candidates,
    CohortPage,
    GroupsPage,
    MentorsPage,
)
from .matching import Apprentice, Mentor, propose, reason, skills_of
from .models import Cohort, Pairing

PAGES = (CohortPage, MentorsPage, ApprenticesPage, GroupsPage)
LAST = len(PAGES) + 1
# Page 1 is kept under this key, the others under one for each cohort: going to another loses nothing.
KEY = "pairing-wizard"
# What 先分一遍 has put in, and what stood there before: see `suggest`.
SUGGESTED = "suggested"
MOST_COHORTS = 50


def _ask_kept(person):
    return Draft.objects.filter(person=person, key__startswith=KEY).order_by("saved_at", "pk")


_KEPT = KeptQuery(_ask_kept)
_COHORTS = KeptQuery(lambda person: Cohort.objects.filter(studio__in=person.standing.staff)[:MOST_COHORTS])


class NotYet(Exception):
    """An earlier page is still to be filled in, or no longer holds. `page`: its number; str(): a sentence."""

    def __init__(self, page, sentence=""):
        super().__init__(sentence)
        self.page = page


class Wizard:
    """`form(page, …)` gives the form of a page; it raises NotYet while a page before it is not good."""

    def __init__(self, person):
        self.person = person
        self.kept = {row.key: row for row in _KEPT.all(person)}  # the one saved last, from whichever device

    @cached_property
    def cohorts(self):
        """{key: cohort} of the studios where one is staff, newest first."""
        found = _COHORTS.all(self.person)
        studios = {one.studio_id: one.studio for one in self.person.standing.memberships}
        for one in found:
            one.studio = studios[one.studio_id]
        return {str(one.pk): one for one in found}

    @cached_property
    def _first(self):
        return self._good(CohortPage).cleaned_data

    def key(self, page):
        """Where a page, or SUGGESTED, is kept."""
        return KEY if page == CohortPage.page else f"{KEY}-{self.cohort.pk}-{page}"

    @property
    def cohort(self):
        return self._first["cohort"]

    @property
    def starts_on(self):
        return self._first["starts_on"]

    @property
    def kind(self):
        return self._first["kind"]

    @cached_property
    def candidates(self):
        return Candidates(self.cohort, self.kind)

    @cached_property
    def mentors(self):
        return self._good(MentorsPage).picked()

    @cached_property
    def apprentices(self):
        return self._good(ApprenticesPage).picked()

    def form(self, page, data=None, **more):
        """The form of a page: `data` as posted, or filled with what was kept."""
        form_class = PAGES[page - 1]
        form = form_class(data, **self._needs(form_class), **more)
        return drafts.fill(form, self.kept.get(self.key(page)))

    def first_form(self, data, asked):
        """Page 1. `asked`: the key of the cohort that the address names, which goes before what was kept."""
        first = self.cohorts.get(asked) or next(iter(self.cohorts.values()), None)
        if asked in self.cohorts and asked != self._kept_cohort:
            return CohortPage(data, **self._needs(CohortPage), asked=first)
        return self.form(1, data, asked=first)

    @property
    def _kept_cohort(self):
        """The key of the cohort as page 1 was kept, good or not."""
        return self.kept[KEY].data.get("cohort", [""])[0] if KEY in self.kept else ""

    @property
    def reached(self):
        """The last page that something was kept of, or 0."""
        pages = [page for page in range(2, LAST) if f"{KEY}-{self._kept_cohort}-{page}" in self.kept]
        return max(pages, default=int(KEY in self.kept))

    def _needs(self, form_class):
        """What the form of a page is made from: the choices of the pages before."""
        needs = {"key": self.key(form_class.page)}
        if form_class is CohortPage:
            return needs | {"cohorts": self.cohorts}
        if form_class is MentorsPage:
            return needs | {"candidates": self.candidates}
        if form_class is ApprenticesPage:
            return needs | {"mentors": self.mentors, "candidates": self.candidates}
        return needs | {"mentors": self.mentors, "apprentices": self.apprentices}

    def _good(self, form_class):
        """The form of an earlier page with what was kept; raises NotYet where that does not hold."""
        row = self.kept.get(self.key(form_class.page))
        if row is None:
            raise NotYet(form_class.page)
        form = form_class(drafts.as_posted(row), **self._needs(form_class))
        if not form.is_valid():
            raise NotYet(form.page, next(iter(form.errors.values()))[0])
        return form

    def groups(self):
        """The form of page 4 as it was kept, good to be carried out."""
        return self._good(GroupsPage)

    def wanted(self):
        """[(mentor, apprentice)] to be paired."""
        given = self.groups().by_apprentice()
        return [(self.mentors[mentor], self.apprentices[one]) for one, mentor in given.items()]

    # --- keeping ------------------------------------------------------------------------------------------

    @transaction.atomic
    def keep(self, key, posted):
        """Keep these fields in place of what was kept under `key`. Raises drafts.TooLong."""
        drafts.clear(self.person, key)
        drafts.save(self.person, key, posted)

    def forget(self):
        """Forget what was kept for this cohort, and the way to it."""
        own = Draft.objects.filter(person=self.person)
        own.filter(Q(key=KEY) | Q(key__startswith=f"{KEY}-{self.cohort.pk}-")).delete()

    # --- 按专长和短板先分一遍 ------------------------------------------------------------------------------

    @property
    def has_suggestion(self):
        return self.key(SUGGESTED) in self.kept

    @cached_property
    def suggested(self):
        """{apprentice key: mentor key} that 先分一遍 put in last."""
        return self._suggestion("given")

    def _suggestion(self, what):
        row = self.kept.get(self.key(SUGGESTED))
        data = row.data if row else {}
        start = f"{what}_"
        return {name.removeprefix(start): said[0] for name, said in data.items() if name.startswith(start)}

    @transaction.atomic
    def suggest(self, form):
        """Fill page 4 by 专长 and 短板. What was chosen by hand stays; what an earlier suggestion put in does
        not. `form`: page 4, valid.
        """
        standing = form.by_apprentice()
        fixed = {one: key for one, key in standing.items() if self.suggested.get(one) != key}
        found = self._propose(fixed)
        self.keep(form.key, _fields("to", {one.apprentice: one.mentor for one in found}))
        record = _fields("was", fixed)
        record.update(_fields("given", {one.apprentice: one.mentor for one in found if not one.fixed}))
        self.keep(self.key(SUGGESTED), record)

    @transaction.atomic
    def restore(self):
        """恢复原来的: what stood there before the suggestion. Nothing changes where none was made."""
        if not self.has_suggestion:
            return
        self.keep(self.key(GroupsPage.page), _fields("to", self._suggestion("was")))
        drafts.clear(self.person, self.key(SUGGESTED))

    def reasons(self):
        """{(mentor key, apprentice key): why}, for what the suggestion put in."""
        given = {
            one: key for one, key in self.suggested.items() if one in self.apprentices and key in self.mentors
        }
        if not given:
            return {}
        mentors, apprentices, earlier = self._sides()
        return {
            (key, one): reason(mentors[key], apprentices[one], again=(key, one) in earlier)
            for one, key in given.items()
        }

    def _propose(self, fixed):
        mentors, apprentices, earlier = self._sides()
        return propose(
            list(mentors.values()),
            list(apprentices.values()),
            capacity=self.candidates.capacity,
            fixed=fixed,
            earlier=earlier,
        )

    def _sides(self):
        """({key: Mentor}, {key: Apprentice}, earlier pairs) as mentoring/matching.py wants them."""
        mentors = {
            key: Mentor(key, skills_of(one.expertise), one.neighbourhood_id, _kind(one), one.taken)
            for key, one in self.mentors.items()
        }
        apprentices = {
            key: Apprentice(key, tuple(one.weak_points), one.neighbourhood_id, _kind(one))
            for key, one in self.apprentices.items()
        }
        pairs = Pairing.objects.filter(
            studio=self.cohort.studio_id, mentor__in=list(mentors), apprentice__in=list(apprentices)
        )
        earlier = {(str(mentor), str(one)) for mentor, one in pairs.values_list("mentor", "apprentice")}
        return mentors, apprentices, earlier


def _kind(person):
    return person.neighbourhood.kind if person.neighbourhood_id else ""


def _fields(prefix, pairs):
    """{apprentice key: mentor key} as fields that a draft keeps."""
    fields = QueryDict(mutable=True)
    for one, mentor in pairs.items():
        fields[f"{prefix}_{one}"] = mentor
    return fields
