from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "growth"
    verbose_name = "成长"

    def ready(self):
        from people.actions import removal

        from .actions import career, ledger
        from .models import Honour, NotebookPage, Post, Reflection, StudyNote, Weakness

        removal.register(Weakness)
        removal.register(Post, after=career.after_post)
        for model in (Reflection, StudyNote, NotebookPage, Honour):
            removal.register(model, after=lambda row, **facts: ledger.record(row))
