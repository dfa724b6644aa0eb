"""情景党课."""

from django.urls import path

from .views import performances, scenes

urlpatterns = [
    path("scenes/", scenes.scene_list, name="scene-list"),
    path("scenes/new/", scenes.scene_new, name="scene-new"),
    path("scenes/<int:pk>/", scenes.scene_detail, name="scene-detail"),
    path("scenes/<int:pk>/edit/", scenes.scene_edit, name="scene-edit"),
    path("scenes/<int:pk>/ready/", scenes.scene_ready, name="scene-ready"),
    path("scenes/<int:pk>/print/", scenes.scene_print, name="scene-print"),
    path("scenes/<int:pk>/perform/", performances.scene_perform, name="scene-perform"),
    path("performances/<int:pk>/", performances.performance_detail, name="performance-detail"),
    path("performances/<int:pk>/edit/", performances.performance_edit, name="performance-edit"),
    path("performances/<int:pk>/hold/", performances.performance_hold, name="performance-hold"),
    path("performances/<int:pk>/seen/", performances.performance_seen, name="performance-seen"),
    path("performances/<int:pk>/takes/", performances.performance_takes, name="performance-takes"),
]
