"""工作例会 and 三项会议."""

from django.urls import path

from .views import meeting_answers, meetings

urlpatterns = [
    path("assemblies/", meetings.meeting_list, name="meeting-list"),
    path("assemblies/new/", meetings.meeting_new, name="meeting-new"),
    path("assemblies/<int:pk>/", meetings.meeting_detail, name="meeting-detail"),
    path("assemblies/<int:pk>/edit/", meetings.meeting_edit, name="meeting-edit"),
    path("assemblies/<int:pk>/minutes/", meetings.meeting_minutes, name="meeting-minutes"),
    path("assemblies/<int:pk>/coming/", meeting_answers.meeting_coming, name="meeting-coming"),
    path("assemblies/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting-cancel"),
    path("assemblies/<int:pk>/remove/", meetings.meeting_remove, name="meeting-remove"),
    path("assemblies/<int:pk>/print/", meetings.meeting_print, name="meeting-print"),
    path("assemblies/<int:pk>/word/", meetings.meeting_word, name="meeting-word"),
]
