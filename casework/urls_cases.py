"""Addresses of a case from its first page to 受理 and its side exits."""

from django.urls import path

from .views import (
    attachments,
    case_list,
    case_merge,
    case_moves,
    case_scene,
    case_write,
    cases,
    district,
    triage,
)

urlpatterns = [
    path("cases/", case_list.case_list, name="case-list"),
    path("cases/new/", case_write.case_new, name="case-new"),
    path("cases/<int:pk>/", cases.case_detail, name="case-detail"),
    path("cases/<int:pk>/history/", cases.case_history, name="case-history"),
    path("cases/<int:pk>/write/<int:page>/", case_write.case_write, name="case-write"),
    path("cases/<int:pk>/write/check/", case_write.case_check, name="case-check"),
    path("cases/<int:pk>/remove/", case_moves.case_remove, name="case-remove"),
    path("cases/<int:pk>/restore/", case_moves.case_restore, name="case-restore"),
    path("cases/<int:pk>/scene/", case_scene.case_scene, name="case-scene"),
    path("cases/<int:pk>/triage/", triage.case_triage, name="case-triage"),
    path("cases/<int:pk>/merge/", case_merge.case_merge, name="case-merge"),
    path("district-requests/<int:pk>/", district.district_request, name="district-request"),
    *(
        path(f"cases/<int:pk>/{move}/", case_moves.case_move, {"move": move}, name=f"case-{move}")
        for move in case_moves.MOVES
    ),
    path("cases/files/<int:pk>/", attachments.case_file, name="case-file"),
    path("cases/files/<int:pk>/thumb/", attachments.case_thumb, name="case-thumb"),
]
