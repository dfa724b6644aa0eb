"""拜师帖 and 聘书."""

from django.urls import path

from .views import appointments, pledges

urlpatterns = [
    path("pairings/<int:pk>/pledge/", pledges.pledge_detail, name="pledge-detail"),
    path("pairings/<int:pk>/pledge/write/", pledges.pledge_write, name="pledge-write"),
    path("pairings/<int:pk>/pledge/words/", pledges.pledge_words, name="pledge-words"),
    path("pairings/<int:pk>/pledge/settle/", pledges.pledge_settle, name="pledge-settle"),
    path("pairings/<int:pk>/pledge/waive/", pledges.pledge_waive, name="pledge-waive"),
    path("pairings/<int:pk>/pledge/print/", pledges.pledge_print, name="pledge-print"),
    path("appointments/", appointments.appointment_list, name="appointment-list"),
    path("appointments/new/", appointments.appointment_new, name="appointment-new"),
    path("appointments/<int:pk>/", appointments.appointment_detail, name="appointment-detail"),
    path("appointments/<int:pk>/edit/", appointments.appointment_edit, name="appointment-edit"),
    path("appointments/<int:pk>/end/", appointments.appointment_end, name="appointment-end"),
    path("appointments/<int:pk>/print/", appointments.appointment_print, name="appointment-print"),
    path("appointments/<int:pk>/word/", appointments.appointment_word, name="appointment-word"),
]
