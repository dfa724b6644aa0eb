"""A person for whom a query is written once, so that it can be asked for everybody: ids are placeholders.

Used by people/sight.py (rules of visibility) and people/prepared.py (whole queries).
"""

from threading import RLock

from django.contrib.auth import get_user_model

# Numbers that no row has as its id.
PERSON = 9007199254740000
SETS = (
    "staff",
    "mentor",
    "lead",
    "apprentice",
    "consultant",
    "district",
    "member_studios",
    "studios",
    "pupils",
)
SETS += ("peers",)
PLACEHOLDERS = {name: PERSON + place for place, name in enumerate(SETS, start=1)}
NAMES = {number: name for name, number in PLACEHOLDERS.items()}


class NotKept(Exception):
    """The rule reads something of the standing that has no placeholder: it is asked in full each time."""


class StandInStanding:
    """A set holds one placeholder where the person's own holds anything. `reads` notes what is read."""

    def __init__(self, standing, reads):
        self._standing, self._reads = standing, reads

    def __getattr__(self, name):
        if name not in PLACEHOLDERS:
            raise NotKept(name)
        self._reads.add(name)
        return frozenset({PLACEHOLDERS[name]} if getattr(self._standing, name) else ())


class Texts:
    """The texts of one rule by shape: which of the sets that it reads hold anything.

    `write(stand_in)` gives the text; a set that it reads for the first time makes all shapes known so far too
    coarse, so they are written again. Many threads ask; one writes at a time, and what is known is only ever
    exchanged as a whole: a text under the wrong shape would stay for the life of the process.
    """

    def __init__(self, write):
        self.write, self._lock = write, RLock()
        self._known = frozenset(), {}

    def of(self, person):
        """(shape, text) for this person."""
        reads, texts = self._known
        shape = _shape(person, reads)
        if shape in texts:
            return shape, texts[shape]
        with self._lock:
            return self._written(person)

    def _written(self, person):
        noted, stand_in = set(), get_user_model()(pk=PERSON)
        stand_in.standing = StandInStanding(person.standing, noted)
        text = self.write(stand_in)
        reads, texts = self._known
        if not noted <= reads:
            reads, texts = reads | noted, {}
        shape = _shape(person, reads)
        self._known = reads, {**texts, shape: text}
        return shape, text


def _shape(person, reads):
    return frozenset(name for name in reads if getattr(person.standing, name))


def is_stand_in(person):
    return person.pk == PERSON


def value_of(number, person):
    """What a placeholder stands for: the id, or the ids of a set; any other number is itself."""
    if number == PERSON:
        return person.pk
    return getattr(person.standing, NAMES[number]) if number in NAMES else number
