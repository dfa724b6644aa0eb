"""Addresses of 案例库 and of 入库."""

from django.urls import path

from .views import library

urlpatterns = [
    path("cases/<int:pk>/publish/", library.case_publish, name="case-publish"),
    path("library/cases/", library.library_list, name="library-list"),
    path("library/cases/<int:pk>/", library.library_detail, name="library-detail"),
    path("library/cases/<int:pk>/read/", library.library_read, name="library-read"),
    path("library/cases/<int:pk>/withdraw/", library.library_withdraw, name="library-withdraw"),
]
