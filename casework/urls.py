from . import urls_cases, urls_cure

app_name = "casework"

urlpatterns = [
    *urls_cases.urlpatterns,
    *urls_cure.urlpatterns,
]
