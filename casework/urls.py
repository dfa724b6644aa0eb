from . import (
    urls_buildings,
    urls_cases,
    urls_cure,
    urls_library,
    urls_meetings,
    urls_slips,
    urls_topics,
    urls_visits,
)

app_name = "casework"

urlpatterns = [
    *urls_cases.urlpatterns,
    *urls_cure.urlpatterns,
    *urls_slips.urlpatterns,
    *urls_visits.urlpatterns,
    *urls_buildings.urlpatterns,
    *urls_meetings.urlpatterns,
    *urls_library.urlpatterns,
    *urls_topics.urlpatterns,
]
