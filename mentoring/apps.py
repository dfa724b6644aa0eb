from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"
    verbose_name = "带教"

    def ready(self):
        from growth.rosters import tell_rosters
        from people.access import tell_ties
        from people.actions import persons, removal

        from . import rosters, ties
        from .actions import campaigns, meetings, questions, sessions
        from .models import Contact, Meeting, Question

        tell_ties(pupils=ties.pupils, peers=ties.peers, mentors=ties.mentors)
        tell_rosters(of_studio=rosters.of_studio, learners=rosters.learners)
        persons.before_ending(ties.still_paired)
        removal.register(sessions.Session, title=sessions.named, after=sessions.after_removal)
        removal.register(Meeting, title=meetings.titled, after=meetings.after_removal)
        removal.register(Contact, title=campaigns.named, after=campaigns.after_removal)
        removal.register(Question, after=questions.after_removal)
