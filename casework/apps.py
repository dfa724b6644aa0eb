from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "会诊"

    def ready(self):
        from people import residents_register, scoped_links

<<<<<<< HEAD
        from . import residents, slip_links

        residents_register.tell(shown_to=residents.shown_to, needed=residents.needed, places=residents.places)
        scoped_links.register(slip_links.PURPOSE)
=======
        from . import residents
        from .guest_link import GUEST_LINK

        residents_register.tell(shown_to=residents.shown_to, needed=residents.needed, places=residents.places)
        scoped_links.register(GUEST_LINK)
>>>>>>> main
