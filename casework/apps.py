from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "会诊"

    def ready(self):
        from people import residents_register

        from . import residents

        residents_register.tell(shown_to=residents.shown_to, needed=residents.needed, places=residents.places)
