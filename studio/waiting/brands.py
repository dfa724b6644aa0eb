"""What waits around 品牌项目: to be approved, to be completed, the progress of a quarter that is over."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from growth.models import Brand, BrandNote, BrandState
from growth.models.brand import UNDER_WAY
from people.addresses import address_of

from .source import Source, Waiting

READ = {Brand: ("name", "return_note", "neighbourhood__name", "owner__name", "owner__salutation")}
# For so many days after a quarter its progress is asked for; silence is fine afterwards.
ASK_DAYS = 45


def to_approve(person):
    applied = Brand.objects.filter(studio__in=person.standing.staff, state=BrandState.APPLIED, return_note="")
    return applied.order_by("applied_at", "pk")


def to_complete(person):
    """Sent back, for whoever runs it."""
    returned = Brand.objects.filter(owner=person, state=BrandState.APPLIED).exclude(return_note="")
    return returned.order_by("pk")


def to_tell(person):
    """Running ones of this person without a word about the last quarter."""
    today = timezone.localdate()
    quarter = (today.month - 1) // 3
    since = today.replace(month=quarter * 3 + 1, day=1)
    if not quarter or (today - since).days > ASK_DAYS:
        return Brand.objects.none()
    written = BrandNote.objects.filter(brand=OuterRef("pk"), quarter=quarter)
    running = Brand.objects.filter(owner=person, year=today.year, state__in=UNDER_WAY)
    return running.filter(~Exists(written), approved_at__date__lt=since).order_by("pk")


def _tell_approve(brand):
    url = address_of("growth:brand-approve", brand.pk)
    return Waiting(f"品牌项目：{brand.name}", f"{brand.neighbourhood}申报", "定不定立项", url)


def _tell_complete(brand):
    url = address_of("growth:brand-edit", brand.pk)
    return Waiting(f"品牌项目：{brand.name}", brand.return_note, "补充后再交", url)


def _tell_note(brand):
    quarter = (timezone.localdate().month - 1) // 3
    url = f"{address_of('growth:brand-note', brand.pk)}?quarter={quarter}"
    return Waiting(f"品牌项目：{brand.name}", f"第{quarter}季度的进展还没写", "写进展", url)


SOURCES = (
    Source("brand_approve", to_approve, _tell_approve, Brand),
    Source("brand_complete", to_complete, _tell_complete, Brand),
    Source("brand_note", to_tell, _tell_note, Brand),
)
