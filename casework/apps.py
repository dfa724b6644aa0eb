from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "会诊"

    def ready(self):
        from people import scoped_links

        from .guest_link import GUEST_LINK

        scoped_links.register(GUEST_LINK)
