"""Who uses the embedded server, so that nobody stops it under somebody else.

Every command that needs the database holds a share of `users.lock`. The one that lets go last stops the
server, unless `db start` asked to keep it. Starting and stopping happen under `start.lock`, one process at
a time.
"""

import contextlib
import signal
from collections.abc import Iterator

from studio.bootstrap import database, locks
from studio.bootstrap.postgres import Cluster
from studio.bootstrap.say import Stop


@contextlib.contextmanager
def running_database() -> Iterator[None]:
    """The database for the length of the block: the external one as it is, the embedded one started when
    needed.
    """
    if database.external():
        database.require_usable()
        yield
        return
    cluster = Cluster()
    share = _take(cluster)
    try:
        yield
    finally:
        _let_go(cluster, share)


def keep_running() -> bool:
    """Start the embedded server and leave it running; False when it ran already."""
    cluster = Cluster()
    share = _take(cluster)
    with locks.alone(cluster.home / "start.lock"):
        kept = _keep_mark(cluster).exists()
        _keep_mark(cluster).touch()
        share.close()
    return not kept


def stop_now() -> bool:
    """Stop the embedded server; False when it was not running. Raises Stop while another command uses it."""
    cluster = Cluster()
    cluster.prepare()
    with locks.alone(cluster.home / "start.lock"):
        if not cluster.running():
            return False
        if locks.shared_by_others(cluster.home / "users.lock"):
            raise Stop("还有别的命令在用数据库，请等它结束再停")
        _keep_mark(cluster).unlink(missing_ok=True)
        cluster.stop()
    return True


def _take(cluster: Cluster):
    cluster.prepare()
    with locks.alone(cluster.home / "start.lock"):
        share = locks.share(cluster.home / "users.lock")
        try:
            if cluster.start():
                _keep_mark(cluster).unlink(missing_ok=True)
        except BaseException:
            share.close()
            raise
    return share


def _let_go(cluster: Cluster, share) -> None:
    with _undisturbed(), locks.alone(cluster.home / "start.lock"):
        share.close()
        if not _keep_mark(cluster).exists() and not locks.shared_by_others(cluster.home / "users.lock"):
            cluster.stop()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Finish stopping in peace: a second Ctrl-C would leave the server behind."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _keep_mark(cluster: Cluster):
    return cluster.home / "keep"
