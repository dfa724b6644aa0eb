"""The secret of a studio that runs without one given: made once and kept in `var/`."""

import os
import secrets
from pathlib import Path

from studio.bootstrap.say import Stop


def kept_secret(var: Path) -> str:
    """The secret key in `var/secret_key`; made on first use, readable by its owner only."""
    path = var / "secret_key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text()
    except OSError as error:
        raise Stop(f"读不了 {path}（{error.strerror}），请用建它的那个账户运行，或改它的权限") from error


def _write_once(path: Path, text: str) -> None:
    """Write the whole file or nothing; the first of several processes wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
