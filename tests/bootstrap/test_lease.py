"""Nobody stops the server under somebody else."""

import pytest

from studio.bootstrap import lease
from studio.bootstrap.postgres import Cluster
from studio.bootstrap.say import Stop


def test_the_last_user_stops_the_server(var):
    with lease.running_database():
        with lease.running_database():
            assert Cluster().running()
        assert Cluster().running()
    assert not Cluster().running()


def test_a_kept_server_outlives_its_users(var):
    assert lease.keep_running() is True
    with lease.running_database():
        pass
    assert Cluster().running()
    assert lease.keep_running() is False
    assert lease.stop_now() is True
    assert lease.stop_now() is False


def test_stopping_is_refused_while_a_command_runs(var):
    with lease.running_database():
        with pytest.raises(Stop, match="还有别的命令"):
            lease.stop_now()
        assert Cluster().running()


def test_a_keep_mark_from_before_a_crash_does_not_keep_the_next_server(var):
    lease.keep_running()
    Cluster().stop()
    with lease.running_database():
        assert Cluster().running()
    assert not Cluster().running()


def test_another_process_joins_and_leaves_the_server_running(var, manage):
    with lease.running_database():
        assert manage("db", "status").returncode == 0
        joined = manage("dbshell", "--help")
        assert joined.returncode == 0
        stopped = manage("db", "stop")
        assert stopped.returncode == 1
        assert "还有别的命令" in stopped.stderr
        assert Cluster().running()


def test_db_commands_tell_what_they_did(var, manage):
    assert "已经启动" in manage("db", "start").stdout
    assert "数据库开着" in manage("db", "status").stdout
    assert "已经停下" in manage("db", "stop").stdout
    assert manage("db", "status").returncode == 3
