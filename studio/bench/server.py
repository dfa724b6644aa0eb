"""Starts the measured site and asks it for pages, one at a time, over one connection that stays open."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
from django.conf import settings
from django.db import connection

from studio.bootstrap.say import Stop

from . import DATABASE_VARIABLE
from .urls import FLOOR, PROCESS_HEADER

START_SECONDS = 60
# The server tidies up after it has answered; that belongs to the answer's cost.
SETTLE_SECONDS = 0.002
APPLICATION = "studio-bench-site"


@dataclass
class Cpu:
    """Seconds of CPU time since the start of the processes."""

    server: float
    database: float

    def __sub__(self, other):
        return Cpu(self.server - other.server, self.database - other.database)


class Site:
    """The running site: `get` a page, read its `cpu`."""

    def __init__(self, port: int):
        self._http = http.client.HTTPConnection("localhost", port, timeout=60)
        self.process = 0
        self.backends = []

    def get(self, path: str, cookie: str = "") -> http.client.HTTPResponse:
        """Ask for a page and read it to the end; the body is in `.body`."""
        self._http.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = self._http.getresponse()
        response.body = response.read()
        return response

    def find_processes(self, database: str) -> None:
        """Learn which processes to watch: the worker, and what serves its connections to this database."""
        self.process = int(self.get(FLOOR).headers[PROCESS_HEADER])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name = %s",
                [database, APPLICATION],
            )
            self.backends = [pid for (pid,) in cursor.fetchall()]

    def cpu(self) -> Cpu:
        """CPU time so far of the site's process and of its database connections."""
        time.sleep(SETTLE_SECONDS)
        return Cpu(cpu_seconds(self.process), sum(map(cpu_seconds, self.backends)))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process, all its threads: to the nanosecond where the system has clocks per process."""
    if sys.platform == "linux":
        # clock_getcpuclockid(3): the clock of process `pid` has this number.
        return time.clock_gettime((~pid << 3) | 2)
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """The site on the database that Django's connection points at, for the length of the block."""
    port = _free_port()
    wanted = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in wanted}
    # A connection that is renewed in between would take its CPU time with it.
    database["CONN_MAX_AGE"] = None
    database["OPTIONS"] = {**database["OPTIONS"], "application_name": APPLICATION}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "studio.bench.site:application",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    command += ["--workers", "1", "--worker-class", "gthread", "--threads", "1", "--keep-alive", "60"]
    command += ["--timeout", "120", "--log-level", "warning", "--no-control-socket"]
    environment = os.environ | {DATABASE_VARIABLE: json.dumps(database)}
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        _wait(server, port)
        yield Site(port)
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def _wait(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        with contextlib.suppress(OSError, http.client.HTTPException):
            Site(port).get(FLOOR)
            return
        time.sleep(0.1)
    raise Stop("要量的网站没能启动，原因写在上面")


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
