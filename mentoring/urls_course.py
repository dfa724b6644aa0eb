"""带教计划: 应知必会, 缺啥补啥, 四训的名单."""

from django.urls import path

from .views import course, trainings

urlpatterns = [
    path("plan/", course.course_plan, name="course-plan"),
    path("plan/me/", course.course_mine, name="course-mine"),
    path("plan/of/<int:pk>/", course.course_of, name="course-of"),
    path("plan/topics/", course.topic_list, name="topic-list"),
    path("plan/topics/new/", course.topic_new, name="topic-new"),
    path("plan/topics/<slug:key>/edit/", course.topic_edit, name="topic-edit"),
    path("plan/lists/", trainings.training_list, name="training-list"),
    path("plan/lists/new/", trainings.training_new, name="training-list-new"),
    path(
        "plan/lists/new/<int:cohort>/<slug:kind>/<str:keys>/",
        trainings.training_invite,
        name="training-list-invite",
    ),
    path("plan/lists/<int:pk>/", trainings.training_detail, name="training-list-detail"),
    path("plan/lists/<int:pk>/plan/", trainings.training_plan, name="training-list-plan"),
    path("plan/lists/<int:pk>/drop/", trainings.training_drop, name="training-list-drop"),
    path("sessions/<int:pk>/topics/", course.session_topics, name="session-topics"),
]
