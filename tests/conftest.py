"""A real PostgreSQL for every run, and a real browser where there is one. Factories and casts live
elsewhere.
"""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from studio.bootstrap import database
from studio.bootstrap.lease import running_database
from tests.cast import cast

__all__ = ["cast"]

# Playwright's synchronous interface runs an event loop in the test's thread; Django's guard would refuse
# every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "这台机器没有 Chromium，浏览器测试没有跑。Debian 或 Ubuntu 运行 apt install chromium fonts-noto-cjk，"
    "别的系统装好 Chrome 后把它的路径写进环境变量 CHROMIUM，再跑一次"
)
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
DESKTOP = {"viewport": {"width": 1366, "height": 768}}


def chromium() -> str | None:
    """The path of a Chromium on this machine, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


# No test passes or fails by the clock.
hypothesis_settings.register_profile("studio", deadline=None)
hypothesis_settings.load_profile("studio")

# --- database ---------------------------------------------------------------------------------------------


def pytest_configure(config):
    """Have the database up before the first test; hash passwords fast, since factories make many people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CASE_VECTORS = False  # half a second for the first one; tests of similar cases turn it on
    if hasattr(config, "workerinput"):
        return
    if os.environ.get("STUDIO_REQUIRE_BROWSER") == "1" and not chromium():
        raise pytest.UsageError(NO_BROWSER)
    stack = contextlib.ExitStack()
    stack.enter_context(running_database())
    config.add_cleanup(stack.close)
    # The settings were read before the server was up: the very first start has made its address and
    # password since.
    fresh = database.settings()
    settings.DATABASES["default"].update({key: fresh[key] for key in ("HOST", "PORT", "PASSWORD")})


# --- browser ----------------------------------------------------------------------------------------------


def pytest_collection_modifyitems(items):
    """Mark what drives a browser, and skip it where there is none."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
            if not chromium():
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter):
    """Say plainly how many browser tests were not run."""
    skipped = [
        report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("浏览器测试")
        terminalreporter.write_line(f"跳过了{len(skipped)}项。{NO_BROWSER}", yellow=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, tmp_path_factory):
    """Debian's Chromium, quiet, able to run as root, with a Chinese font."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--no-sandbox"]
    launch = {**browser_type_launch_args, "executable_path": chromium(), "args": quiet}
    if not _has_chinese_font():
        launch["env"] = {
            **os.environ,
            "FONTCONFIG_FILE": _font_configuration(tmp_path_factory.mktemp("fonts")),
        }
    return launch


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A browser in Shanghai that reads Chinese."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def phone(new_context):
    """A page on a mentor's phone: 360 × 740, touch."""
    return new_context(**PHONE).new_page()


@pytest.fixture
def desktop(new_context):
    """A page on an office computer: 1366 × 768."""
    return new_context(**DESKTOP).new_page()


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True).stdout.strip())


def _font_configuration(folder: Path) -> str:
    """A fontconfig file that knows the fonts of the PDF font package only."""
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    path = folder / "fonts.conf"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>'
        f"<cachedir>{folder}</cachedir></fontconfig>"
    )
    return str(path)
