"""`manage.py daily`: the day's work. Exit code 0 when all went well, 1 when something did not."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from studio import daily


class Command(BaseCommand):
    help = "Do the day's work: see studio/daily.py. Safe to run twice."

    def add_arguments(self, parser):
        parser.add_argument("--day", help="another day than today, as 2026-06-18")
        parser.add_argument("--list", action="store_true", help="only name what would be done")

    def handle(self, *args, day=None, **options):
        if options["list"]:
            self.stdout.write("\n".join(duty.name for duty in daily.DUTIES) or "现在没有每天要做的事")
            return
        done = daily.run(_day(day))
        if done is None:
            self.stdout.write("另一处正在做今天的事，这一次不做了")
            return
        for one in done:
            self.stdout.write(f"{one.name}：{f'没做成（{one.error}）' if one.error else one.said}")
        if any(one.error for one in done):
            raise CommandError("有没做成的，原因在日志里。修好以后可以再运行一次")


def _day(said):
    try:
        return date.fromisoformat(said) if said else timezone.localdate()
    except ValueError:
        raise CommandError("日期请写成 2026-06-18 这样") from None
