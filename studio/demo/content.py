"""Reads the content: TOML files of one subject each, written in the words of the screens."""

import tomllib
from functools import cached_property
from pathlib import Path

from growth.models import Method

CONTENT = Path(__file__).parent / "content"
STREETS = ("quan", "feng")


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def district():
    """{"studio": {…}, "viewer": [{…}]}"""
    return read(CONTENT / "district.toml")


def streets():
    return [StreetContent(name) for name in STREETS]


def value_of(choices, label):
    """The stored value of a choice by the label that people read, e.g. 走访 → "visit". Raises KeyError."""
    return {choice.label: choice.value for choice in choices}[label]


def methods_of(studio, row):
    """The 工作法 that a row names, of those the studio knows."""
    return list(Method.objects.of_studio(studio).filter(name__in=row.get("methods", [])))


class StreetContent:
    """Everything of one street studio, as plain dictionaries."""

    def __init__(self, folder):
        self.folder = CONTENT / folder

    @cached_property
    def people(self):
        """`studio`, `cohort`, and lists of `staff`, `guest`, `mentor`, `base`, `apprentice`."""
        return {**read(self.folder / "people.toml"), **read(self.folder / "apprentices.toml")}

    @cached_property
    def groups(self):
        """One dictionary per mentor: `mentor`, `session` (with its `reflection`s), `planned`."""
        return [read(path) for path in sorted(self.folder.glob("sessions_*.toml"))]

    @cached_property
    def ratings(self):
        """`first` and `lately`: five levels by the name of the apprentice."""
        return read(self.folder / "ratings.toml")

    @cached_property
    def assessments(self):
        """The rounds of 考核评估, oldest first; a street may have none yet."""
        path = self.folder / "assessments.toml"
        return read(path)["round"] if path.exists() else []

    @cached_property
    def growth(self):
        """Lists `weakness` (with its `aim`), `note` and `page`, where the street tells of any."""
        path = self.folder / "growth.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def studying(self):
        """`question`, `campaign`, `series`, `visit`, `scene`, `from_case`; empty where a street has none."""
        path = self.folder / "studying.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def meetings(self):
        """The 工作例会 and 三项会议, where the street tells of any."""
        path = self.folder / "meetings.toml"
        return read(path)["meeting"] if path.exists() else []

    @cached_property
    def ground(self):
        """Lists `building`, `group`, `household`, `visit` and `slip`, where the street tells of any."""
        path = self.folder / "ground.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def consult(self):
        """`guest` and `meeting`: 会诊会 and those who come from outside."""
        path = self.folder / "consult.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def careers(self):
        """Rows of studio/demo/careers.py, where the street tells of any."""
        path = self.folder / "careers.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def cadence(self):
        """三个一: `studio` themes and `group`s, where the street tells of any."""
        path = self.folder / "cadence.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def pledges(self):
        """聘书 and 拜师帖: `appointment` and `pledge`, where the street tells of any."""
        path = self.folder / "pledges.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def brands(self):
        """品牌项目: `brand`s and their `contest`, where the street tells of any."""
        path = self.folder / "brands.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def library(self):
        """Rows of studio/demo/library.py, where the street tells of any."""
        path = self.folder / "library.toml"
        return read(path) if path.exists() else {}

    @cached_property
    def cases(self):
        return [read(path) for path in sorted((self.folder / "cases").glob("*.toml"))]
