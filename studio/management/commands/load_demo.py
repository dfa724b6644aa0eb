"""`manage.py load_demo`: the demonstration, into a database that has no studio yet."""

from django.core.management.base import BaseCommand

from studio.demo import DEMO_SIGN_INS
from studio.demo.load import load


class Command(BaseCommand):
    help = "Load the demonstration (two street studios, invented people) into a database without studios."

    def handle(self, *args, verbosity, **options):
        loaded = load()
        if verbosity == 0:
            return
        if not loaded:
            self.stdout.write("已经有工作室了，演示数据没有载入，什么也没有改")
            return
        self.stdout.write("演示数据载入好了。可以这样登录（手机号 / 密码）：")
        for label, mobile, password in DEMO_SIGN_INS:
            self.stdout.write(f"  {mobile} / {password}  {label}")
