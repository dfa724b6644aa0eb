from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"
    verbose_name = "带教"

    def ready(self):
        from people.access import tell_ties

        from . import ties

        tell_ties(pupils=ties.pupils, peers=ties.peers)
