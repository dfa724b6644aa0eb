"""Addresses of 课题."""

from django.urls import path

from .views import topics

urlpatterns = [
    path("topics/", topics.topic_list, name="topic-list"),
    path("topics/new/", topics.topic_new, name="topic-new"),
    path("topics/<int:pk>/", topics.topic_detail, name="topic-detail"),
    path("topics/<int:pk>/edit/", topics.topic_edit, name="topic-edit"),
    path("topics/<int:pk>/notes/new/", topics.topic_note, name="topic-note"),
    path("topics/<int:pk>/close/", topics.topic_close, name="topic-close"),
]
