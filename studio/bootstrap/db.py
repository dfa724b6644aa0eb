"""`manage.py db start|stop|status`: the embedded server in the background."""

import argparse

from studio.bootstrap import database, lease
from studio.bootstrap.postgres import Cluster
from studio.bootstrap.say import Stop, note, step


def run(arguments: list[str]) -> int:
    """Start, stop or describe the embedded server; returns the exit code, 3 from `status` when down."""
    parser = argparse.ArgumentParser(prog="manage.py db")
    parser.add_argument("verb", choices=["start", "stop", "status"])
    verb = parser.parse_args(arguments).verb
    if database.external():
        raise Stop("现在用的是 DATABASE_URL 指定的数据库，不归这个命令管")
    return {"start": _start, "stop": _stop, "status": _status}[verb]()


def _start() -> int:
    step("数据库已经启动" if lease.keep_running() else "数据库本来就开着")
    return 0


def _stop() -> int:
    step("数据库已经停下" if lease.stop_now() else "数据库本来就没开")
    return 0


def _status() -> int:
    cluster = Cluster()
    running = cluster.running()
    step("数据库开着" if running else "数据库没开")
    note(f"数据在 {cluster.home}")
    return 0 if running else 3
