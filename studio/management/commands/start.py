"""`manage.py start`, the half inside Django: tables, demonstration, static files, the site itself."""

import argparse

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from people.search_index import add_missing
from studio.bootstrap import memory
from studio.bootstrap.collect import collect_static
from studio.bootstrap.first_staff import ask_first_staff
from studio.bootstrap.say import step
from studio.bootstrap.serve import claim_port, own_addresses, serve, shown
from studio.demo import DEMO_SIGN_INS

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Command(BaseCommand):
    help = "启动书记工作室：数据库、数据表、演示数据、网站。按 Ctrl-C 停下。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=_port, default=8000, help="端口，默认8000")
        parser.add_argument("--bind", default="127.0.0.1", help="地址，默认只有这台机器能打开")
        parser.add_argument("--empty", action="store_true", help="不载入演示数据，在终端里填第一位工作人员")

    def handle(self, *, port: int, bind: str, empty: bool, **options) -> None:
        claim_port(bind, port)
        if bind not in LOOPBACK and not settings.PRODUCTION:
            settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, bind, *own_addresses()]
        self.update_tables()
        self.fill(empty=empty)
        step("启动网站")
        collect_static()
        application = get_wsgi_application()
        memory.settle()
        # The workers are forked from here: each must open a connection of its own.
        connections.close_all()
        serve(application, bind=bind, port=port, ready=lambda: self.greet(bind, port))

    def update_tables(self) -> None:
        """Run the migrations that are missing; nothing is written where none is."""
        step("更新数据表")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0, database=DEFAULT_DB_ALIAS)
            add_missing()
        call_command("createcachetable", verbosity=0)

    def fill(self, *, empty: bool) -> None:
        """Give an empty database its first people: the demonstration, or one staff account asked for."""
        if get_user_model().objects.exists():
            return
        # The demonstration's passwords are public: a real site never gets it.
        if empty or settings.PRODUCTION:
            ask_first_staff()
            return
        step("载入演示数据（只有第一次）")
        call_command("load_demo", verbosity=0)

    def greet(self, bind: str, port: int) -> None:
        """Say where the site is and who can sign in."""
        self.stdout.write(f"\n  书记工作室开好了：http://{shown(bind)}:{port}/\n")
        first = DEMO_SIGN_INS[0][1]
        if get_user_model().objects.filter(mobile=first).exists():
            self.stdout.write("\n  演示账户（手机号 / 密码）：")
            for label, mobile, password in DEMO_SIGN_INS:
                self.stdout.write(f"    {mobile} / {password}  {label}")
        connections.close_all()
        self.stdout.write("\n  按 Ctrl-C 停下")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("端口请写1到65535之间的数")
    return int(text)
