"""The case page in words: the stepper, the sentence under it, the trail."""

from people.words import before, exact_moment, short_day

from ..models import Case, State

STEPS = ("提交", "受理", "会诊", "开药方", "复诊", "结案", "入库")
STEPS_ANSWERED = ("提交", "受理", "直接答复", "结案", "入库")
# The step that is going on in each state; a side exit stands where it left.
NOW = {
    State.DRAFT: "提交",
    State.RETURNED: "提交",
    State.SUBMITTED: "受理",
    State.CONSULTING: "会诊",
    State.TREATING: "复诊",
    State.REVIEWING: "结案",
}
# The move that finished each step.
FINISHED = {
    "提交": (State.SUBMITTED,),
    "受理": (State.CONSULTING, State.REVIEWING),
    "会诊": (State.TREATING,),
    "开药方": (State.TREATING,),
    "直接答复": (State.REVIEWING,),
    "复诊": (State.REVIEWING,),
    "结案": (State.CLOSED,),
    "入库": (State.PUBLISHED,),
}


def stepper(case, moves):
    """Steps for components/stepper.html. `moves`: the case's trail, oldest first."""
    names = STEPS_ANSWERED if case.handling == Case.Handling.DIRECT else STEPS
    reached = _reached(case, moves, names)
    steps = []
    for place, name in enumerate(names):
        state = "past" if place < reached else "now" if place == reached else "todo"
        steps.append({"label": name, "state": state, "date": _finished_on(name, moves, state)})
    return steps


def _reached(case, moves, names):
    """Index of the step that is going on; a closed case stands behind 结案, a published one at the end."""
    state = case.held_from or case.state
    if state in (State.WITHDRAWN, State.TRANSFERRED, State.MERGED):
        state = next((move.before for move in reversed(moves) if move.after == state), State.SUBMITTED)
        state = State.SUBMITTED if state == State.HELD else state
    if state == State.CLOSED:
        return names.index("入库")
    if state == State.PUBLISHED:
        return len(names)
    return names.index(NOW[State(state)])


def _finished_on(name, moves, state):
    if state != "past":
        return ""
    back = (State.HELD, State.PUBLISHED)
    ends = [move.at for move in moves if move.after in FINISHED[name] and move.before not in back]
    # 提交 and 受理 happened once; what a second round repeats shows its last day.
    day = (ends[0] if name in ("提交", "受理") else ends[-1]) if ends else None
    return short_day(day) if day else ""


def now(case, moves, *, silent=(0, 0), open_steps=0):
    """「现在：…」: who acts next, by when. `silent`: how many secretaries, how many guests have not spoken;
    `open_steps`: not done yet.
    """
    until = f"，{before(case.due_on)}" if case.due_on else ""
    owner, chair = case.owner.called, case.chair.called if case.chair_id else ""
    last = moves[-1].note if moves else ""
    sentences = {
        State.SUBMITTED: f"等街道受理{until}",
        State.RETURNED: f"等{owner}补充{until}",
        State.CONSULTING: _consulting(case, chair, silent, until),
        State.TREATING: f"照药方办，还有{open_steps}步没做完" if open_steps else f"照药方办{until}",
        State.REVIEWING: f"等{owner}和{chair}评一评管不管用{until}",
        State.CLOSED: "结案了",
        State.PUBLISHED: "结案了，也进了案例库",
        State.HELD: f"先放一放。{last}",
        State.TRANSFERRED: f"转给{case.transferred_to or '别的部门'}办了",
        State.WITHDRAWN: "撤回了",
        State.MERGED: "和另一件是同一件事，并到那一件里办了",
    }
    return f"现在：{sentences[State(case.state)].rstrip('。')}。"


def _consulting(case, chair, silent, until):
    if case.handling == Case.Handling.MEETING and case.meeting_at:
        return f"{exact_moment(case.meeting_at)}在{case.meeting_place}开会诊会，{chair}主持"
    if case.paused_on:
        return f"等{case.owner.called}先答清楚一件事，期限先停着"
    waiting = "和".join(f"{n}位{who}" for n, who in zip(silent, ("书记", "来宾"), strict=True) if n)
    if waiting:
        return f"等{waiting}提意见{until}"
    return f"意见都到了，等{chair}开药方{until}"


def verb(move):
    """What a move of the trail is called."""
    pair = (move.before, move.after)
    if move.before == State.HELD and move.after != State.TRANSFERRED:
        return "接着办"
    if move.after == State.CONSULTING:
        return "受理" if move.before == State.SUBMITTED else "再会诊"
    if pair == (State.TRANSFERRED, State.SUBMITTED):
        return "接着办"
    return {
        (State.RETURNED, State.SUBMITTED): "补充后再交",
        (State.SUBMITTED, State.REVIEWING): "直接答复",
        (State.TREATING, State.REVIEWING): "药方办完了",
        (State.PUBLISHED, State.CLOSED): "撤下案例库",
    }.get(pair) or {
        State.SUBMITTED: "提交",
        State.RETURNED: "退回补充",
        State.TREATING: "开药方",
        State.CLOSED: "结案",
        State.PUBLISHED: "入库",
        State.HELD: "暂缓",
        State.TRANSFERRED: "转办",
        State.WITHDRAWN: "撤回",
        State.MERGED: "合并",
    }[State(move.after)]


def trail(moves):
    """Items for components/timeline.html, newest first."""
    return [
        {
            "mark": "star" if move.after == State.CLOSED else "case",
            "when": exact_moment(move.at),
            "text": f"{move.by.called} {verb(move)}",
            "note": move.note,
        }
        for move in reversed(moves)
    ]
