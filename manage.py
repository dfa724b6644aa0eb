#!/usr/bin/env python3
"""The one command of the studio: `start`, `test`, `check_all`, `db`, and every Django command.

On a bare machine it first makes `.venv` and installs the pinned packages. Only the standard library is
imported until then; what follows lives in `studio.bootstrap.dispatch`.
"""

import importlib
import sys

from studio.bootstrap import environment, say

DEVELOPMENT_COMMANDS = {"test", "check_all"}


def main() -> int:
    """Enter the environment, then run the command; returns the exit code."""
    say.speak_utf8()
    try:
        environment.enter(development=bool(DEVELOPMENT_COMMANDS.intersection(sys.argv[1:2])))
    except say.Stop as reason:
        return say.refuse(reason)
    except OSError as error:
        if reason := say.system_reason(error):
            return say.refuse(reason)
        raise
    except KeyboardInterrupt:
        return say.refuse("停下了，再运行一次会接着做")
    return importlib.import_module("studio.bootstrap.dispatch").run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
