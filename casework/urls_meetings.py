"""会诊会 and its papers."""

from django.urls import path

from .views import meeting_host, meetings

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting-list"),
    path("meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/seats/", meetings.meeting_seats, name="meeting-seats"),
    path("meetings/<int:pk>/end/", meetings.meeting_end, name="meeting-end"),
    path("meetings/<int:pk>/go-on/", meetings.meeting_go_on, name="meeting-go-on"),
    path("meetings/<int:pk>/minutes/", meeting_host.meeting_minutes, name="meeting-minutes"),
    path("meetings/<int:pk>/minutes/word/", meeting_host.minutes_word, name="minutes-word"),
    path("meetings/items/<int:pk>/", meeting_host.host, name="meeting-host"),
    path("meetings/items/<int:pk>/save/", meeting_host.host_save, name="meeting-save"),
    path("meetings/items/<int:pk>/idea/", meeting_host.host_idea, name="meeting-idea"),
    path("meetings/items/<int:pk>/screen/", meeting_host.screen, name="meeting-screen"),
    path("meetings/items/<int:pk>/earlier/", meetings.item_earlier, name="meeting-earlier"),
]
