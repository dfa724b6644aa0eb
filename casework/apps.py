from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "会诊"

    def ready(self):
        from people import residents_register, scoped_links

        from . import residents, slip_links
        from .guest_link import GUEST_LINK

        residents_register.tell(shown_to=residents.shown_to, needed=residents.needed, places=residents.places)
        scoped_links.register(GUEST_LINK)
        scoped_links.register(slip_links.PURPOSE)
        scoped_links.register(slip_links.LEADER)
