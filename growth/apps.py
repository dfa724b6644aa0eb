from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "growth"
    verbose_name = "成长"

    def ready(self):
        from people.actions import removal

        from .actions import ledger
        from .models import Reflection

        removal.register(Reflection, after=lambda reflection, **facts: ledger.record(reflection))
