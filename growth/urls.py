from django.urls import include, path

from . import urls_brands
from .views import aims, books, bundles, files, methods, next_steps, notebook, notes, ratings, reflections

app_name = "growth"

urlpatterns = [
    *urls_brands.urlpatterns,
    path("ledger/", files.file_list, name="file-list"),
    path("ledger/me/", files.my_file, name="my-file"),
    path("ledger/me/rate/", ratings.rating_new, name="rating-new"),
    path("ledger/me/next/", next_steps.step_new, name="next-step-new"),
    path("ledger/<int:pk>/", files.file_detail, name="file-detail"),
    path("ledger/<int:pk>/remind/", next_steps.remind, name="remind"),
    path("next-steps/<int:pk>/close/", next_steps.step_close, name="next-step-close"),
    path("next-steps/<int:pk>/reopen/", next_steps.step_reopen, name="next-step-reopen"),
    path("ledger/me/aims/", aims.my_aims, name="my-aims"),
    path("ledger/<int:pk>/print/", books.file_print, name="file-print"),
    path("ledger/<int:pk>/word/", books.file_word, name="file-word"),
    path("bundles/<int:pk>/", bundles.bundle_detail, name="bundle-detail"),
    path("bundles/<int:pk>/file/", bundles.bundle_file, name="bundle-file"),
    path("ledger/<int:pk>/aims/", aims.aim_list, name="aims"),
    path("aims/new/", aims.aim_new, name="aim-new"),
    path("aims/<int:pk>/", aims.aim_detail, name="aim-detail"),
    path("weaknesses/new/", aims.weakness_new, name="weakness-new"),
    path("weaknesses/<int:pk>/edit/", aims.weakness_edit, name="weakness-edit"),
    path("weaknesses/<int:pk>/remove/", aims.weakness_remove, name="weakness-remove"),
    path("notes/", notes.note_list, name="note-list"),
    path("notes/new/", notes.note_new, name="note-new"),
    path("notes/<int:pk>/", notes.note_detail, name="note-detail"),
    path("notes/<int:pk>/edit/", notes.note_edit, name="note-edit"),
    path("notes/<int:pk>/remove/", notes.note_remove, name="note-remove"),
    path("notebook/", notebook.notebook_list, name="notebook-list"),
    path("notebook/new/", notebook.notebook_new, name="notebook-new"),
    path("notebook/<int:pk>/", notebook.notebook_detail, name="notebook-detail"),
    path("notebook/<int:pk>/remove/", notebook.notebook_remove, name="notebook-remove"),
    path("notebook/photos/<int:pk>/<str:size>/", notebook.notebook_photo, name="notebook-photo"),
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
