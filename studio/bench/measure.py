"""Measures pages against the floor: a batch of the floor, a batch of the page, and again, many times.

All sizes take turns, so that whatever else the machine does falls on each of them alike.
"""

from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .pages import Page
from .scene import Scene
from .scratch import visiting
from .server import Cpu, Site
from .urls import FLOOR

# Requests of one address in a row: enough to be measured, few enough that the machine stays the same. Before
# each batch somebody writes, so that of every four pages one finds nothing remembered.
BATCH = 4


@dataclass(frozen=True)
class Stage:
    """One size, filled and served: the database's name, the site on it, who looks at what."""

    size: str
    database: str
    site: Site
    scene: Scene


@dataclass
class Series:
    """What one address cost: seconds of a request, and of its CPU time as the mean of each batch."""

    wall: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)

    def add(self, walls: list[float], spent: Cpu) -> None:
        self.wall += walls
        self.server.append(spent.server / len(walls))
        self.database.append(spent.database / len(walls))

    @property
    def cpu(self) -> float:
        """Server and database together, in the batch at the lower quarter: neighbours can only add."""
        return lower_quarter(map(sum, zip(self.server, self.database, strict=True)))

    @property
    def p50(self) -> float:
        return median(self.wall)

    @property
    def p95(self) -> float:
        return quantiles(self.wall, n=20, method="inclusive")[-1]


@dataclass
class Result:
    """One page at one size. `weight` in bytes."""

    queries: int
    weight: int
    page: Series = field(default_factory=Series)
    floor: Series = field(default_factory=Series)

    @property
    def cpu_ratio(self) -> float:
        return self.page.cpu / self.floor.cpu

    @property
    def wall_ratio(self) -> float:
        return self.page.p50 / self.floor.p50


def lower_quarter(values) -> float:
    """The value that a quarter of the values do not exceed."""
    ordered = sorted(values)
    return ordered[len(ordered) // 4]


def measure(page: Page, stages: list[Stage], *, rounds: int, batch: int = BATCH) -> list[Result]:
    """The cost of `page` at each stage: `rounds` × `batch` requests and as many of the floor between them.

    Empty when the page does not answer 200: a refusal is cheap and would look like a good figure.
    """
    asks = [_ask(page, stage) for stage in stages]
    if not all(_warm(stage, *ask) for stage, ask in zip(stages, asks, strict=True)):
        return []
    results = [_first(stage, *ask) for stage, ask in zip(stages, asks, strict=True)]
    for _ in range(rounds):
        for stage, (path, cookie), result in zip(stages, asks, results, strict=True):
            _batch(stage.site, FLOOR, "", result.floor, batch)
            _batch(stage.site, path, cookie, result.page, batch)
    return results


def _ask(page, stage):
    """(path, Cookie header) of the page at this stage."""
    with visiting(stage.database):
        return page.path(stage.scene), stage.scene.cookie(page.person)


def _warm(stage, path, cookie):
    """Open the page until nothing is done for the first time; whether it answered 200."""
    return all(stage.site.get(path, cookie).status == 200 for _ in range(3))


def _first(stage, path, cookie):
    """The Result before any measuring: its queries and weight."""
    stage.site.find_processes(stage.database)
    with visiting(stage.database):
        return Result(queries_of(path, cookie), len(stage.site.get(path, cookie).body))


def queries_of(path: str, cookie: str) -> int:
    """Number of queries of the page, counted in this process."""
    client = Client(headers={"cookie": cookie} if cookie else {}, SERVER_NAME="localhost")
    client.get(path)
    stir()
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def stir() -> None:
    """Somebody writes: what is remembered until then (people/prepared.py) has to be asked anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")


def _batch(site: Site, path: str, cookie: str, series: Series, size: int) -> None:
    stir()
    walls, before = [], site.cpu()
    for _ in range(size):
        begun = perf_counter()
        site.get(path, cookie)
        walls.append(perf_counter() - begun)
    series.add(walls, site.cpu() - before)
