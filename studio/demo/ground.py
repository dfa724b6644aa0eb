"""What happens on the ground in the demonstration: buildings and their groups, visits, 三联单."""

from casework.actions import buildings, slips, visits
from casework.models import GroupActivity, HouseholdKind, Slip, Step, Visit

from .clock import Thread
from .content import value_of


def stories(cast, told, clock, replay):
    """The stories of a street's ground.toml; they share what the earlier ones made."""
    if told:
        ground = Ground(cast, told, clock, replay)
        yield from ground.stories()


class Ground:
    """`houses`, `groups`, `households`, `visits` by the names that the file gives them."""

    def __init__(self, cast, told, clock, replay):
        self.cast, self.told, self.clock, self.replay = cast, told, clock, replay
        self.houses, self.groups, self.households, self.visits = {}, {}, {}, {}

    def stories(self):
        for kind in ("building", "group", "household", "visit", "slip"):
            for row in self.told.get(kind, []):
                yield getattr(self, kind)(row)

    def place(self, row):
        """The neighbourhood of the apprentice whom the row names."""
        return self.cast[row["of"]].neighbourhood

    def building(self, row):
        by, thread = self.cast[row["of"]], Thread(self.clock)
        at = thread.at(row["day"], text=row["name"])
        yield at, by
        house = buildings.add_building(
            studio=self.cast.studio, neighbourhood=by.neighbourhood, name=row["name"],
            stairwells=row.get("stairwells", []), households=row["households"],
        )  # fmt: skip
        self.houses[row["of"], row["name"]] = house
        for told in row["members"]:
            shows = {f"shows_{what}": what in told.get("shows", []) for what in ("name", "phone", "services")}
            kept = {name: told.get(name, "") for name in ("stairwell", "organisation", "post", "services")}
            member = buildings.add_member(
                building=house, name=told["name"], phone=told["phone"], door=told.get("door", ""), by=by,
                at=at, **kept,
            )  # fmt: skip
            if any(shows.values()):
                buildings.change_member(member, **kept, **shows)

    def group(self, row):
        by, thread = self.cast[row["of"]], Thread(self.clock)
        yield thread.at(row["day"], "10:10"), by
        group = buildings.found_group(
            studio=self.cast.studio, neighbourhood=by.neighbourhood, name=row["name"],
            buildings=[self.houses[row["of"], name] for name in row["buildings"]],
            founded_on=self.clock.day(row["day"]), by=by,
        )  # fmt: skip
        self.groups[row["name"]] = group
        buildings.change_group(group, hall=row["hall"], hall_hours=row["hours"], hall_shown=row["hall_shown"])
        vote = row["election"]
        yield thread.at(vote["nominated"], "15:30"), by
        by_name = {one.resident.secret["name"]: one for one in group.members().select_related("resident")}
        members = [by_name[name] for name in vote["votes"]]
        day = self.clock.day(vote["nominated"])
        election = buildings.nominate(group, members=members, by=by, on=day)
        at = thread.at(vote["day"], "16:30")
        yield at, by
        votes = {
            one.pk: vote["votes"][one.member.resident.secret["name"]] for one in election.candidates.all()
        }
        buildings.record_election(
            election, held_on=self.clock.day(vote["day"]), present=vote["present"], votes=votes,
            note=vote["note"], by=by, at=at,
        )  # fmt: skip
        for told in row["activities"]:
            yield thread.at(told["day"], "11:00"), by
            buildings.add_activity(
                group, kind=value_of(GroupActivity.Kind, told["kind"]), held_on=self.clock.day(told["day"]),
                people=told["people"], note=told["note"], by=by,
            )  # fmt: skip

    def household(self, row):
        by = self.cast[row["of"]]
        at = Thread(self.clock).at(row["day"], text=row["name"])
        yield at, by
        self.households[row["name"]] = visits.add_household(
            studio=self.cast.studio, neighbourhood=by.neighbourhood, name=row["name"], by=by, at=at,
            kind=value_of(HouseholdKind, row["kind"]), phone=row.get("phone", ""), door=row.get("door", ""),
            building=self.houses.get((row["of"], row.get("building"))), every_days=row["every"],
        )  # fmt: skip

    def visit(self, row):
        by = self.cast[row["by"]]
        at = Thread(self.clock).at(row["day"], text=row["note"])
        yield at, by
        household = self.households.get(row.get("household"))
        kind = household.kind if household else value_of(HouseholdKind, row["kind"])
        made = visits.log(
            studio=self.cast.studio, way=value_of(Visit.Way, row["way"]), held_on=self.clock.day(row["day"]),
            kind=kind, household=household, neighbourhood=by.neighbourhood, name=row.get("name", ""),
            items=row.get("items", []), note=row["note"], problem=row.get("problem", ""), by=by, at=at,
        )  # fmt: skip
        if made.problem:
            self.visits[made.problem] = made

    # --- 三联单 ----------------------------------------------------------------------------------------

    def slip(self, row):
        office, thread = self.cast.staff[0], Thread(self.clock)
        by = self.cast[row["by"]] if "by" in row else office
        # A slip from a visit is written after it.
        at = thread.at(row["day"], "17:50" if "visit" in row else None, text=row.get("text", ""))
        yield at, by
        slip = self._register(row, by, at)
        for key, act in (
            ("sent", self._send), ("returned", self._give_back), ("again", self._send),
            ("accepted", self._accept), ("finished", self._finish), ("back", self._call_back),
        ):  # fmt: skip
            if key in row:
                at = thread.at(row[key]["day"], text=str(row[key]))
                yield at, by
                slip = act(slip, row[key], by, at)

    def _register(self, row, by, at):
        kinds = {kind.name: kind for kind in slips.categories_of(self.cast.studio)}
        given = {"studio": self.cast.studio, "category": kinds[row["category"]], "at": at}
        given["received_on"] = self.clock.day(row["day"])
        if "visit" in row:
            visit = self.visits[row["visit"]]
            house = self.houses.get((visit.by.name, row.get("building")))
            return slips.register(
                **given, by=by, problem=visit.problem, visit=visit, source=Slip.Source.VISIT, building=house,
                neighbourhood=visit.neighbourhood, resident=visit.resident,
            )  # fmt: skip
        if "case" in row:
            steps = Step.objects.select_related("prescription__case__neighbourhood")
            step = steps.get(text=row["step"], prescription__case__title=row["case"])
            return slips.register(
                **given, by=by, problem=step.text, step=step, source=Slip.Source.STEP,
                neighbourhood=step.prescription.case.neighbourhood,
            )  # fmt: skip
        public = row.get("public", False)
        return slips.register(
            **given, by=None if public else by, public=public, problem=row["text"], name=row.get("name", ""),
            phone=row.get("phone", ""), neighbourhood=self.place(row),
            building=self.houses.get((row["of"], row.get("building"))),
        )  # fmt: skip

    def _send(self, slip, row, by, at):
        group = self.groups.get(row.get("group"))
        who = {"handler_name": row.get("name") or row.get("group", ""), "group": group}
        if "person" in row:
            who = {"handler": self.cast[row["person"]]}
        due = self.clock.day(row["due"])
        return slips.dispatch(
            slip, **who, by=by, gives_phone=row.get("phone", False), at=at,
            due_on=max(due, self.clock.day(row["day"])),
        )  # fmt: skip

    @staticmethod
    def _who(slip):
        return {"by": slip.handler} if slip.handler_id else {"by_name": slip.handler_name}

    def _give_back(self, slip, row, by, at):
        return slips.give_back(slip, reason=row["reason"], proposed=row["proposed"], at=at, **self._who(slip))

    def _accept(self, slip, row, by, at):
        return slips.accept(slip, at=at, **self._who(slip))

    def _finish(self, slip, row, by, at):
        way = value_of(Slip.Way, row["way"])
        return slips.finish(slip, way=way, result=row["text"], at=at, **self._who(slip))

    def _call_back(self, slip, row, by, at):
        said = value_of(Slip.Said, row["said"])
        return slips.call_back(slip, said=said, resident_words=row["words"], by=by, at=at)
