"""情景党课: a scene of community work written together, cast, played, and talked over afterwards.

A scene may begin from a closed case (the casework floor starts it, masked); this floor knows the case by its
number only.
"""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.competencies import Topic
from people.models import Versioned, in_pairs
from people.sight import kept

SCRIPT_MOST = 8000
# Whoever speaks without a name before the colon is the narrator.
NARRATOR = "旁白"


class SceneQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """One that is finished: the studio. One in writing: its writers, the mentors and the staff."""
        standing = person.standing
        writes = Scene.writers.through.objects.filter(scene=models.OuterRef("pk"), person=person)
        return self.filter(
            models.Q(state="ready", studio__in=standing.member_studios)
            | models.Q(studio__in=standing.staff)
            | models.Q(studio__in=standing.mentor)
            | models.Q(by=person)
            | models.Exists(writes)
        )

    def ready(self):
        return self.filter(state=Scene.State.READY)


@pghistory.track()
class Scene(Versioned):
    class State(models.TextChoices):
        DRAFT = "draft", "在写"
        READY = "ready", "可以演了"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    title = models.CharField("叫什么名字", max_length=40)
    setting = models.TextField("什么时候、在哪里、为了什么事", max_length=1500)
    conflict = models.TextField("矛盾在哪里", max_length=1000, blank=True)
    script = models.TextField("台词和转折", max_length=SCRIPT_MOST, blank=True)
    questions = models.TextField("演完一起谈什么", max_length=1000, blank=True)
    topics = ArrayField(
        models.CharField(max_length=15, choices=Topic), verbose_name="哪方面", default=list, blank=True
    )
    origin = models.CharField("从哪里来", max_length=60, blank=True)
    case_id = models.BigIntegerField(null=True, blank=True, help_text="the closed case it began from")
    state = models.CharField("状态", max_length=8, choices=State, default=State.DRAFT)
    writers = models.ManyToManyField("people.Person", related_name="+", blank=True, verbose_name="谁一起写")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁起的头")
    at = models.DateTimeField(default=timezone.now)

    objects = SceneQuerySet.as_manager()

    class Meta:
        verbose_name = "情景党课"
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("studio", "-at", "-id"), name="scenes_of_a_studio"),
            models.Index(
                fields=("studio", "case_id"),
                condition=models.Q(case_id__isnull=False),
                name="scenes_of_a_case",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(script="") & ~models.Q(conflict=""),
                name="scene_ready_is_written",
            ),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("mentoring:scene-detail", self.pk)

    @property
    def turns(self):
        """[(who, what)] of the script, a line each; `who` is empty for stage directions."""
        return [_turn(line) for line in self.script.splitlines() if line.strip()]

    def asked(self):
        """The questions for the talk afterwards, one a line."""
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    def writable_by(self, person):
        """Its writers, the mentors and the staff; `writers` are asked for once."""
        standing = person.standing
        if person.pk == self.by_id or self.studio_id in (standing.staff | standing.mentor):
            return True
        return self.writers.filter(pk=person.pk).exists()

    def missing(self):
        """What has to be written before it can be played, as a sentence, or ""."""
        if not self.conflict.strip():
            return "请写一写矛盾在哪里"
        if not self.script.strip():
            return "请写几句台词和转折"
        if not self.roles.exists():
            return "请写至少一个角色"
        return ""


def _turn(line):
    """A speaker is at most ten characters before the first colon."""
    who, colon, what = line.strip().replace(":", "：", 1).partition("：")
    return (who, what.strip()) if colon and len(who) <= 10 else ("", line.strip())


@pghistory.track()
class SceneRole(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    scene = models.ForeignKey(Scene, models.CASCADE, related_name="roles")
    order = models.PositiveSmallIntegerField("第几个")
    name = models.CharField("角色", max_length=20)
    about = models.CharField("什么样的人", max_length=100, blank=True)

    class Meta:
        verbose_name = "角色"
        ordering = ("scene", "order")
        constraints = (
            models.UniqueConstraint(fields=("studio", "scene", "order"), name="role_once_per_scene"),
        )

    def __str__(self):
        return self.name


class PerformanceQuerySet(models.QuerySet):
    def visible_to(self, person):
        scenes = Scene.objects.visible_to(person).filter(pk=models.OuterRef("scene"))
        return self.filter(models.Exists(scenes))


@source
@pghistory.track()
class Performance(Versioned):
    class State(models.TextChoices):
        PLANNED = "planned", "已安排"
        HELD = "held", "演过了"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    scene = models.ForeignKey(Scene, models.PROTECT, related_name="performances", verbose_name="情景党课")
    on = models.DateField("哪一天")
    place = models.CharField("在哪里", max_length=60, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.PLANNED)
    seen = models.TextField("大家看到了什么", max_length=1500, blank=True)
    sessions = models.ManyToManyField("mentoring.Session", related_name="+", editable=False)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁安排的")
    at = models.DateTimeField(default=timezone.now)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = PerformanceQuerySet.as_manager()

    class Meta:
        verbose_name = "一次演出"
        ordering = ("-on", "-pk")
        indexes = (models.Index(fields=("studio", "-on", "-id"), name="performances_of_a_studio"),)
        constraints = (
            in_pairs("held_at", "held_by", name="performance_held_by_someone"),
            models.CheckConstraint(
                condition=models.Q(state="held", held_at__isnull=False)
                | models.Q(state="planned", held_at__isnull=True, seen=""),
                name="performance_held_when_held",
            ),
        )

    def __str__(self):
        return f"{self.on.month}月{self.on.day}日演“{self.scene}”"

    def get_absolute_url(self):
        return address_of("mentoring:performance-detail", self.pk)

    def arranged_by(self, person):
        return self.by_id == person.pk or self.studio_id in person.standing.staff

    def ledger_lines(self):
        """For those whom no session of it speaks of: mentors who played a part, players without a pair."""
        if self.state != self.State.HELD:
            return []
        told = set(self.sessions.values_list("mentor", flat=True)) | set(
            self.sessions.values_list("attendance__apprentice", flat=True)
        )
        link = self.get_absolute_url()
        return [
            Line(
                person, Kind.SCENE, self.on,
                f"演情景党课“{self.scene.title}”{f'，演{role}' if role else '，看了一起谈'}",
                self.held_by_id, link=link,
            )
            for person, role in self.cast.values_list("person", "role__name")
            if person not in told
        ]  # fmt: skip


@pghistory.track()
class CastMember(models.Model):
    """Who plays which part, or with none looks on; and what each takes along."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    performance = models.ForeignKey(Performance, models.CASCADE, related_name="cast")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁")
    role = models.ForeignKey(
        SceneRole, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="演谁"
    )
    takes = models.CharField("我带走的一句", max_length=200, blank=True)
    takes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "参加的人"
        ordering = ("role__order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "performance", "person"), name="in_the_cast_once"),
            models.UniqueConstraint(
                fields=("studio", "performance", "role"),
                condition=models.Q(role__isnull=False),
                name="a_part_is_played_by_one",
            ),
            models.CheckConstraint(
                condition=models.Q(takes="", takes_at__isnull=True)
                | models.Q(takes_at__isnull=False) & ~models.Q(takes=""),
                name="takes_along_words",
            ),
        )
        indexes = (models.Index(fields=("person", "performance"), name="performances_of_a_person"),)

    def __str__(self):
        return f"{self.person_id} {self.role_id}"
