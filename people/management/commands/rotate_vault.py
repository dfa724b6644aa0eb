"""Writes everything that is encrypted at rest anew with the first key of STUDIO_VAULT_KEYS."""

from django.core.management.base import BaseCommand, CommandError

from people import vault
from people.actions import reminders, residents


class Command(BaseCommand):
    help = "把居民信息和草稿用 STUDIO_VAULT_KEYS 的第一个密钥重新加密。做完以后旧密钥才可以去掉。"

    def handle(self, *args, **options):
        try:
            count = residents.rotate() + reminders.rotate()
        except vault.Sealed:
            raise CommandError("有的信息现有的密钥都打不开，请把旧密钥也写进 STUDIO_VAULT_KEYS") from None
        self.stdout.write(f"重新加密了{count}条，旧密钥可以去掉了")
