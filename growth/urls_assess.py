"""考核评估: /assess/…"""

from django.urls import path

from .views import appeals, moderation, results, rounds, sheets

urlpatterns = [
    path("", rounds.round_list, name="round-list"),
    path("new/", rounds.round_new, name="round-new"),
    path("mine/", results.my_results, name="my-results"),
    path("<int:pk>/", rounds.round_detail, name="round-detail"),
    path("<int:pk>/edit/", rounds.round_edit, name="round-edit"),
    path("<int:pk>/indicators/", rounds.indicators, name="round-indicators"),
    path("<int:pk>/people/", rounds.people, name="round-people"),
    path("<int:pk>/scorers/", rounds.scorers, name="round-scorers"),
    path("<int:pk>/open/", rounds.round_open, name="round-open"),
    path("<int:pk>/withdraw/", rounds.round_withdraw, name="round-withdraw"),
    path("<int:pk>/matrix/", moderation.matrix, name="round-matrix"),
    path("<int:pk>/close/", moderation.round_close, name="round-close"),
    path("<int:pk>/prolong/", moderation.round_prolong, name="round-prolong"),
    path("<int:pk>/moderate/", moderation.moderate, name="round-moderate"),
    path("<int:pk>/publicise/", results.round_publicise, name="round-publicise"),
    path("<int:pk>/publish/", results.round_publish, name="round-publish"),
    path("<int:pk>/mine/", sheets.my_sheets, name="my-sheets"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/reassign/", moderation.sheet_reassign, name="sheet-reassign"),
    path("people/<int:pk>/", moderation.person, name="assessed-moderate"),
    path("people/<int:pk>/mentor/", rounds.person_mentor, name="assessed-mentor"),
    path("people/<int:pk>/remove/", rounds.person_remove, name="assessed-remove"),
    path("people/<int:pk>/ballots/", moderation.ballots, name="assessed-ballots"),
    path("people/<int:pk>/words/", moderation.words, name="assessed-words"),
    path("people/<int:pk>/drop/", moderation.drop, name="assessed-drop"),
    path("people/<int:pk>/adjust/<int:indicator>/", moderation.adjust, name="assessed-adjust"),
    path("results/<int:pk>/", results.result_detail, name="result-detail"),
    path("results/<int:pk>/appeal/", appeals.appeal_new, name="appeal-new"),
    path("results/<int:pk>/correct/", results.correct, name="result-correct"),
    path("appeals/<int:pk>/", appeals.appeal_answer, name="appeal-answer"),
]
