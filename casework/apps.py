from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "会诊"

    def ready(self):
        from growth import worked as methods
        from growth.actions.methods import items_of
        from mentoring import agenda as days
        from people import residents_register, scoped_links

        from . import agenda, residents, slip_links, visit_items, worked
        from .guest_link import GUEST_LINK

        residents_register.tell(shown_to=residents.shown_to, needed=residents.needed, places=residents.places)
        methods.tell(counts=worked.counts, cases=worked.cases)
        visit_items.tell(lambda studio: visit_items.own_items(items_of(studio)))
        scoped_links.register(GUEST_LINK)
        scoped_links.register(slip_links.PURPOSE)
        scoped_links.register(slip_links.LEADER)
        days.register(agenda.meeting_items)
