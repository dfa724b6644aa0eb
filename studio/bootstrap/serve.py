"""The production server: several threads, WSGI, in this process and its workers."""

import os
import socket
import time
from collections.abc import Callable
from typing import NamedTuple

import psutil

from studio.bootstrap.home import var_dir
from studio.bootstrap.say import Stop

try:
    from gunicorn.app.base import BaseApplication
except ImportError:  # gunicorn forks, Windows does not
    BaseApplication = None
    import waitress

THREADS = 4
LEFTOVER_SECONDS = 15


class LastSite(NamedTuple):
    """What `var/site.pid` tells: whether its process lives, and the port it serves."""

    alive: bool
    port: int


def claim_port(bind: str, port: int) -> None:
    """Raise Stop unless this address is free; waits for the workers of a site that was killed to go."""
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while not _free(bind, port):
        last = _last_site()
        if last is None or last.port != port or time.monotonic() > deadline:
            other = f"python3 manage.py start --port {port + 1}"
            raise Stop(f"端口{port}已经有别的程序在用，请换一个再运行：{other}")
        if last.alive:
            raise Stop(f"网站已经开着，请打开 http://{shown(bind)}:{port}/")
        time.sleep(0.2)


def serve(application: Callable, *, bind: str, port: int, ready: Callable[[], None]) -> None:
    """Serve until interrupted; `ready` is called once the address answers. Returns after a clean stop."""
    mark = var_dir() / "site.pid"
    mark.write_text(f"{os.getpid()} {port}")
    try:
        if BaseApplication is None:
            ready()
            waitress.serve(application, host=bind, port=port, threads=THREADS * 2)
        else:
            _serve_with_gunicorn(application, bind=bind, port=port, ready=ready)
    finally:
        mark.unlink(missing_ok=True)


def shown(bind: str) -> str:
    """An address that a browser on this machine can open for what the server is bound to."""
    host = "127.0.0.1" if bind in ("0.0.0.0", "::", "") else bind
    return f"[{host}]" if ":" in host else host


def own_addresses() -> list[str]:
    """Every network address of this machine, for a site that other machines may open."""
    families = (socket.AF_INET, socket.AF_INET6)
    cards = psutil.net_if_addrs().values()
    return [entry.address.partition("%")[0] for card in cards for entry in card if entry.family in families]


def _serve_with_gunicorn(application, *, bind, port, ready) -> None:
    host = f"[{bind}]" if ":" in bind else bind
    options = {
        "bind": f"{host}:{port}",
        "workers": max(2, min(os.cpu_count() or 1, 4)),
        "worker_class": "gthread",
        "threads": THREADS,
        "keepalive": 5,
        "graceful_timeout": 10,
        "timeout": 60,
        "loglevel": "warning",
        "control_socket_disable": True,
        "when_ready": lambda server: ready(),
    }
    here = os.getpid()
    try:
        _Site(application, options).run()
    except SystemExit:
        if os.getpid() != here:
            # A worker ends here. It must not leave our caller's blocks, which stop the database.
            os._exit(0)


class _Site(BaseApplication or object):
    """gunicorn, configured by a dict instead of its command line."""

    def __init__(self, application, options: dict):
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        return self.application


def _free(bind: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((bind, port))
        except PermissionError:
            raise Stop(f"端口{port}不让普通账户用，请换一个1024以上的") from None
        except socket.gaierror:
            raise Stop(f"地址 {bind} 看不懂，请写成 127.0.0.1 或 0.0.0.0") from None
        except OSError as error:
            if "assign" in str(error):
                raise Stop(f"这台机器没有地址 {bind}，请写成 127.0.0.1 或 0.0.0.0") from None
            return False
    return True


def _last_site() -> LastSite | None:
    """The site that left its mark: one that runs, or one that was killed and could not take it away."""
    try:
        pid, port = map(int, (var_dir() / "site.pid").read_text().split())
    except (FileNotFoundError, ValueError):
        return None
    try:
        process = psutil.Process(pid)
        ours = any("manage.py" in part for part in process.cmdline())
        return LastSite(ours and process.status() != psutil.STATUS_ZOMBIE, port)
    except psutil.Error:
        return LastSite(False, port)
