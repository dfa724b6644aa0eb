from . import urls_cases, urls_cure, urls_slips

app_name = "casework"

urlpatterns = [
    *urls_cases.urlpatterns,
    *urls_cure.urlpatterns,
    *urls_slips.urlpatterns,
]
