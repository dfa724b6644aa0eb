"""A person for whom a query is written once, so that it can be asked for everybody: ids are placeholders.

Used by people/sight.py (rules of visibility) and people/prepared.py (whole queries).
"""

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

    `write(stand_in)` gives the text. A set that it reads for the first time makes all shapes known so far
    too coarse: they are written again.
    """

    def __init__(self, write):
        self.write, self.reads, self.kept = write, set(), {}

    def of(self, person):
        """(shape, text) for this person."""
        shape = self._shape(person)
        if shape not in self.kept:
            known, stand_in = set(self.reads), get_user_model()(pk=PERSON)
            stand_in.standing = StandInStanding(person.standing, self.reads)
            text = self.write(stand_in)
            if self.reads != known:
                self.kept, shape = {}, self._shape(person)
            self.kept[shape] = text
        return shape, self.kept[shape]

    def _shape(self, person):
        return frozenset(name for name in self.reads if getattr(person.standing, name))


def is_stand_in(person):
    return person.pk == PERSON


def value_of(number, person):
    """What a placeholder stands for: the id, or the ids of a set; any other number is itself."""
    if number == PERSON:
        return person.pk
    return getattr(person.standing, NAMES[number]) if number in NAMES else number
