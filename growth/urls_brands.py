"""品牌项目."""

from django.urls import path

from .views import brands, contests

urlpatterns = [
    path("brands/", brands.brand_list, name="brand-list"),
    path("brands/new/", brands.brand_new, name="brand-new"),
    path("brands/<int:pk>/", brands.brand_detail, name="brand-detail"),
    path("brands/<int:pk>/edit/", brands.brand_edit, name="brand-edit"),
    path("brands/<int:pk>/approve/", brands.brand_approve, name="brand-approve"),
    path("brands/<int:pk>/note/", brands.brand_note, name="brand-note"),
    path("brands/<int:pk>/midterm/", brands.brand_midterm, name="brand-midterm"),
    path("brands/<int:pk>/debrief/", brands.brand_debrief, name="brand-debrief"),
    path("brands/<int:pk>/close/", brands.brand_close, name="brand-close"),
    path("brands/<int:pk>/spread/", brands.brand_spread, name="brand-spread"),
    path("brands/<int:pk>/card/", brands.brand_card, name="brand-card"),
    path("brands/milestones/<int:pk>/done/", brands.milestone_done, name="brand-milestone-done"),
    path("brands/photos/<int:pk>/<slug:size>/", brands.brand_photo, name="brand-photo"),
    path("contests/new/", contests.contest_new, name="contest-new"),
    path("contests/<int:pk>/", contests.contest_detail, name="contest-detail"),
    path("contests/<int:pk>/close/", contests.contest_close, name="contest-close"),
    path("contests/judges/<int:pk>/absent/", contests.judge_absent, name="judge-absent"),
    path("contests/sheets/<int:pk>/", contests.contest_sheet, name="contest-sheet"),
]
