"""工作例会 and 三项会议."""

from django.urls import path

from .views import meetings

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting-list"),
    path("meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/minutes/", meetings.meeting_minutes, name="meeting-minutes"),
    path("meetings/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting-cancel"),
    path("meetings/<int:pk>/remove/", meetings.meeting_remove, name="meeting-remove"),
    path("meetings/<int:pk>/print/", meetings.meeting_print, name="meeting-print"),
    path("meetings/<int:pk>/word/", meetings.meeting_word, name="meeting-word"),
]
