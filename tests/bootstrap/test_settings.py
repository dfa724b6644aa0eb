"""Settings: loud where something is missing, quiet where nothing is needed."""

import stat

import psycopg2
import pytest

from studio.bootstrap import database
from studio.bootstrap.say import Stop
from studio.bootstrap.secret import kept_secret, kept_vault_key, vault_keys

REAL = {
    "STUDIO_MODE": "production",
    "STUDIO_SECRET_KEY": "x" * 30 + "0123456789abcdefghijk",
    "STUDIO_HOSTS": "a.example.org",
    "STUDIO_VAULT_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
}


def refusal(process):
    """What a refused command said, having ended with 1 and without a traceback."""
    assert process.returncode == 1, process.stdout + process.stderr
    assert "Traceback" not in process.stderr
    return process.stderr


@pytest.mark.parametrize("missing", ["STUDIO_SECRET_KEY", "STUDIO_HOSTS", "STUDIO_VAULT_KEYS"])
def test_production_refuses_to_run_without_its_settings(manage, missing):
    environment = {key: value for key, value in REAL.items() if key != missing}
    assert missing in refusal(manage("check", **environment))


def test_a_key_of_the_vault_that_is_none_is_a_sentence(manage):
    assert "STUDIO_VAULT_KEYS" in refusal(manage("check", **REAL | {"STUDIO_VAULT_KEYS": "short"}))


def test_production_settings_pass_the_deployment_checks(manage):
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **REAL)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    "wrong", [{"STUDIO_MODE": "prod"}, {"STUDIO_DEBUG": "perhaps"}, {"STUDIO_TRUSTED_PROXIES": "two"}]
)
def test_a_setting_of_the_wrong_type_is_a_sentence(manage, wrong):
    assert next(iter(wrong)) in refusal(manage("check", **wrong))


def test_the_local_key_of_the_vault_is_made_once_and_fits(tmp_path):
    key = kept_vault_key(tmp_path)
    assert vault_keys([key]) == [key] == [kept_vault_key(tmp_path)]
    assert stat.S_IMODE((tmp_path / "vault_key").stat().st_mode) == 0o600


def test_local_secret_is_made_once_and_kept_private(tmp_path):
    secret = kept_secret(tmp_path)
    assert len(secret) > 50
    assert kept_secret(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(
    "url", ["mysql://a@b/c", "postgresql://host:5432/", "postgresql://host:many/name", "nonsense"]
)
def test_an_address_that_is_none_is_a_sentence(manage, url):
    assert "DATABASE_URL 看不懂" in refusal(manage("migrate", DATABASE_URL=url))


def test_a_database_address_is_read_whole():
    place = database.from_url("postgresql://na%40me:p%3Aw@db.example.org:6432/studio?sslmode=require")
    assert place == {
        "NAME": "studio",
        "USER": "na@me",
        "PASSWORD": "p:w",
        "HOST": "db.example.org",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_an_old_server_and_a_wrong_password_are_sentences(cluster, monkeypatch):
    cluster.start()
    host, password = cluster.address()["host"], cluster.password()
    monkeypatch.setenv("DATABASE_URL", f"postgresql://studio:{password}@/studio?host={host}")
    database.require_usable()
    monkeypatch.setattr(database, "OLDEST", 99)
    with pytest.raises(Stop, match="需要 99 或更新"):
        database.require_usable()
    monkeypatch.setenv("DATABASE_URL", f"postgresql://studio:guess@/studio?host={host}")
    with pytest.raises(Stop, match="不认这个名字和密码"):
        database.require_usable()
    monkeypatch.setenv("DATABASE_URL", f"postgresql://studio:{password}@/other?host={host}")
    with pytest.raises(Stop, match="没有 DATABASE_URL 写的库"):
        database.require_usable()


def test_a_server_that_is_not_there_is_a_sentence(manage):
    assert "没有数据库在运行" in refusal(
        manage("migrate", DATABASE_URL="postgresql://a:b@127.0.0.1:1/studio")
    )


def test_an_unknown_database_error_keeps_its_first_line():
    assert database.sentence(psycopg2.OperationalError("odd\nmore")) == "连不上数据库：odd"


def test_state_that_cannot_be_written_is_a_sentence(manage, tmp_path):
    (tmp_path / "file").touch()
    assert "建不了文件夹" in refusal(manage("check", STUDIO_VAR=str(tmp_path / "file" / "var")))
