"""Which particulars each way of teaching needs, besides who, when and what."""

from .models import Session

Mode = Session.Mode

# Everything that only some ways of teaching have; `theme` belongs to all of them.
PARTICULARS = ("lecturer", "partner", "units", "findings")
OF_MODE = {
    Mode.SMALL: ("lecturer",),
    Mode.CLASS: ("lecturer",),
    Mode.SELECTED: ("lecturer",),
    Mode.ONSITE: ("findings",),
    Mode.RESEARCH: ("lecturer",),
    Mode.ANSWERS: ("units",),
    Mode.LECTURE: ("partner", "lecturer"),
}
# By telephone or message: no place is filled in for it, and one line says all.
AT_A_DISTANCE = (Mode.PHONE, Mode.WECHAT)
MISSING = {
    (Mode.LECTURE, "partner"): "请写是哪个单位来讲的",
    (Mode.ANSWERS, "units"): "请写有哪些部门来答疑",
}
WHERE_STATIONED = "驻点请选是在哪个居民区"


def modes_with(name):
    """The ways of teaching that have this particular, as the script reads them: small|class."""
    return "|".join(mode for mode, names in OF_MODE.items() if name in names)


def fitting(mode, given):
    """The particulars of `given` that belong to `mode`; the others empty."""
    kept = OF_MODE.get(mode, ())
    blank = {"units": []}
    return {name: given[name] if name in kept else blank.get(name, "") for name in PARTICULARS}


def problems(mode, given):
    """{name: sentence} of what this way of teaching still needs."""
    return {name: text for (of, name), text in MISSING.items() if of == mode and not given.get(name)}
