"""Pages of the cure: 会诊, 药方, 复诊, 疗效评价."""

from django.urls import path

from .views import consultation, followup, guest, outcome, prescription

urlpatterns = [
    path("cases/<int:pk>/consult/", consultation.case_consult, name="case-consult"),
    path("cases/<int:pk>/consult/told/", consultation.opinion_told, name="opinion-told"),
    path("cases/<int:pk>/similar/", consultation.case_similar, name="case-similar"),
    path("cases/<int:pk>/consult/ask/", consultation.case_ask, name="case-ask"),
    path("cases/<int:pk>/guests/", guest.case_guests, name="case-guests"),
    path("cases/guests/<int:pk>/link/", guest.guest_link, name="guest-link"),
    path("guests/<int:pk>/", guest.guest_case, name="guest-case"),
    path("guests/<int:pk>/draft/", guest.guest_draft, name="guest-draft"),
    path("guests/<int:pk>/ask/", guest.guest_ask, name="guest-ask"),
    path("opinions/<int:pk>/edit/", consultation.opinion_edit, name="opinion-edit"),
    path("clarifications/<int:pk>/", consultation.clarification_answer, name="clarification-answer"),
    path("cases/<int:pk>/prescribe/", prescription.case_prescribe, name="case-prescribe"),
    path("prescriptions/<int:pk>/", prescription.prescription_detail, name="prescription-detail"),
    path("prescriptions/<int:pk>/history/", prescription.prescription_history, name="prescription-history"),
    path("steps/<int:pk>/edit/", prescription.step_edit, name="step-edit"),
    path("steps/<int:pk>/later/", prescription.step_later, name="step-later"),
    path("steps/<int:pk>/followup/", followup.step_followup, name="step-followup"),
    path("steps/<int:pk>/photo/", followup.step_photo, name="step-photo"),
    path("followups/<int:pk>/", followup.followup_detail, name="followup-judge"),
    path("cases/<int:pk>/checkup/", followup.case_checkup, name="case-checkup"),
    path("cases/<int:pk>/close/", outcome.case_close, name="case-close"),
    path("cases/<int:pk>/close/finish/", outcome.case_finish, name="case-finish"),
]
