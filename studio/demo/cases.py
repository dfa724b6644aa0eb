"""The cases of the demonstration, each told from its draft to where it stands today."""

from casework.actions import (
    cases,
    consultations,
    followups,
    meetings,
    merging,
    outcomes,
    prescriptions,
    triage,
)
from casework.models import Case, Followup, Outcome, Prescription, Step
from people.competencies import Competency

from .clock import Thread
from .content import methods_of, value_of

# What happens to a case, in the order in which it happens on one day.
COURSE = ("back", "again", "accept", "reply", "opinion", "clarification", "answer", "exit", "prescription")
COURSE += ("followup", "verdict", "look", "outcome", "close")


class CaseStory:
    """`tell()` is the story for Replay; every other method is one thing that happens, as (row, by, at)."""

    def __init__(self, cast, told, clock):
        self.cast, self.told, self.clock = cast, told, clock
        self.owner = cast[told["by"]]
        self.case, self.steps, self.reported, self.asked = None, [], {}, {}

    def tell(self):
        thread = Thread(self.clock)
        begun = self.told.get("draft") or self.told["submit"]
        at = thread.at(begun["day"], begun["time"])
        yield at, self.owner
        self.write(at)
        if "draft" in self.told:
            return
        at = thread.at(begun["day"])
        yield at, self.owner
        cases.submit(case=self.case, by=self.owner, at=at)
        for day, verb, row in self.course():
            by = self.cast[row["by"]] if "by" in row else self.owner
            at = thread.at(day, row.get("time"), text=row.get("text", row.get("words", "")))
            yield at, by
            getattr(self, verb)(row, by, at)

    def course(self):
        """[(day, verb, row)] in order. What answers something stands in the file beside it."""
        told, found = self.told, []
        for verb in ("back", "again", "accept", "reply", "exit", "prescription", "look", "close"):
            if verb in told:
                found.append((told[verb]["day"], verb, told[verb]))
        found += [(row["day"], "opinion", row) for row in told.get("opinion", [])]
        for row in told.get("clarification", []):
            found.append((row["day"], "clarification", row))
            if "answer" in row:
                found.append(
                    (row["answered"], "answer", {"question": row["question"], "text": row["answer"]})
                )
        for row in told.get("followup", []):
            found.append((row["day"], "followup", row))
            if "verdict" in row:
                mentor = {"by": told["prescription"]["looks_by"]}
                found.append(
                    (row["verdict"]["day"], "verdict", row["verdict"] | mentor | {"on": row["text"]})
                )
        for side, row in told.get("outcome", {}).items():
            found.append((row["day"], "outcome", row | {"side": side}))
        return sorted(found, key=lambda happening: (happening[0], COURSE.index(happening[1])))

    # --- Writing and sending --------------------------------------------------------------------------

    def write(self, at):
        told = self.told
        first = {name: told.get(name, "") for name in ("title", "story", "began")}
        self.case = cases.begin(studio=self.cast.studio, owner=self.owner, by=self.owner, values=first, at=at)
        values = {"question": told.get("question", "")}
        for name, choices in (("category", Case.Category), ("urgency", Case.Urgency)):
            values[name] = value_of(choices, told[name]) if name in told else ""
        values["wanted_way"] = value_of(Case.Way, told["wants"]) if "wants" in told else Case.Way.ONLINE
        cases.write(
            self.case,
            values=values,
            wanted=[self.cast[name] for name in told.get("mentors", [])],
            tried=[tuple(pair) for pair in told.get("tried", [])],
            residents=[(called, "") for called in told.get("residents", [])],
            by=self.owner,
        )

    def again(self, row, by, at):
        cases.submit(case=self.case, by=by, at=at)

    # --- 受理 and side exits --------------------------------------------------------------------------

    def back(self, row, by, at):
        triage.send_back(case=self.case, sentence=row["words"], by=by, at=at)

    def accept(self, row, by, at):
        meeting = row.get("meeting")
        triage.accept(
            case=self.case,
            handling=value_of(Case.Handling, row["way"]),
            chair=self.cast[row["chair"]],
            consultants=[self.cast[name] for name in row["invite"]],
            due_on=self.clock.day(row["until"]) if "until" in row else None,
            meeting_at=self.clock.at(meeting["day"], meeting["time"]) if meeting else None,
            meeting_place=meeting["place"] if meeting else "",
            words=row.get("words", ""),
            by=by,
            at=at,
        )

    def reply(self, row, by, at):
        triage.answer(case=self.case, text=row["text"], by=by, at=at)

    def exit(self, row, by, at):
        if row["kind"] == "转办":
            triage.transfer(case=self.case, to=row["to"], reason=row["words"], by=by, at=at)
        elif row["kind"] == "请区里协调":
            triage.transfer(case=self.case, reason=row["words"], to_district=True, by=by, at=at)
        elif row["kind"] == "合并":
            kept = Case.objects.get(studio=self.cast.studio, title=row["into"])
            merging.merge(case=self.case, into=kept, reason=row["words"], by=by, at=at)
        elif row["kind"] == "撤回":
            cases.withdraw(case=self.case, note=row["words"], by=by, at=at)
        else:
            triage.hold(case=self.case, reason=row["words"], by=by, at=at)

    # --- 会诊 -----------------------------------------------------------------------------------------

    def opinion(self, row, by, at):
        """At a meeting the chair writes down what everybody says."""
        met = "meeting" in self.told["accept"]
        writer = self.cast[self.told["accept"]["chair"]] if met else by
        consultations.give_opinion(case=self.case, author=by, text=row["text"], by=writer, at=at)

    def clarification(self, row, by, at):
        asked = consultations.ask(case=self.case, question=row["question"], by=by, at=at)
        self.asked[row["question"]] = asked

    def answer(self, row, by, at):
        asked = self.asked[row["question"]]
        consultations.answer(clarification=asked, answer=row["text"], by=by, at=at)

    # --- 药方, 复诊, 疗效评价 -------------------------------------------------------------------------

    def prescription(self, row, by, at):
        issued = prescriptions.issue(
            case=self.case,
            diagnosis=row["diagnosis"],
            cautions=row["care"],
            steps=[self.plan(step) for step in self.told["step"]],
            followup_on=self.clock.day(row["followup"]),
            followup_by=self.cast[row["looks_by"]],
            followup_mode=value_of(Prescription.Mode, row["way"]),
            methods=methods_of(self.cast.studio, row),
            by=by,
            at=at,
        )
        self.steps = list(issued.steps.order_by("order"))
        for item in self.case.agenda_items.filter(meeting__ended_at=None, meeting__at__lte=at):
            meetings.end(meeting=item.meeting, by=by, at=at)

    def plan(self, row):
        has_account = row["who"] in self.cast
        return prescriptions.Plan(
            text=row["do"],
            owner_kind=value_of(Step.OwnerKind, row["kind"]),
            due_on=self.clock.day(row["due"]),
            owner=self.cast[row["who"]] if has_account else None,
            owner_name="" if has_account else row["who"],
            mode=value_of(Prescription.Mode, row["way"]),
            wants_slip=row.get("slip", False),
        )

    def followup(self, row, by, at):
        self.reported[row["text"]] = followups.report(
            step=self.steps[row["step"] - 1],
            state=value_of(Step.State, row["state"]),
            by=by,
            text=row["text"],
            want=value_of(Followup.Want, row["want"]) if "want" in row else "",
            at=at,
        )

    def verdict(self, row, by, at):
        followups.judge(
            followup=self.reported[row["on"]],
            verdict=value_of(Followup.Verdict, row["word"]),
            by=by,
            note=row["text"],
            due_on=self.clock.day(row["due"]) if "due" in row else None,
            at=at,
        )

    def look(self, row, by, at):
        followups.check_up(
            prescription=self.steps[0].prescription,
            verdict=Prescription.Seen.FINE,
            by=by,
            note=row["words"],
            at=at,
        )

    def outcome(self, row, by, at):
        outcomes.evaluate(
            case=self.case,
            side=row["side"],
            result=value_of(Outcome.Result, row["result"]),
            by=by,
            residents=value_of(Outcome.Residents, row["residents"]) if "residents" in row else "",
            best_move=row["best"],
            learned=[value_of(Competency, label) for label in row["skills"]],
            at=at,
        )

    def close(self, row, by, at):
        outcomes.close(case=self.case, by=by, at=at)
