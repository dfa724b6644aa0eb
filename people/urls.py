"""The ground floor's pages. Paths stand at the root; docs/ARCHITECTURE.md has the plan."""

from django.urls import path

from .views import (
    accounts,
    cards,
    drafts,
    help,
    me,
    messages,
    options,
    persons,
    removed,
    residents,
    text_size,
)

app_name = "people"

urlpatterns = [
    path("card/<str:code>/", cards.card_scan, name="card"),
    path("cards/", cards.card_list, name="card-list"),
    path("cards/<int:pk>/revoke/", cards.card_revoke, name="card-revoke"),
    path("drafts/<slug:key>/", drafts.draft_save, name="draft"),
    path("feedback/", messages.feedback_list, name="feedback-list"),
    path("feedback/<int:pk>/", messages.feedback_detail, name="feedback-detail"),
    path("help/", help.help_page, name="help"),
    path("me/", me.me, name="me"),
    path("me/desk/", me.desk_switch, name="desk"),
    path("me/password/", me.password, name="password"),
    path("me/salutation/", me.salutation, name="salutation"),
    path("me/weak-points/", me.weak_points, name="weak-points"),
    path("notices/", messages.notice_list, name="notice-list"),
    path("options/", options.options, name="options"),
    path("options/places/", options.neighbourhood_list, name="neighbourhood-list"),
    path("options/places/new/", options.neighbourhood_new, name="neighbourhood-new"),
    path("options/places/<int:pk>/", options.neighbourhood_edit, name="neighbourhood-edit"),
    path("people/", persons.person_list, name="person-list"),
    path("people/new/", persons.person_new, name="person-new"),
    path("people/<int:pk>/", persons.person_detail, name="person-detail"),
    path("people/<int:pk>/edit/", persons.person_edit, name="person-edit"),
    path("people/<int:pk>/password/", accounts.password_reset, name="person-password"),
    path("people/<int:pk>/roles/new/", accounts.role_new, name="role-new"),
    path("people/<int:pk>/sign-in/", accounts.sign_in_switch, name="sign-in-switch"),
    path("removed/", removed.removed_list, name="removed-list"),
    path("removed/<str:kind>/<int:pk>/restore/", removed.removed_restore, name="removed-restore"),
    path("residents/<int:pk>/", residents.resident_reveal, name="resident-reveal"),
    path("residents/asked/", residents.request_list, name="resident-request-list"),
    path("residents/asked/new/", residents.request_new, name="resident-request-new"),
    path("residents/asked/<int:pk>/", residents.request_detail, name="resident-request"),
    path("residents/read/", residents.reveal_list, name="reveal-list"),
    path("residents/read/<int:pk>/", residents.reveal_shown, name="reveal-shown"),
    path("roles/<int:pk>/end/", accounts.role_end, name="role-end"),
    path("text-size/", text_size.text_size, name="text-size"),
    path("welcome/", text_size.welcome, name="welcome"),
]
