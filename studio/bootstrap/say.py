"""What the bootstrap says on the terminal. Standard library only: it speaks before anything is installed."""

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


def speak_utf8() -> None:
    """Make Chinese printable under a C locale or an old console, where Python would raise instead."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
