"""日历, and the address under which a calendar program reads it."""

from django.urls import path

from .views import calendar

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/feed/<str:token>.ics", calendar.calendar_file, name="calendar-file"),
    path("me/calendar/", calendar.calendar_feed, name="calendar-feed"),
    path("me/calendar/stop/", calendar.calendar_revoke, name="calendar-revoke"),
]
