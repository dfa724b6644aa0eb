"""Runs one command inside the environment and turns every refusal into a sentence."""

import contextlib
import os
import signal

import psycopg2
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError
from environs.exceptions import EnvError

from studio.bootstrap import checks, database, db, start, suite
from studio.bootstrap.lease import running_database
from studio.bootstrap.say import Stop, refuse, system_reason

OURS = {"start": start.run, "test": suite.run, "check_all": checks.run, "db": db.run}
NEEDS_NO_DATABASE = {
    *("check", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages"),
    *("startapp", "startproject", "version", "--help", "-h", "--version"),
}


def run(argv: list[str]) -> int:
    """Run `manage.py <command> …` and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    # A terminated command must leave its `with` blocks: the database is stopped there.
    signal.signal(signal.SIGTERM, _interrupt)
    command = argv[1] if len(argv) > 1 else "help"
    try:
        if command in OURS:
            return OURS[command](argv[2:])
        needed = command not in NEEDS_NO_DATABASE and "--help" not in argv
        with running_database() if needed else contextlib.nullcontext():
            execute_from_command_line(argv)
    except KeyboardInterrupt:
        return refuse("停下了")
    except Stop as reason:
        return refuse(reason)
    except (ImproperlyConfigured, EnvError) as reason:
        return refuse(f"设置不对：{reason}")
    except (OperationalError, psycopg2.OperationalError) as error:
        return refuse(database.sentence(error))
    except OSError as error:
        if reason := system_reason(error):
            return refuse(reason)
        raise
    return 0


def _interrupt(signum, frame) -> None:
    raise KeyboardInterrupt
