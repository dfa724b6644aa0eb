"""`manage.py add_staff 姓名 手机号 街道 区`: the first staff of one more street, with its studio."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from people.actions.credentials import readable_password
from people.actions.setup import first_staff


class Command(BaseCommand):
    help = "Add a staff account to a street; makes the street's studio when there is none. Prints a password."

    def add_arguments(self, parser):
        for name in ("name", "mobile", "street_name", "district_name"):
            parser.add_argument(name)

    def handle(self, *args, name, mobile, street_name, district_name, **options):
        password = readable_password()
        try:
            first_staff(
                name=name,
                mobile=mobile,
                password=password,
                street_name=street_name,
                district_name=district_name,
            )
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(f"加好了。用手机号和这个密码登录，登录后请换掉：{password}")
