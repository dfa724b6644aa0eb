"""Locks between processes. The kernel drops them when a process dies, so no lock file can go stale."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: no shared locks; the server is then left to `db stop`
    fcntl = None


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path` exclusively; waits for its turn."""
    with open(path, "a") as handle:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def share(path: Path) -> IO:
    """Take a share of the lock file `path`, kept until the returned handle is closed or the process ends."""
    handle = open(path, "a")  # noqa: SIM115 - the open handle is the lock
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def shared_by_others(path: Path) -> bool:
    """Whether any process still holds a share of `path`. On Windows the answer is always yes: nobody can
    tell.
    """
    if not fcntl:
        return True
    with open(path, "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
