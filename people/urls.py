"""The ground floor's pages. Paths stand at the root; docs/ARCHITECTURE.md has the plan."""

from django.urls import path

from .views import drafts

app_name = "people"

urlpatterns = [
    path("drafts/<slug:key>/", drafts.draft_save, name="draft"),
]
