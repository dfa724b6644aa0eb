"""Who learns together: a register filled by the mentoring floor, which knows cohorts and pairs."""

from dataclasses import dataclass

_sources = []


@dataclass(frozen=True)
class Learner:
    """An apprentice and the present mentor's id, or None."""

    person_id: int
    mentor_id: int | None = None


@dataclass(frozen=True)
class Roster:
    """`key` names it in a form; `since`, `until`: its days; `size`: how many learn in it now."""

    key: str
    name: str
    since: object
    until: object
    size: int


def tell_rosters(*, of_studio, learners):
    """Register `of_studio(studio) -> [Roster]`, newest first, and `learners(studio, key) -> [Learner]` in the
    fixed order of the pairs; [] for a key that is another source's."""
    _sources.append((of_studio, learners))


def rosters_of(studio):
    return [roster for of_studio, _ in _sources for roster in of_studio(studio)]


def learners_of(studio, key):
    return [learner for _, learners in _sources for learner in learners(studio, key)]
