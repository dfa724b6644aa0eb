"""`manage.py load_places [file]`: streets and neighbourhoods from a CSV file, or the shipped list."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from people.actions import places


class Command(BaseCommand):
    help = "Load or update streets and neighbourhoods from a CSV file of the form of people/data/places.csv."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=places.SHIPPED)

    def handle(self, *args, file, **options):
        try:
            loaded = places.load(file.read_bytes())
        except OSError as unreadable:
            raise CommandError(f"打不开这个文件：{file}") from unreadable
        except ValidationError as refusal:
            raise CommandError("\n".join(["名单没有装进去。", *refusal.messages])) from refusal
        self.stdout.write(
            f"新加了{loaded.streets}个街道（镇）、{loaded.neighbourhoods}个居民区，改了{loaded.changed}处，别的没有变"
        )
