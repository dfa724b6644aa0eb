from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "growth"
    verbose_name = "成长"

    def ready(self):
        from people.actions import removal

        from .actions import ledger
        from .models import NotebookPage, Reflection, StudyNote, Weakness

        removal.register(Weakness)
        for model in (Reflection, StudyNote, NotebookPage):
            removal.register(model, after=lambda row, **facts: ledger.record(row))
