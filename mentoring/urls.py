"""The mentoring floor's pages, one list for each subject."""

from . import urls_campaigns, urls_pairings, urls_pledges, urls_questions, urls_roster, urls_sessions

app_name = "mentoring"

urlpatterns = [
    *urls_campaigns.urlpatterns,
    *urls_pairings.urlpatterns,
    *urls_pledges.urlpatterns,
    *urls_questions.urlpatterns,
    *urls_roster.urlpatterns,
    *urls_sessions.urlpatterns,
]
