"""`manage.py check_all`: every check there is, the tests last. CI runs this very command."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

from studio.bootstrap import suite
from studio.bootstrap.home import BASE_DIR
from studio.bootstrap.lease import running_database
from studio.bootstrap.say import refuse, step
from studio.bootstrap.secret import KEY_BYTES

DJANGO_VERSION = "5.2"


def run(arguments: list[str]) -> int:
    """Run all checks, then the tests with `arguments`; returns 0 only if every one of them passed."""
    with running_database():
        failed = [name for name, command, extra in _checks() if not _passes(name, command, extra)]
        step("测试")
        code = suite.run(arguments)
    if failed:
        return refuse(f"没有通过：{'、'.join(failed)}")
    return code


def _passes(name: str, command: list[str], extra: dict[str, str]) -> bool:
    step(name)
    return subprocess.call(command, cwd=BASE_DIR, env={**os.environ, **extra}, stdin=subprocess.DEVNULL) == 0


def _checks() -> list[tuple[str, list[str], dict[str, str]]]:
    """Each check: its name, its command, what it adds to the environment."""
    tools = Path(sys.executable).parent
    manage = [sys.executable, "manage.py"]
    templates = sorted(str(path.relative_to(BASE_DIR)) for path in (BASE_DIR / "templates").rglob("*.html"))
    production = {
        "STUDIO_MODE": "production",
        "STUDIO_SECRET_KEY": secrets.token_urlsafe(50),
        "STUDIO_HOSTS": "studio.example.org",
        "STUDIO_VAULT_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
    }
    return [
        ("代码规范", [str(tools / "ruff"), "check", "--quiet", "."], {}),
        ("代码格式", [str(tools / "ruff"), "format", "--check", "--quiet", "."], {}),
        ("模板格式", [str(tools / "djade"), "--check", "--target-version", DJANGO_VERSION, *templates], {}),
        ("层次", [str(tools / "lint-imports"), "--no-logo"], {}),
        ("数据表定义", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("正式运行的设置", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
    ]
