"""Every page stands at a plain noun (docs/ARCHITECTURE.md); each floor brings its own list."""

from django.urls import include, path

from .views import gallery

urlpatterns = [
    path("", include("people.urls")),
    path("", include("growth.urls")),
    path("", include("mentoring.urls")),
    path("", include("casework.urls")),
    path("gallery/", gallery.gallery, name="gallery"),
]
