"""`manage.py start`, the half before Django: the database up for as long as the site runs."""

import os

from django.core.management import execute_from_command_line

from studio.bootstrap.lease import running_database
from studio.bootstrap.say import step


def run(arguments: list[str]) -> int:
    """Start the database, then the Django command `start`; the database stops with it. Returns the exit
    code.
    """
    if {"-h", "--help"}.intersection(arguments):
        execute_from_command_line(["manage.py", "start", "--help"])
        return 0
    os.environ.setdefault("STUDIO_STATIC_COLLECTED", "true")
    step("启动数据库")
    with running_database():
        execute_from_command_line(["manage.py", "start", *arguments])
    step("停好了，写的都在")
    return 0
