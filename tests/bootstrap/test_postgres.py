"""The supervisor: a server that starts, stops, and comes back from everything with all that was committed."""

import os
import shutil
import signal
import stat

import psutil
import psycopg2
import pytest

from studio.bootstrap import postgres
from studio.bootstrap.postgres import Cluster
from studio.bootstrap.say import Stop


@pytest.fixture
def filled(cluster, ask):
    """A running cluster with one committed row."""
    cluster.start()
    ask(cluster, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('泉+')")
    return cluster


def postmaster(cluster):
    return psutil.Process(int(cluster.pid_file.read_text().splitlines()[0]))


def kill(process):
    process.kill()
    process.wait(10)


def test_first_start_makes_a_database_whose_role_is_no_superuser(new_cluster, ask):
    assert new_cluster.start() is True
    assert ask(new_cluster, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user") == [
        (False, True)
    ]
    assert ask(new_cluster, "SELECT datlocale FROM pg_database WHERE datname = current_database()") == [
        ("C.UTF-8",)
    ]


def test_chinese_is_found_by_trigrams(cluster, ask):
    cluster.start()
    ask(cluster, "CREATE EXTENSION pg_trgm")
    assert ask(cluster, "SELECT similarity('石泉路街道', '石泉路') > 0.3") == [(True,)]


def test_second_start_changes_nothing(filled, ask):
    before = postmaster(filled).pid
    assert filled.start() is False
    assert postmaster(filled).pid == before


def test_stop_and_start_keeps_every_row(filled, ask):
    filled.stop()
    assert not filled.running()
    assert filled.start() is True
    assert ask(filled, "SELECT word FROM kept") == [("泉+",)]


def test_kill_nine_keeps_every_committed_row(filled, ask):
    kill(postmaster(filled))
    assert filled.start() is True
    assert ask(filled, "SELECT word FROM kept") == [("泉+",)]


@pytest.mark.parametrize(
    "written",
    [str(os.getpid()), f"{os.getpid()}\n/somewhere\n1\n5432\n/tmp\n\n1 1\nready\n", "", "12", "未\n知"],
    ids=["another process, cut short", "another process", "empty", "one line", "not a number"],
)
def test_stale_pid_file_does_not_stop_the_next_start(filled, ask, written):
    kill(postmaster(filled))
    filled.pid_file.write_text(written)
    assert filled.start() is True
    assert ask(filled, "SELECT word FROM kept") == [("泉+",)]


def test_stale_socket_lock_of_a_living_process_is_removed(filled, ask):
    kill(postmaster(filled))
    lock = next(filled.home.glob(".s.PGSQL.*.lock"))
    lock.write_text(lock.read_text().replace(lock.read_text().splitlines()[0], str(os.getpid()), 1))
    assert filled.start() is True
    assert ask(filled, "SELECT word FROM kept") == [("泉+",)]


def test_half_made_cluster_is_made_again(new_cluster, ask):
    for name in ("data", "data.new"):
        (new_cluster.home / name / "base").mkdir(parents=True)
    new_cluster.start()
    assert ask(new_cluster, "SELECT 1") == [(1,)]


def test_password_is_asked_and_kept_private(new_cluster):
    new_cluster.start()
    for name in ("password", "superuser"):
        assert stat.S_IMODE((new_cluster.home / name).stat().st_mode) == 0o600
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(**new_cluster.address(), user="studio", dbname="studio", password="guess")


def test_refused_rows_and_statements_stay_out_of_the_log(filled, ask):
    ask(filled, "CREATE UNIQUE INDEX ON kept (word)")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        ask(filled, "INSERT INTO kept VALUES ('泉+')")
    log = (filled.home / "server.log").read_text()
    assert "duplicate key" in log
    assert "泉+" not in log


def test_long_path_falls_back_to_a_short_private_folder(place, ask):
    cluster = Cluster(place / ("long" * 30) / "postgres")
    cluster.prepare()
    cluster.start()
    folder = cluster.address()["host"]
    try:
        assert ask(cluster, "SELECT 1") == [(1,)]
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def test_full_disk_is_a_sentence(cluster, monkeypatch):
    monkeypatch.setattr(postgres, "NEEDED_BYTES", 2**62)
    with pytest.raises(Stop, match="磁盘快满了"):
        cluster.start()


def test_data_of_another_version_is_a_sentence(filled):
    filled.stop()
    (filled.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Stop, match="别的版本"):
        filled.start()


def test_interrupted_server_is_not_taken_for_running(filled):
    process = postmaster(filled)
    process.send_signal(signal.SIGINT)
    process.wait(10)
    assert not filled.running()
