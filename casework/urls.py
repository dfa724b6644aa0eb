from . import urls_cases

app_name = "casework"

urlpatterns = [
    *urls_cases.urlpatterns,
]
