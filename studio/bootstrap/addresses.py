"""Where the embedded server listens: a private socket where the system allows one, else a kept local port."""

import hashlib
import os
import socket
import tempfile
from pathlib import Path

PORT = 5432


def choose_address(home: Path, account) -> dict:
    """`{"host": directory or 127.0.0.1, "port": number}` for the server in `home`.

    A socket's path may have 107 bytes at most, and some file systems carry no sockets at all: then a short
    private directory under the temporary directory serves, and if that fails too, a free port on 127.0.0.1
    that is kept.
    """
    for folder in (home, _short_folder(home, account)):
        if folder and _carries_sockets(folder):
            return {"host": str(folder), "port": PORT}
    return {"host": "127.0.0.1", "port": _kept_port(home)}


def _carries_sockets(folder: Path) -> bool:
    if not hasattr(socket, "AF_UNIX"):
        return False
    # As long as the longest name the server will use there.
    probe = folder / f".s.PGSQL.{PORT}.probe"
    probe.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as trial:
        try:
            trial.bind(str(probe))
        except OSError:
            return False
    probe.unlink(missing_ok=True)
    return True


def _short_folder(home: Path, account) -> Path | None:
    """A directory of ours alone in the temporary directory; None when somebody else has taken its name."""
    owner = account.pw_uid if account else getattr(os, "getuid", lambda: 0)()
    mark = hashlib.sha256(str(home).encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"shuji-{owner}-{mark}"
    try:
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
    except FileExistsError:
        pass
    info = folder.lstat()
    private = info.st_uid == owner and info.st_mode & 0o077 == 0
    return folder if private and not folder.is_symlink() else None


def _kept_port(home: Path) -> int:
    """The port this server had before if it is free, else a free one, remembered."""
    path = home / "port"
    before = int(path.read_text()) if path.exists() else 0
    for wanted in (before, 0):
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            port = trial.getsockname()[1]
            break
    path.write_text(str(port))
    return port
