"""The five competencies (本领, 应知必会) that every studio teaches. Their order is fixed everywhere."""

from django.db import models


class Competency(models.TextChoices):
    PARTY = "party", "党建业务知识"
    GOVERNANCE = "governance", "社区治理经验"
    TEAM = "team", "干部队伍建设"
    COMMUNICATION = "communication", "沟通协调技巧"
    EMERGENCY = "emergency", "应急情况处置"


class Topic(models.TextChoices):
    """What a teaching session was about: the five competencies in their short form, or something else."""

    PARTY = "party", "党建业务"
    GOVERNANCE = "governance", "社区治理"
    TEAM = "team", "队伍建设"
    COMMUNICATION = "communication", "沟通协调"
    EMERGENCY = "emergency", "应急处置"
    OTHER = "other", "其他"
