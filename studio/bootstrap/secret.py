"""The secrets of a studio that runs without any given: made once and kept in `var/`."""

import base64
import os
import secrets
from pathlib import Path

from studio.bootstrap.say import Stop

KEY_BYTES = 32


def kept_secret(var: Path) -> str:
    """The secret key in `var/secret_key`; made on first use, readable by its owner only."""
    return _kept(var / "secret_key", lambda: secrets.token_urlsafe(48))


def kept_vault_key(var: Path) -> str:
    """The key of the vault in `var/vault_key`: 32 random bytes, as Fernet wants them."""
    return _kept(var / "vault_key", lambda: base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode())


def vault_keys(given: list[str]) -> list[str]:
    """The keys of STUDIO_VAULT_KEYS as they are, or Stop when one is none."""
    keys = [key.strip() for key in given if key.strip()]
    for key in keys:
        try:
            fits = len(base64.urlsafe_b64decode(key.encode())) == KEY_BYTES
        except ValueError:
            fits = False
        if not fits:
            raise Stop("STUDIO_VAULT_KEYS 里有一个密钥写得不对，做法见 docs/OPERATIONS.md")
    return keys


def _kept(path: Path, make) -> str:
    try:
        if not path.exists():
            _write_once(path, make())
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
