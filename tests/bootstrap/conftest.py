"""Scratch places for servers of their own: nothing here touches the database of the other tests."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest

from studio.bootstrap import database
from studio.bootstrap.home import BASE_DIR
from studio.bootstrap.postgres import Cluster


@contextlib.contextmanager
def scratch():
    """A folder under the temporary directory, removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="studio-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place():
    """An empty folder with a short path that every account may enter, unlike pytest's own."""
    with scratch() as folder:
        yield folder


@pytest.fixture(scope="session")
def stopped_home():
    """The home of a cluster that was made, started and stopped: to copy, since making one takes a second."""
    with scratch() as folder:
        cluster = Cluster(folder / "postgres")
        cluster.prepare()
        cluster.start()
        cluster.stop()
        yield cluster.home


@pytest.fixture
def var(place, monkeypatch):
    """A state directory of its own for this process and the commands it runs."""
    monkeypatch.setenv("STUDIO_VAR", str(place / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield place / "var"
    cluster = Cluster()
    if cluster.running():
        cluster.stop()


@pytest.fixture
def new_cluster(place):
    """A prepared cluster that was never started; stopped afterwards."""
    yield from _for_one_test(Cluster(place / "postgres"))


@pytest.fixture
def cluster(place, stopped_home):
    """A cluster that ran before, down now; stopped afterwards."""
    # With `-a`, because the files belong to the server's account.
    subprocess.run(["cp", "-a", str(stopped_home), str(place)], check=True)
    yield from _for_one_test(Cluster(place / "postgres"))


def _for_one_test(cluster):
    cluster.prepare()
    yield cluster
    if cluster.running():
        cluster.stop()


@pytest.fixture
def manage():
    """Run `manage.py` as a new process; returns the finished process with its output."""

    def run(*arguments, **environment):
        dropped = ("STUDIO_", "PYTEST", "DATABASE_URL", "DJANGO_")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
        if "STUDIO_VAR" in os.environ:
            kept["STUDIO_VAR"] = os.environ["STUDIO_VAR"]
        return subprocess.run(
            [sys.executable, str(BASE_DIR / "manage.py"), *arguments],
            env={**kept, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def connect(cluster, **changes):
    """A connection of the application's role to the cluster's database."""
    address = cluster.address()
    place = {
        "user": database.ROLE,
        "password": cluster.password(),
        "dbname": database.NAME,
        **address,
        **changes,
    }
    connection = psycopg2.connect(**place)
    connection.autocommit = True
    return connection


@pytest.fixture
def ask():
    """Run one statement in a cluster and return its rows."""

    def run(cluster, statement):
        connection = connect(cluster)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    return run
