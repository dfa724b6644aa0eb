"""Makes the virtual environment and puts this process into it. Standard library only."""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

from studio.bootstrap import locks
from studio.bootstrap.home import BASE_DIR
from studio.bootstrap.say import Stop, note, step

STAMP = "studio-requirements"
PLAIN, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
OLDEST = (3, 11)
TAIL_LINES = 8


def enter(*, development: bool) -> None:
    """Return only inside an environment that holds the pinned packages, re-running this command there if
    needed.

    `development` asks for the packages of tests and checks as well. Raises Stop when an environment cannot
    be made.
    """
    if sys.version_info < OLDEST:
        raise Stop("需要 Python 3.11 或更新的版本，请先安装")
    home = environment_dir()
    if not up_to_date(home, development=development):
        # Two first commands at once would install over each other.
        with locks.alone(home.with_name(f"{home.name}.lock")):
            if not up_to_date(home, development=development):
                prepare(home, development=development)
    if Path(sys.prefix).resolve() == home.resolve():
        return
    command = [str(python_of(home)), str(BASE_DIR / "manage.py"), *sys.argv[1:]]
    if os.name == "posix":
        os.execv(command[0], command)
    sys.exit(subprocess.call(command))


def environment_dir() -> Path:
    """`.venv` beside manage.py, or the directory STUDIO_VENV names."""
    return Path(os.environ.get("STUDIO_VENV") or BASE_DIR / ".venv").absolute()


def python_of(home: Path) -> Path:
    """The interpreter of the environment in `home`."""
    return home / ("bin/python" if os.name == "posix" else "Scripts/python.exe")


def up_to_date(home: Path, *, development: bool) -> bool:
    """Whether `home` holds exactly what the requirements files ask for now.

    The stamp has one fingerprint a line; the development set contains the plain one, so either satisfies
    `start`.
    """
    try:
        installed = (home / STAMP).read_text().split()
    except OSError:
        return False
    enough = [DEVELOPMENT] if development else [PLAIN, DEVELOPMENT]
    return python_of(home).exists() and any(fingerprint(name) in installed for name in enough)


def fingerprint(name: str) -> str:
    """The name of a requirements file with the hash of its content and of the Python that installs it."""
    content = (BASE_DIR / name).read_bytes() + repr(sys.version_info[:2]).encode()
    return f"{name}:{hashlib.sha256(content).hexdigest()[:16]}"


def prepare(home: Path, *, development: bool) -> None:
    """Make the environment where it is missing and install the pinned, hashed packages into it."""
    step("准备运行环境（第一次要一两分钟）")
    if not _works(home):
        _make(home)
    had_development = (home / STAMP).exists() and DEVELOPMENT in (home / STAMP).read_text()
    name = DEVELOPMENT if development or had_development else PLAIN
    (home / STAMP).unlink(missing_ok=True)
    _install(home, name)
    (home / STAMP).write_text(fingerprint(name))


def _works(home: Path) -> bool:
    """Whether the environment's Python runs, is ours in version, and has pip."""
    if not python_of(home).exists():
        return False
    question = "import sys, pip; print(sys.version_info[:2])"
    answer = subprocess.run([python_of(home), "-c", question], capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout.strip() == repr(sys.version_info[:2])


def _make(home: Path) -> None:
    """Run `python -m venv`; Debian ships Python without that module's other half."""
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stop(
            f"这个 Python 缺少 venv 模块。Debian 或 Ubuntu 请先运行 apt install python{version}-venv，"
            "其他系统请安装完整的 Python，再运行一次"
        )
    note("建立 .venv")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(home)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if made.returncode != 0:
        raise Stop(explain(made.stdout + made.stderr, f"建不了 {home}"))


def _install(home: Path, name: str) -> None:
    """Install one requirements file with pip, counting aloud; hashes are checked, nothing is resolved."""
    total = sum(1 for line in (BASE_DIR / name).read_text().splitlines() if "==" in line)
    command = [
        *(str(python_of(home)), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input"),
        *("--disable-pip-version-check", "--progress-bar", "off", "-r", str(BASE_DIR / name)),
    ]
    lines: list[str] = []
    # Another folder's constraint file (PIP_CONSTRAINT) would break the hashes.
    clean = {key: value for key, value in os.environ.items() if key != "PIP_CONSTRAINT"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        env=clean,
    ) as pip:
        seen = 0
        for line in pip.stdout:
            lines.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied", "Ignoring ")):
                seen += 1
                _count(seen, total)
            elif line.startswith("Installing collected"):
                _count(total, total)
                note("安装到 .venv")
    if pip.returncode != 0:
        raise Stop(explain("".join(lines), "安装软件包没有成功"))


def _count(seen: int, total: int) -> None:
    """Show progress: one moving line on a terminal, every tenth package elsewhere."""
    if sys.stdout.isatty():
        print(f"\r  下载软件包 {min(seen, total)}/{total}", end="\n" if seen >= total else "", flush=True)
    elif seen % 10 == 0 and seen < total:
        note(f"下载软件包 {seen}/{total}")


def explain(output: str, what: str) -> str:
    """One sentence for a failed tool, with the end of what it said."""
    if "No space left on device" in output:
        return "磁盘满了，请腾出1000兆以上再运行"
    if "DO NOT MATCH THE HASHES" in output:
        return "下载的软件包和清单对不上，没有安装。请检查软件源，或过一会儿再运行"
    if any(sign in output for sign in ("Retrying (", "ConnectionError", "Max retries")):
        return "连不上软件源，请检查网络或 pip 的设置，再运行一次"
    if lacking := re.search(r"No matching distribution found for (\S+?)==", output):
        return f"软件源里没有适合这台机器和这个 Python 的 {lacking[1]}，请换一台机器或换 Python 3.11 到 3.14"
    tail = "\n  ".join(output.strip().splitlines()[-TAIL_LINES:])
    return f"{what}：\n  {tail}"
