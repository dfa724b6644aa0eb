from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "growth"
    verbose_name = "成长"

    def ready(self):
        from people.actions import removal  # noqa: PLC0415 - models are not loaded before ready()

        from .actions import ledger  # noqa: PLC0415
        from .models import Reflection  # noqa: PLC0415

        removal.register(Reflection, after=lambda reflection, **facts: ledger.record(reflection))
