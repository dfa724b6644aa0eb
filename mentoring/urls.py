"""The mentoring floor's pages, one list for each subject."""

from . import (
    urls_advancements,
    urls_cadence,
    urls_calendar,
    urls_campaigns,
    urls_course,
    urls_meetings,
    urls_pairings,
    urls_pledges,
    urls_questions,
    urls_roster,
    urls_scenes,
    urls_sessions,
    urls_visits,
)

app_name = "mentoring"

urlpatterns = [
    *urls_advancements.urlpatterns,
    *urls_cadence.urlpatterns,
    *urls_calendar.urlpatterns,
    *urls_campaigns.urlpatterns,
    *urls_course.urlpatterns,
    *urls_meetings.urlpatterns,
    *urls_pairings.urlpatterns,
    *urls_pledges.urlpatterns,
    *urls_questions.urlpatterns,
    *urls_roster.urlpatterns,
    *urls_scenes.urlpatterns,
    *urls_sessions.urlpatterns,
    *urls_visits.urlpatterns,
]
