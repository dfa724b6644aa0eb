"""`manage.py test`: the whole suite against a real PostgreSQL."""

import subprocess
import sys

from studio.bootstrap.home import BASE_DIR
from studio.bootstrap.lease import running_database


def run(arguments: list[str]) -> int:
    """Run pytest, on every core unless `-n` says otherwise; further arguments go to it. Returns its exit
    code.
    """
    chosen = any(argument.startswith(("-n", "--pdb")) for argument in arguments)
    # Browser tests take minutes, others milliseconds: whoever is done takes over from the others.
    spread = [] if chosen else ["-n", "auto", "--dist", "worksteal"]
    with running_database():
        return subprocess.call([sys.executable, "-m", "pytest", *spread, *arguments], cwd=BASE_DIR)
