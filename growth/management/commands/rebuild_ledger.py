from django.core.management.base import BaseCommand, CommandError

from growth.actions.rebuild import rebuild
from growth.models import Entry
from people.models import Studio


class Command(BaseCommand):
    help = "从带教、心得、案例等原始记录重新写一遍成长台账"

    def add_arguments(self, parser):
        parser.add_argument("--studio", type=int, help="只写这一个工作室（编号）")

    def handle(self, *, studio=None, **options):
        if studio and not Studio.objects.filter(pk=studio).exists():
            raise CommandError(f"没有编号是{studio}的工作室")
        before = Entry.objects.count()
        read = rebuild(Studio.objects.get(pk=studio) if studio else None)
        self.stdout.write(f"读了{read}条原始记录，成长台账原有{before}条，现有{Entry.objects.count()}条")
