"""`manage.py add_viewer 姓名 手机号 区`: somebody at the district who looks at all of its streets."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from people.actions.credentials import readable_password
from people.actions.setup import district_viewer


class Command(BaseCommand):
    help = "Add an account that views a district and its streets. Prints a password."

    def add_arguments(self, parser):
        for name in ("name", "mobile", "district_name"):
            parser.add_argument(name)

    def handle(self, *args, name, mobile, district_name, **options):
        password = readable_password()
        try:
            district_viewer(name=name, mobile=mobile, password=password, district_name=district_name)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(f"加好了。用手机号和这个密码登录，登录后请换掉：{password}")
