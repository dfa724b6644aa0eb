"""培养晋级."""

from django.urls import path

from .views import advancements

urlpatterns = [
    path("advancement/", advancements.advancement_list, name="advancement-list"),
    path("advancement/for/<int:pk>/", advancements.advancement_new, name="advancement-new"),
    path("advancement/<int:pk>/", advancements.advancement_detail, name="advancement-detail"),
    path("advancement/<int:pk>/paper/", advancements.advancement_paper, name="advancement-paper"),
    path("advancement/<int:pk>/sign/", advancements.advancement_sign, name="advancement-sign"),
    path("advancement/<int:pk>/word/", advancements.advancement_word, name="advancement-word"),
    path("advancement/<int:pk>/decide/", advancements.advancement_decide, name="advancement-decide"),
    path("advancement/<int:pk>/drop/", advancements.advancement_drop, name="advancement-drop"),
]
