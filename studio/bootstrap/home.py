"""Where the studio keeps its state. Standard library only: the settings read this while nothing else runs.

Everything lies in `var/` beside `manage.py` (or where STUDIO_VAR points). PostgreSQL refuses to run as
root, so for root it runs as `nobody`; where `nobody` cannot walk to `var/`, the database moves to a system
directory it can reach.
"""

import hashlib
import os
import stat
from pathlib import Path

from studio.bootstrap.say import Stop

try:
    import pwd
except ImportError:  # Windows has no such accounts
    pwd = None

BASE_DIR = Path(__file__).resolve().parents[2]
SYSTEM_HOME = Path("/var/lib/shuji-studio")


def var_dir() -> Path:
    """The directory of all state, made when missing; raises Stop when it cannot be used."""
    path = Path(os.environ.get("STUDIO_VAR") or BASE_DIR / "var").absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"建不了文件夹 {path}（{error.strerror}），请换一个可以写的位置，或改它的权限") from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise Stop(f"文件夹 {path} 不能读写，请用建它的那个账户运行，或改它的权限")
    return path


def server_account():
    """The account PostgreSQL runs under when we are root (a `pwd` entry), else None: our own account."""
    if pwd is None or os.geteuid() != 0:
        return None
    name = os.environ.get("STUDIO_POSTGRES_ACCOUNT", "nobody")
    try:
        return pwd.getpwnam(name)
    except KeyError:
        raise Stop(
            f"这台机器上没有账户 {name}，数据库不能用 root 运行；请换普通账户运行，或把 "
            "STUDIO_POSTGRES_ACCOUNT 设成一个已有的普通账户"
        ) from None


def reachable(path: Path, account) -> bool:
    """Whether `account` may walk down to `path`; always true for our own account (None)."""
    if account is None:
        return True
    for folder in [path, *path.parents]:
        if not folder.exists():
            continue
        info = folder.stat()
        bit = stat.S_IXUSR if info.st_uid == account.pw_uid else stat.S_IXOTH
        if not info.st_mode & bit:
            return False
    return True


def postgres_home() -> Path:
    """The directory of the embedded server: cluster, passwords, address, log. Not made here."""
    wanted = var_dir() / "postgres"
    if reachable(wanted.parent, server_account()):
        return wanted
    mark = hashlib.sha256(str(wanted).encode()).hexdigest()[:8]
    return SYSTEM_HOME / mark
