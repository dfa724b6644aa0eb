"""Which PostgreSQL the studio talks to: DATABASE_URL, or the embedded server under `var/`."""

import json
import os
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg2

from studio.bootstrap.home import postgres_home
from studio.bootstrap.say import Stop

NAME = "studio"
ROLE = "studio"
SCHEMES = ("postgres", "postgresql")
EXAMPLE = "postgresql://名字:密码@主机:5432/库名"
OLDEST = 15
CONNECT_SECONDS = 10
REASONS = {
    "No space left": "磁盘满了，请腾出一些空间再运行",
    "password authentication failed": "数据库不认这个名字和密码，请检查 DATABASE_URL",
    "no password supplied": "数据库要密码，请写在 DATABASE_URL 里",
    "does not exist": "数据库里没有 DATABASE_URL 写的库或名字，请先建好",
    "could not translate host name": "找不到 DATABASE_URL 写的主机，请检查它的名字",
    "Connection refused": "DATABASE_URL 写的主机上没有数据库在运行，请检查主机和端口",
    "No such file or directory": "DATABASE_URL 写的位置没有数据库在运行，请检查主机和端口",
    "timeout expired": "DATABASE_URL 写的主机没有回应，请检查网络和主机",
    "invalid": "DATABASE_URL 看不懂，请写成 " + EXAMPLE,
    "too many clients": "数据库的连接用完了，请过一会儿再运行",
}


def external() -> bool:
    """Whether DATABASE_URL names a server that is not ours to start or stop."""
    return bool(os.environ.get("DATABASE_URL"))


def settings() -> dict:
    """The `DATABASES["default"]` entry. Usable while the embedded server is down: nothing connects here."""
    place = from_url(os.environ["DATABASE_URL"]) if external() else _embedded()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **place,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": os.environ.get("TEST_DB_NAME") or "test_studio"},
    }


def require_usable() -> None:
    """Raise Stop unless the server of DATABASE_URL answers and is new enough."""
    place = from_url(os.environ["DATABASE_URL"])
    try:
        connection = psycopg2.connect(
            host=place["HOST"] or None,
            port=place["PORT"] or None,
            user=place["USER"] or None,
            password=place["PASSWORD"] or None,
            dbname=place["NAME"],
            **{"connect_timeout": CONNECT_SECONDS, **place["OPTIONS"]},
        )
    except psycopg2.Error as error:
        raise Stop(sentence(error)) from error
    version = connection.server_version // 10000
    connection.close()
    if version < OLDEST:
        raise Stop(f"DATABASE_URL 指的是 PostgreSQL {version}，需要 {OLDEST} 或更新的版本")


def sentence(error: Exception) -> str:
    """What to do about a database that cannot be reached."""
    text = str(error)
    for sign, reason in REASONS.items():
        if sign in text:
            return reason
    return f"连不上数据库：{text.strip().splitlines()[0]}" if text.strip() else "连不上数据库"


def from_url(url: str) -> dict:
    """Read `postgresql://user:password@host:port/name?sslmode=…`; raises Stop when it is not such an
    address.
    """
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
    """Where the embedded server listens (its `address` file) and the application's own password, once it
    has one.
    """
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
