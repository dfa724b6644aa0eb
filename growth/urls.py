from django.urls import include, path

from .views import files, methods, next_steps, ratings, reflections

app_name = "growth"

urlpatterns = [
    path("ledger/", files.file_list, name="file-list"),
    path("ledger/me/", files.my_file, name="my-file"),
    path("ledger/me/rate/", ratings.rating_new, name="rating-new"),
    path("ledger/me/next/", next_steps.step_new, name="next-step-new"),
    path("ledger/<int:pk>/", files.file_detail, name="file-detail"),
    path("ledger/<int:pk>/remind/", next_steps.remind, name="remind"),
    path("next-steps/<int:pk>/close/", next_steps.step_close, name="next-step-close"),
    path("next-steps/<int:pk>/reopen/", next_steps.step_reopen, name="next-step-reopen"),
    path("reflections/", reflections.reflection_list, name="reflection-list"),
    path("reflections/new/", reflections.reflection_new, name="reflection-new"),
    path("reflections/<int:pk>/", reflections.reflection_detail, name="reflection-detail"),
    path("reflections/<int:pk>/edit/", reflections.reflection_edit, name="reflection-edit"),
    path("reflections/<int:pk>/remove/", reflections.reflection_remove, name="reflection-remove"),
    path("assess/", include("growth.urls_assess")),
    path("library/methods/", methods.method_list, name="method-list"),
    path("library/methods/new/", methods.method_new, name="method-new"),
    path("library/methods/<int:pk>/", methods.method_detail, name="method-detail"),
    path("library/methods/<int:pk>/edit/", methods.method_edit, name="method-edit"),
]
