"""问师傅."""

from django.urls import path

from .views import question_method, questions

urlpatterns = [
    path("questions/", questions.question_list, name="question-list"),
    path("questions/new/", questions.question_new, name="question-new"),
    path("questions/<int:pk>/", questions.question_detail, name="question-detail"),
    path("questions/<int:pk>/edit/", questions.question_edit, name="question-edit"),
    path("questions/<int:pk>/method/", question_method.question_method, name="question-method"),
    path("questions/<int:pk>/hand/", questions.question_hand, name="question-hand"),
    path("questions/<int:pk>/remove/", questions.question_remove, name="question-remove"),
]
