from django.core.management.base import BaseCommand

from people.search_index import add_missing, rebuild


class Command(BaseCommand):
    help = "从案例、带教、心得等原文重新写一遍搜索用的词；正常情况下什么也不会变"

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="只补上还没有的（升级以后）")

    def handle(self, *, missing=False, **options):
        if missing:
            self.stdout.write(f"补上了{add_missing()}条")
            return
        read, changed = rebuild()
        self.stdout.write(f"读了{read}条，改了{changed}条")
