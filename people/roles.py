"""Roles are data: stable strings in the database, labels in the users' words."""

from django.db import models


class Role(models.TextChoices):
    STAFF = "staff", "街道工作人员"
    LEAD = "lead", "领衔人"
    MENTOR = "mentor", "带教书记"
    APPRENTICE = "apprentice", "学员"
    DISTRICT = "district", "区级查看"
    CONSULTANT = "consultant", "会诊专家"


class ApprenticeKind(models.TextChoices):
    SECRETARY = "secretary", "书记"
    DEPUTY = "deputy", "副书记"
    DIRECTOR = "director", "居委会主任"
    DEPUTY_DIRECTOR = "deputy_director", "居委会副主任"
    RESERVE = "reserve", "后备干部"
    NEW_WORKER = "new_worker", "新任党务工作者"


# A lead mentor is a mentor who may also chair consultations.
MENTOR_ROLES = (Role.MENTOR, Role.LEAD)
# Whose home page a person with several roles sees first.
DESK_ORDER = (
    Role.STAFF,
    Role.LEAD,
    Role.MENTOR,
    Role.APPRENTICE,
    Role.DISTRICT,
    Role.CONSULTANT,
)
