"""`start` as its user meets it: questions, an address, Ctrl-C, and coming back after the worst."""

import os
import pty
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from studio.bootstrap import serve
from studio.bootstrap.home import BASE_DIR
from studio.bootstrap.postgres import Cluster
from studio.bootstrap.say import Stop

SECONDS = 120
ANSWERS = [
    ("区的名称", "普陀区"),
    ("街道（镇）的名称", "石泉街道"),
    ("姓名", "卫小泉"),
    ("手机号码", "19900000000"),
    ("密码", "quanjia2026"),
    ("再输一次", "quanjia2026"),
    ("是不是“石泉路街道”", None),
    ("回车就用“普陀区”", ""),
    ("回车就用“石泉街道”", "石泉路街道"),
    ("回车就用“卫小泉”", ""),
    ("回车就用“19900000000”", ""),
    ("密码", "quanjia2026"),
    ("再输一次", "quanjia2026"),
]


class Site:
    """`manage.py start --empty` on a terminal of its own."""

    def __init__(self, port):
        self.port = port
        self.said = ""
        self.terminal, theirs = pty.openpty()
        kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "STUDIO_MODE")}
        command = [sys.executable, str(BASE_DIR / "manage.py"), "start", "--empty", "--port", str(port)]
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=kept, start_new_session=True
        )
        os.close(theirs)

    def wait_for(self, words):
        """Read until the site has said `words`; fails when it ends or takes too long before."""
        deadline = time.monotonic() + SECONDS
        while words not in self.said:
            assert time.monotonic() < deadline, self.said
            if select.select([self.terminal], [], [], 1)[0]:
                try:
                    self.said += os.read(self.terminal, 65536).decode(errors="replace")
                except OSError:
                    pytest.fail(self.said)
        self.said = self.said.split(words, 1)[1]

    def answer(self):
        for question, text in ANSWERS:
            self.wait_for(question)
            if text is not None:
                os.write(self.terminal, f"{text}\n".encode())

    def page(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/login/", timeout=30) as response:
            return response.status

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        code = self.process.wait(SECONDS)
        os.close(self.terminal)
        return code


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def people(ask):
    return ask(Cluster(), "SELECT name FROM people_person")


def test_a_site_opens_closes_and_comes_back_with_everyone(var, ask, manage):
    port = free_port()

    unanswered = manage("start", "--empty", "--port", str(port))
    assert unanswered.returncode == 1
    assert "请在终端里运行" in unanswered.stderr
    assert "Traceback" not in unanswered.stderr
    assert not Cluster().running()

    first = Site(port)
    first.answer()
    first.wait_for(f"http://127.0.0.1:{port}/")
    assert first.page() == 200
    assert people(ask) == [("卫小泉",)]
    assert first.end() == 0
    assert not Cluster().running()

    killed = Site(port)
    killed.wait_for("按 Ctrl-C 停下")
    killed.end(signal.SIGKILL)

    bereft = Site(port)
    bereft.wait_for("按 Ctrl-C 停下")
    postmaster = psutil.Process(int(Cluster().pid_file.read_text().splitlines()[0]))
    postmaster.kill()
    assert bereft.end(signal.SIGTERM) == 0

    last = Site(port)
    last.wait_for("按 Ctrl-C 停下")
    assert last.page() == 200
    assert people(ask) == [("卫小泉",)]
    assert last.end() == 0
    assert not Cluster().running()


def test_a_port_taken_by_another_program_is_a_sentence(var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stop, match=f"端口{port}已经有别的程序在用"):
            serve.claim_port("127.0.0.1", port)
    serve.claim_port("127.0.0.1", port)


def test_a_site_that_runs_already_is_named(var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        site = subprocess.Popen([sys.executable, "-c", "input()", "manage.py"], stdin=subprocess.PIPE)
        serve.var_dir().joinpath("site.pid").write_text(f"{site.pid} {port}")
        with pytest.raises(Stop, match="网站已经开着"):
            serve.claim_port("127.0.0.1", port)
        site.communicate(b"\n")


def test_an_address_this_machine_lacks_is_a_sentence():
    with pytest.raises(Stop, match="没有地址"):
        serve.claim_port("192.0.2.1", free_port())


def test_every_address_of_the_machine_is_known():
    assert "127.0.0.1" in serve.own_addresses()
