"""What waits around 考核评估: sheets to mark, rounds to take on, appeals to answer."""

from growth import todo
from growth.models import Appeal, Round
from people.addresses import address_of

from .source import Source, Waiting

State = Round.State
READ = {
    Round: ("name", "state", "score_by", "appeal_until", "publicised"),
    Appeal: ("assessed__person__name", "round__name", "round__appeal_until"),
}
# What staff do next, by state: words of the thing, the action, the page.
NEXT = {
    State.SCORING: ("打分的日子到了", "去看看", "growth:round-detail"),
    State.MODERATING: ("打完分了，等汇总", "去汇总", "growth:round-moderate"),
    State.PUBLICISED: ("公示结束了", "去公布", "growth:round-detail"),
}


def _tell_score(round_):
    url = address_of("growth:my-sheets", round_.pk)
    return Waiting(f"给“{round_.name}”打分", "考核评估", "去打分", url, round_.score_by)


def _tell_round(round_):
    origin, action, page = NEXT[State(round_.state)]
    return Waiting(round_.name, origin, action, address_of(page, round_.pk))


def _tell_appeal(appeal):
    url = address_of("growth:appeal-answer", appeal.pk)
    name = f"{appeal.assessed.person.name}的申诉"
    return Waiting(name, appeal.round.name, "去答复", url, appeal.round.appeal_until)


SOURCES = (
    Source("score", todo.rounds_to_score, _tell_score, Round),
    Source("round", todo.rounds_to_take_on, _tell_round, Round),
    Source("appeal", todo.appeals_to_answer, _tell_appeal, Appeal),
)
