from . import urls_cases, urls_cure, urls_library, urls_meetings

app_name = "casework"

urlpatterns = [
    *urls_cases.urlpatterns,
    *urls_cure.urlpatterns,
    *urls_meetings.urlpatterns,
    *urls_library.urlpatterns,
]
