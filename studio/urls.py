"""Every page stands at a plain noun (docs/ARCHITECTURE.md); each floor brings its own list."""

from django.urls import include, path

from .views import gallery, home, overview, search, stuck

front_desk = [
    path("", home.home, name="home"),
    path("stuck/", stuck.stuck_list, name="stuck"),
    path("stuck/<int:pk>/back/", stuck.stuck_back, name="stuck-back"),
    path("stuck/<slug:rule>/<int:pk>/leave/", stuck.stuck_leave, name="stuck-leave"),
    path("todo/", home.todo_list, name="todo"),
    path("overview/", overview.overview, name="overview"),
    path("overview/<int:pk>/", overview.street, name="overview-street"),
    path("search/", search.search_page, name="search"),
    path("gallery/", gallery.gallery, name="gallery"),
]

urlpatterns = [
    path("", include((front_desk, "studio"))),
    path("", include("people.urls_sign_in")),
    path("", include("people.urls")),
    path("", include("growth.urls")),
    path("", include("mentoring.urls")),
    path("", include("casework.urls")),
]
