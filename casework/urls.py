from . import urls_cases, urls_cure, urls_slips
from . import urls_cases, urls_cure, urls_library

app_name = "casework"

urlpatterns = [
    *urls_cases.urlpatterns,
    *urls_cure.urlpatterns,
    *urls_slips.urlpatterns,
    *urls_library.urlpatterns,
]
