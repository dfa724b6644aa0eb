"""带教活动: paths as docs/ARCHITECTURE.md has them."""

from django.urls import path

from .views import (
    session_answers,
    session_contacts,
    session_edit,
    session_invitations,
    session_new,
    session_photos,
    session_plans,
    sessions,
)

urlpatterns = [
    path("sessions/", sessions.session_list, name="session-list"),
    path("sessions/new/", session_new.session_new, name="session-new"),
    path("pairings/<int:pk>/contact/", session_contacts.contact_new, name="contact-new"),
    path("sessions/plan/", session_plans.session_plan, name="session-plan"),
    path("sessions/photos/", session_photos.photo_upload, name="photo-upload"),
    path("sessions/photos/<int:pk>/", session_photos.photo, name="photo"),
    path("sessions/photos/<int:pk>/thumb/", session_photos.photo_thumb, name="photo-thumb"),
    path("sessions/photos/<int:pk>/remove/", session_photos.photo_remove, name="photo-remove"),
    path("sessions/<int:pk>/", sessions.session_detail, name="session-detail"),
    path("sessions/<int:pk>/done/", sessions.session_done, name="session-done"),
    path("sessions/<int:pk>/edit/", session_edit.session_edit, name="session-edit"),
    path("sessions/<int:pk>/coming/", session_invitations.session_coming, name="session-coming"),
    path("sessions/<int:pk>/came/", session_invitations.session_came, name="session-came"),
    path("sessions/<int:pk>/confirm/", session_edit.session_confirm, name="session-confirm"),
    path("sessions/<int:pk>/photos/", session_photos.session_photos_page, name="session-photos"),
    path("sessions/<int:pk>/answers/", session_answers.session_answers_page, name="session-answers"),
    path("sessions/<int:pk>/remove/", session_edit.session_remove, name="session-remove"),
    path("sessions/<int:pk>/cancel/", session_plans.session_cancel, name="session-cancel"),
    path("sessions/<int:pk>/history/", sessions.session_history, name="session-history"),
]
