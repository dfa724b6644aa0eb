"""Which PostgreSQL the studio talks to: DATABASE_URL, or the embedded server under `var/`."""

import json
import os
from urllib.parse import parse_qsl, unquote, urlsplit

from studio.bootstrap.home import postgres_home
from studio.bootstrap.say import Stop

NAME = "studio"
ROLE = "studio"
SCHEMES = ("postgres", "postgresql")
EXAMPLE = "postgresql://名字:密码@主机:5432/库名"


def external() -> bool:
    """Whether DATABASE_URL names a server that is not ours to start or stop."""
    return bool(os.environ.get("DATABASE_URL"))


def settings() -> dict:
    """The `DATABASES["default"]` entry. Usable while the embedded server is down: nothing connects here."""
    place = _from_url(os.environ["DATABASE_URL"]) if external() else _embedded()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **place,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": os.environ.get("TEST_DB_NAME") or "test_studio"},
    }


def _from_url(url: str) -> dict:
    """Read `postgresql://user:password@host:port/name?sslmode=…`; raises Stop when it is not such an address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Stop(f"DATABASE_URL 看不懂，请写成 {EXAMPLE}") from None
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in SCHEMES or not name:
        raise Stop(f"DATABASE_URL 看不懂，请写成 {EXAMPLE}")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
    }


def _embedded() -> dict:
    """Where the embedded server listens (its `address` file) and the application's own password, once it has one."""
    home = postgres_home()
    try:
        address = json.loads((home / "address").read_text())
    except (FileNotFoundError, ValueError):
        address = {"host": str(home), "port": 5432}
    try:
        password = (home / "password").read_text()
    except FileNotFoundError:
        password = ""
    return {
        "NAME": NAME,
        "USER": ROLE,
        "PASSWORD": password,
        "HOST": address["host"],
        "PORT": str(address["port"]),
        "OPTIONS": {},
    }
