"""考核评估: a round, what it looks at (versioned indicators), how much each side counts, and its states."""

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.addresses import address_of
from people.competencies import Competency
from people.models import Versioned, in_pairs
from people.stale import Refused

from ..freeze import published_stands
from .score import Assessed, Sheet, Side

UNCHANGING = pgtrigger.Protect(name="stands_as_written", operation=pgtrigger.Update | pgtrigger.Delete)


class IndicatorSetQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(studio__in=person.standing.staff)


@pgtrigger.register(UNCHANGING)
class IndicatorSet(models.Model):
    """One version of a studio's indicators. A change makes a new one; what a round used stays."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("第几版")
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = IndicatorSetQuerySet.as_manager()

    class Meta:
        verbose_name = "指标"
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "number"), name="indicator_version_once_per_studio"),
        )

    def __str__(self):
        return f"第{self.number}版"


@pgtrigger.register(UNCHANGING)
class Indicator(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    set = models.ForeignKey(IndicatorSet, models.PROTECT, related_name="indicators")
    order = models.PositiveSmallIntegerField("第几项")
    name = models.CharField("指标", max_length=20)
    competency = models.CharField("属于哪项本领", max_length=15, choices=Competency, blank=True)
    words_1 = models.CharField("1分是什么样", max_length=60)
    words_3 = models.CharField("3分是什么样", max_length=60)
    words_5 = models.CharField("5分是什么样", max_length=60)

    class Meta:
        verbose_name = "指标"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "set", "order"), name="indicator_order_once_per_set"),
            models.UniqueConstraint(fields=("studio", "set", "name"), name="indicator_name_once_per_set"),
        )

    def __str__(self):
        return self.name

    @property
    def anchors(self):
        """[(mark, words)] of the three marks that are told."""
        return [(1, self.words_1), (3, self.words_3), (5, self.words_5)]


class RoundQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Staff always; scorers and those assessed once it is open; the district what is published."""
        standing = person.standing
        scores = Sheet.objects.filter(round=models.OuterRef("pk"), scorer=person)
        stands = Assessed.objects.filter(round=models.OuterRef("pk"), person=person, dropped_at__isnull=True)
        return self.filter(
            Q(studio__in=standing.staff)
            | ~Q(state=Round.State.PREPARING) & (models.Exists(scores) | models.Exists(stands))
            | Q(state=Round.State.PUBLISHED, studio__in=standing.district)
        )


def weight(label, default):
    return models.PositiveSmallIntegerField(label, default=default, validators=(MaxValueValidator(100),))


def bound(label, default):
    limits = MinValueValidator(1), MaxValueValidator(5)
    return models.DecimalField(label, max_digits=3, decimal_places=2, default=default, validators=limits)


@pgtrigger.register(published_stands())
@pghistory.track()
class Round(Versioned):
    class State(models.TextChoices):
        PREPARING = "preparing", "准备中"
        SCORING = "scoring", "打分中"
        MODERATING = "moderating", "汇总中"
        PUBLICISED = "publicised", "公示"
        PUBLISHED = "published", "已公布"

    # One table of moves; `move_to` is the one door.
    MOVES = {
        State.PREPARING: (State.SCORING,),
        State.SCORING: (State.PREPARING, State.MODERATING),
        State.MODERATING: (State.SCORING, State.PUBLICISED, State.PUBLISHED),
        State.PUBLICISED: (State.PUBLISHED,),
        State.PUBLISHED: (),
    }

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="rounds")
    name = models.CharField("名称", max_length=30)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PREPARING)
    since = models.DateField("从哪天")
    until = models.DateField("到哪天")
    score_by = models.DateField("几号前打完")
    indicators = models.ForeignKey(IndicatorSet, models.PROTECT, related_name="+", verbose_name="指标")
    self_weight = weight("自评", 10)
    mentor_weight = weight("师傅", 40)
    street_weight = weight("街道", 40)
    mass_weight = weight("群众测评", 10)
    excellent_from = bound("优秀从几分起", "4.50")
    good_from = bound("良好从几分起", "3.50")
    pass_from = bound("合格从几分起", "2.50")
    publicised = models.BooleanField("公布前先公示", default=True)
    appeal_days = models.PositiveSmallIntegerField(
        "公示几天", default=5, validators=(MinValueValidator(1), MaxValueValidator(30))
    )
    street_split = models.BooleanField("街道几个人分着打", default=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    appeal_until = models.DateField("公示到哪天", null=True, blank=True)
    published_at = models.DateTimeField("公布的时间", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "考核评估"
        ordering = ("-until", "-pk")
        indexes = (models.Index(fields=("studio", "-until", "-id"), name="rounds_of_a_studio"),)
        constraints = (
            models.UniqueConstraint(fields=("studio", "name"), name="round_name_once_per_studio"),
            models.CheckConstraint(
                condition=Q(
                    self_weight=100 - F("mentor_weight") - F("street_weight") - F("mass_weight"),
                ),
                name="round_weights_sum_to_hundred",
            ),
            models.CheckConstraint(condition=Q(mass_weight__lt=100), name="round_not_by_the_masses_alone"),
            models.CheckConstraint(
                condition=Q(pass_from__gte=1)
                & Q(good_from__gt=F("pass_from"))
                & Q(excellent_from__gt=F("good_from"))
                & Q(excellent_from__lte=5),
                name="round_bounds_in_order",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="round_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state="preparing") | Q(opened_at__isnull=False), name="round_open_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="publicised") | Q(appeal_until__isnull=False),
                name="round_publicised_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | ~Q(state="published") & Q(published_at__isnull=True),
                name="round_published_has_moment",
            ),
            in_pairs("published_at", "published_by", name="round_published_by_somebody"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("growth:round-detail", self.pk)

    @property
    def weights(self):
        """{side or "mass": weight}, in the fixed order."""
        return {
            Side.SELF.value: self.self_weight,
            Side.MENTOR.value: self.mentor_weight,
            Side.STREET.value: self.street_weight,
            "mass": self.mass_weight,
        }

    @property
    def sides(self):
        """The sides that score on sheets in this round."""
        return [side for side in Side if self.weights[side.value]]

    @property
    def bounds(self):
        return {
            "excellent": str(self.excellent_from), "good": str(self.good_from), "pass": str(self.pass_from),
        }  # fmt: skip

    @property
    def results_shown(self):
        """Whether those assessed and their mentors see results."""
        return self.state in SHOWN

    @property
    def appeals_open(self):
        return self.state == self.State.PUBLICISED and timezone.localdate() <= self.appeal_until

    def move_to(self, state, **fields):
        """Go on to `state`, writing `fields` with it. Raises Refused, also when somebody was faster."""
        if state not in self.MOVES[self.State(self.state)]:
            raise Refused(f"“{self.name}”现在是“{self.get_state_display()}”，不能这样改")
        written = {"state": state, **fields}
        won = Round.objects.filter(pk=self.pk, version=self.version, state=self.state).update(
            **written, version=F("version") + 1
        )
        if not won:
            raise Refused(f"刚刚有人也在办“{self.name}”，这一次没有写进去。请回去看看")
        for name, value in written.items():
            setattr(self, name, value)
        self.version += 1


# When those assessed and their mentors see results; when staff may read the marks of others.
SHOWN = (Round.State.PUBLICISED, Round.State.PUBLISHED)
AFTER_SCORING = (Round.State.MODERATING, *SHOWN)


class StreetScorer(models.Model):
    """Who of the staff scores for the street in a round."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="street_scorers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "街道打分人"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "round", "person"), name="street_scorer_once_a_round"),
        )

    def __str__(self):
        return str(self.person)
