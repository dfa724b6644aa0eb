"""What the bootstrap says on the terminal. Standard library only: it speaks before anything is installed."""

import errno
import sys


class Stop(Exception):
    """A reason to stop that its reader can act on. The text is one Chinese sentence, shown without a
    traceback.
    """


def step(text: str) -> None:
    """Announce a step of a longer job."""
    print(f"▸ {text}", flush=True)


def note(text: str) -> None:
    """Add a detail under the step announced last."""
    print(f"  {text}", flush=True)


def refuse(reason: object) -> int:
    """Print why nothing more can be done and return the exit code for it."""
    print(f"✕ {reason}", file=sys.stderr, flush=True)
    return 1


def system_reason(error: OSError) -> str:
    """What to do about a refusal of the operating system; empty when a traceback says more."""
    if error.errno == errno.ENOSPC:
        return "磁盘满了，请腾出一些空间再运行"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有权限读写 {error.filename or '文件'}，请用建它的那个账户运行，或改它的权限"
    return ""


def speak_utf8() -> None:
    """Make Chinese printable under a C locale or an old console, where Python would raise instead."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
