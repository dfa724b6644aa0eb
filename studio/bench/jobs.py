"""Work that is no page: how long it takes at the size that the studio must bear, and its bound in seconds."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

from mentoring.matching import Apprentice, Mentor, propose
from people.competencies import Competency

from . import big_round


@dataclass(frozen=True)
class Job:
    """`run()` does it once; `bound`: most seconds by the wall clock.

    `ready()` is done before and not timed. `database`: it writes, so it needs a scratch database; the jobs
    that do so find there what those before them left.
    """

    label: str
    run: Callable
    bound: float
    ready: Callable | None = None
    database: bool = False


@dataclass(frozen=True)
class Spent:
    job: Job
    wall: float
    cpu: float

    @property
    def kept(self) -> bool:
        return self.wall <= self.job.bound

    def __str__(self) -> str:
        verdict = "达标" if self.kept else "太慢"
        spent = f"墙钟{self.wall:.2f}秒，CPU {self.cpu:.2f}秒"
        return f"{self.job.label}：{spent}，界限{self.job.bound:g}秒，{verdict}"


def spend(job: Job) -> Spent:
    """Run the job once. CPU: of this process, all threads."""
    if job.ready:
        job.ready()
    wall, cpu = perf_counter(), process_time()
    job.run()
    return Spent(job, perf_counter() - wall, process_time() - cpu)


def share_out(apprentices: int = 1000, mentors: int = 200) -> None:
    """「按专长和短板先分一遍」 for a whole district at once; always the same people."""
    deal = random.Random(5)
    axes, kinds = list(Competency), ["old", "commodity", "mixed", "new"]
    teachers = [
        Mentor(f"m{n}", frozenset(deal.sample(axes, 2)), deal.randrange(300), deal.choice(kinds))
        for n in range(mentors)
    ]
    learners = [
        Apprentice(f"a{n}", tuple(deal.sample(axes, 2)), deal.randrange(300), deal.choice(kinds))
        for n in range(apprentices)
    ]
    fixed = {f"a{n}": f"m{n}" for n in range(20)}
    found = propose(teachers, learners, capacity=-(-apprentices // mentors), fixed=fixed)
    # A quick wrong answer would be a good figure.
    if len(found) != apprentices:
        raise AssertionError(f"{len(found)} of {apprentices} placed")


BIG_ROUND = "考核：2000名学员 × 3方 × 12项，"
JOBS = (
    Job("先分一遍：1000名学员 × 200位师傅", share_out, 5),
    Job(f"{BIG_ROUND}开始打分", big_round.opened, 5, ready=big_round.made_ready, database=True),
    Job(f"{BIG_ROUND}结束打分、汇总", big_round.weighed, 10, ready=big_round.scored, database=True),
    Job(f"{BIG_ROUND}公示", big_round.publicised, 5, database=True),
    Job(f"{BIG_ROUND}公布", big_round.published, 5, ready=big_round.shown_long_enough, database=True),
)
