"""品牌项目: the board of the street, one project through its year, the card for the wall."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.history import history_of
from people.kept import KeptQuery
from people.models import Neighbourhood, Studio
from people.once import once, sent_before
from people.uploads import serve_private
from people.views.base import id_of, show_form

from ..actions import brands as acts
from ..forms import brands as forms
from ..forms.small import MethodForm
from ..models import Brand, BrandMilestone, BrandNote, BrandPhoto, BrandResult, BrandState, Contest
from ..models.brand import QUARTERS

WHO_SEES = "品牌项目只有本工作室的人能看"
WHO_RUNS = "这一步由负责人或者街道工作人员来做"
STAFF_ONLY = "这一步由街道工作人员来做"
# What the board says of a project, and of its quarters.
TOLD = (
    *("name", "state", "return_note", "studio", "neighbourhood"),
    *("owner__name", "owner__salutation", "guide__name", "guide__salutation"),
)
PACES = dict(BrandNote.Pace.choices)
WORKING = ("staff", "mentor", "apprentice")
SOONEST, LATEST = 2010, 2100


def _studio(request):
    standing = request.standing
    studio = next(filter(None, map(standing.studio_as, WORKING)), None)
    require(studio, WHO_SEES)
    return studio


def from_above(request, studio_id):
    """Whether this person looks at a street's projects for the district: no names of persons then."""
    standing = request.standing
    return studio_id in standing.district and studio_id not in standing.member_studios


def _year(request):
    """(the year that is shown, links to the years around this one)."""
    this_year, asked = timezone.localdate().year, id_of(request.GET.get("year"))
    year = asked if asked and SOONEST <= asked <= LATEST else this_year
    years = (this_year - 1, this_year, this_year + 1)
    return year, [{"label": f"{one}年", "url": f"?year={one}", "current": one == year} for one in years]


def _ask_board(viewer, studio, year: int):
    brands = Brand.objects.visible_to(viewer).filter(studio=studio, year=year)
    return brands.select_related("owner", "guide").only(*TOLD).order_by()


def _ask_contests(viewer, studio, year: int):
    return Contest.objects.visible_to(viewer).filter(studio=studio, year=year)


_BOARD, _CONTESTS = KeptQuery(_ask_board), KeptQuery(_ask_contests)
_NOTES = KeptQuery(
    lambda viewer, brands: (
        BrandNote.objects.filter(brand__in=[brands])
        .order_by()
        .values_list("brand", "quarter", "pace", "needs")
    )
)
_PLACES = KeptQuery(lambda viewer, street: Neighbourhood.objects.filter(street=street))


@require_safe
def brand_list(request):
    """Neighbourhood × quarter in the fixed order of the street; no order of merit."""
    if request.standing.district and not any(map(request.standing.studio_as, WORKING)):
        return _of_district(request)
    studio, (year, years) = _studio(request), _year(request)
    asked = {"studio": studio.pk, "year": year}
    found = _BOARD.all(request.user, **asked)
    by_place, quarters = {brand.neighbourhood_id: brand for brand in found}, _quarters(found)
    places = _PLACES.all(street=studio.street_id) if studio.street_id else []
    rows = [(place, by_place.get(place.pk)) for place in places]
    is_staff = studio.pk in request.standing.staff
    context = {
        "year": year,
        "years": years,
        "rows": [(place, brand, quarters[brand.pk]) for place, brand in rows if brand],
        "open_places": [place for place, brand in rows if brand is None],
        "is_staff": is_staff,
        "can_apply": bool(places if is_staff else _own_places(request, studio)),
        "contests": _CONTESTS.all(request.user, **asked),
    }
    return render(request, "growth/brand/list.html", context)


def _ask_streets(viewer, year: int):
    brands = Brand.objects.visible_to(viewer).filter(studio=OuterRef("pk"), year=year)
    rows = Studio.objects.filter(pk__in=viewer.standing.district, level=Studio.Level.STREET)
    return rows.select_related("street").annotate(has_brands=Exists(brands))


def _ask_of_street(viewer, studio, year: int):
    brands = Brand.objects.visible_to(viewer).filter(studio=studio, year=year).select_related("neighbourhood")
    return brands.only("name", "problem", "state", "neighbourhood__name").order_by("neighbourhood__code")


_STREETS, _OF_STREET = KeptQuery(_ask_streets), KeptQuery(_ask_of_street)


def _of_district(request):
    """One street's projects for the district: streets and neighbourhoods in the fixed order."""
    year, years = _year(request)
    streets = _STREETS.all(request.user, year=year)
    asked = id_of(request.GET.get("street"))
    # Nobody asked: the first street that has something to read.
    usual = next((one for one in streets if one.has_brands), streets[0] if streets else None)
    shown = next((one for one in streets if one.pk == asked), usual)
    found = _OF_STREET.all(request.user, studio=shown.pk, year=year) if shown else []
    quarters = _quarters(found)
    for one in years:
        one["url"] += f"&street={shown.pk}" if shown else ""
    context = {
        "year": year,
        "years": years,
        "streets": [
            {"label": f"{one.street}", "url": f"?year={year}&street={one.pk}", "current": one == shown}
            for one in streets
        ],
        "shown": shown,
        "rows": [(brand, quarters[brand.pk]) for brand in found],
    }
    return render(request, "growth/brand/district.html", context)


def _quarters(brands):
    """{brand: [(quarter, its pace in words, who is needed)]}; no pace where nothing was written."""
    found = {brand.pk: {} for brand in brands}
    for brand, quarter, pace, needs in _NOTES.all(brands=list(found)):
        found[brand][quarter] = PACES[pace], needs
    return {
        brand: [(quarter, *notes.get(quarter, ("", ""))) for quarter, _ in QUARTERS]
        for brand, notes in found.items()
    }


def _places(request, studio):
    """Neighbourhoods for which this person applies: staff any, others the own one."""
    if studio.pk in request.standing.staff:
        return _PLACES.all(street=studio.street_id) if studio.street_id else []
    return _own_places(request, studio)


def _own_places(request, studio):
    own = request.user.neighbourhood
    return [own] if own and own.street_id == studio.street_id else []


_BRAND = KeptQuery(
    lambda viewer, pk: (
        Brand.objects.visible_to(viewer)
        .filter(pk=pk)
        .select_related("studio", "neighbourhood", "owner", "guide", "method")
        .order_by()
    )
)
_PHOTOS = KeptQuery(lambda viewer, brand: BrandPhoto.objects.visible_to(viewer).filter(brand=brand))
_NOTES_OF_ONE = KeptQuery(lambda viewer, brand: BrandNote.objects.filter(brand=brand).select_related("by"))
_MILESTONES = KeptQuery(lambda viewer, brand: BrandMilestone.objects.filter(brand=brand))
_RESULTS = KeptQuery(lambda viewer, brand: BrandResult.objects.filter(brand=brand))


def found_brand(request, pk):
    return _BRAND.get_or_404(request.user, pk=pk)


def rights(request, brand):
    """What this person may do with the project now."""
    staff = brand.studio_id in request.standing.staff
    runs = staff or request.user.pk == brand.owner_id
    guides = staff or request.user.pk == brand.guide_id
    return {
        "is_staff": staff,
        "can_edit": runs and not brand.is_told,
        "can_approve": staff and brand.state == BrandState.APPLIED,
        "can_note": runs and brand.is_under_way,
        "can_look": guides and brand.state == BrandState.RUNNING,
        "can_debrief": runs and brand.state in (BrandState.RUNNING, BrandState.MIDTERM, BrandState.DEBRIEFED),
        "can_close": staff and brand.state == BrandState.DEBRIEFED,
        "can_spread": staff and brand.state == BrandState.CLOSED,
    }


@require_safe
def brand_detail(request, pk):
    brand = found_brand(request, pk)
    photos, named = {}, not from_above(request, brand.studio_id)
    for photo in _PHOTOS.all(request.user, brand=pk):
        urls = [reverse("growth:brand-photo", args=[photo.pk, size]) for size in ("large", "small")]
        alt = f"{photo.get_quarter_display()}的照片"
        photos.setdefault(photo.quarter, []).append({"url": urls[0], "thumb_url": urls[1], "alt": alt})
    notes = {note.quarter: note for note in _NOTES_OF_ONE.all(brand=pk)}
    context = {
        "brand": brand,
        "steps": stages(brand),
        "milestones": _MILESTONES.all(brand=pk),
        "quarters": [(label, notes.get(n), photos.get(n, ()), n) for n, label in QUARTERS],
        "results": _RESULTS.all(brand=pk),
        "named": named,
        "history": history_of(brand) if named else [],
        **rights(request, brand),
    }
    return render(request, "growth/brand/detail.html", context)


def stages(brand):
    """Steps of the stepper: label and whether past, present or to come."""
    order = list(BrandState)
    now = order.index(BrandState(brand.state))
    return [
        {"label": state.label, "state": "past" if place < now else "now" if place == now else "todo"}
        for place, state in enumerate(order)
    ]


def brand_new(request):
    studio = _studio(request)
    places = _places(request, studio)
    require(places, "先请街道把您所在的居民区填好，再来申报")
    done = sent_before(request)
    if done:
        return redirect(done)
    staff = studio.pk in request.standing.staff
    key = "brand-new"
    form = forms.BrandForm(
        request.POST or None,
        studio=studio,
        places=places,
        owners=forms.owners_of(studio) if staff else None,
        draft_url=reverse("people:draft", args=[key]),
    )
    if request.method == "POST" and form.is_valid():
        facts = {"owner": request.user, **form.facts()}

        def act():
            drafts.clear(request.user, key)
            return acts.apply(studio=studio, by=request.user, **facts)

        done = once(request, act)
        messages.success(request, "申报交了，等街道看过")
        return redirect(done)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    return show_form(request, "growth/brand/form.html", form, draft=draft, other=other)


def brand_edit(request, pk):
    brand = found_brand(request, pk)
    require(rights(request, brand)["can_edit"], WHO_RUNS)
    form = forms.BrandForm(request.POST or None, instance=brand, studio=brand.studio)
    if request.method == "POST" and form.is_valid():
        brand.version = form.cleaned_data["version"] or 0
        once(request, lambda: acts.change(brand, by=request.user, **form.facts()))
        messages.success(request, "改好了")
        return redirect(brand)
    return show_form(request, "growth/brand/form.html", form, brand=brand)


def brand_approve(request, pk):
    """One page, two ways: 同意立项, or 请补充."""
    brand = found_brand(request, pk)
    require(brand.studio_id in request.standing.staff, STAFF_ONLY)
    sending_back = "note" in request.POST
    form = forms.ApproveForm(None if sending_back else request.POST or None)
    back = forms.SendBackForm(request.POST if sending_back else None)
    for one in (form, back):
        one.fields["version"].initial = brand.version
    chosen = back if sending_back else form
    if request.method == "POST" and chosen.is_valid():
        brand.version = chosen.cleaned_data["version"] or 0
        if sending_back:
            done = once(
                request, lambda: acts.send_back(brand, note=back.cleaned_data["note"], by=request.user)
            )
        else:
            done = once(request, lambda: acts.approve(brand, by=request.user))
        return redirect(done)
    context = {"brand": brand, "back": back, "milestones": brand.milestones.all()}
    status = 422 if request.method == "POST" else 200
    return show_form(request, "growth/brand/approve.html", chosen, status=status, approve=form, **context)


def brand_note(request, pk):
    brand = found_brand(request, pk)
    require(rights(request, brand)["can_note"], WHO_RUNS)
    done = sent_before(request)
    if done:
        return redirect(done)
    asked = id_of(request.GET.get("quarter"))
    quarter = asked if asked in dict(QUARTERS) else (timezone.localdate().month - 1) // 3 + 1
    note = brand.notes.filter(quarter=quarter).first()
    initial = {"quarter": quarter}
    if note:
        initial |= {"text": note.text, "pace": note.pace, "needs": note.needs}
    key = f"brand-{brand.pk}-note"
    draft_url = reverse("people:draft", args=[key])
    form = forms.NoteForm(request.POST or None, request.FILES or None, initial=initial, draft_url=draft_url)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        taken, sentences = data.pop("photos")
        for sentence in sentences:
            messages.warning(request, f"{sentence}。进展已经交了，照片以后补。")

        def act():
            drafts.clear(request.user, key)
            return acts.write_note(brand, by=request.user, photos=taken, **data)

        done = once(request, act)
        messages.success(request, "进展交了")
        return redirect(done)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    return show_form(
        request, "growth/brand/note.html", form, brand=brand, note=note, draft=draft, other=other
    )  # fmt: skip


@require_safe
def brand_photo(request, pk, size):
    photo = get_object_or_404(BrandPhoto.objects.visible_to(request.user), pk=pk)
    if size not in ("large", "small"):
        raise Http404
    return serve_private(photo.image if size == "large" else photo.thumb, "品牌项目.jpg", inline=True)


def milestone_done(request, pk):
    rows = BrandMilestone.objects.visible_to(request.user).select_related("brand__owner")
    milestone = get_object_or_404(rows, pk=pk)
    brand = milestone.brand
    require(rights(request, brand)["can_note"], WHO_RUNS)
    form = forms.DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = once(
            request,
            lambda: acts.finish_milestone(milestone, by=request.user),
            path=lambda one: brand.get_absolute_url(),
        )
        messages.success(request, f"“{milestone.text}”做好了")
        return redirect(brand if done is milestone else done)
    return show_form(request, "growth/brand/milestone.html", form, brand=brand, milestone=milestone)


def _step(request, pk, right, who, form, act, template, **context):
    """A page that moves the project on: `act(brand, data)` with the form's cleaned data."""
    brand = found_brand(request, pk)
    require(rights(request, brand)[right], who)
    form.fields["version"].initial = brand.version
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        brand.version = data.pop("version") or 0
        return redirect(once(request, lambda: act(brand, data)))
    return show_form(request, template, form, brand=brand, **context)


def brand_midterm(request, pk):
    def act(brand, data):
        return acts.look_in_the_middle(brand, words=data["midterm"], by=request.user)

    form = forms.MidtermForm(request.POST or None)
    return _step(
        request, pk, "can_look", "中期由指导书记或者街道工作人员来看", form, act, "growth/brand/midterm.html"
    )


def brand_debrief(request, pk):
    brand = found_brand(request, pk)
    require(rights(request, brand)["can_debrief"], WHO_RUNS)
    key = f"brand-{brand.pk}-debrief"
    form = forms.DebriefForm(
        request.POST or None,
        results=[(one.text, one.source) for one in brand.results.all()],
        initial={"voices": brand.voices, "lesson": brand.lesson, "version": brand.version},
        draft_url=reverse("people:draft", args=[key]),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        brand.version = data["version"] or 0

        def act():
            drafts.clear(request.user, key)
            return acts.debrief(
                brand, results=form.results(), voices=data["voices"], lesson=data["lesson"], by=request.user
            )

        done = once(request, act)
        messages.success(request, "述职交了")
        return redirect(done)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    return show_form(request, "growth/brand/debrief.html", form, brand=brand, draft=draft, other=other)


def brand_close(request, pk):
    def act(brand, data):
        return acts.close(brand, verdict=data["verdict"], by=request.user)

    form = forms.CloseForm(request.POST or None)
    return _step(request, pk, "can_close", STAFF_ONLY, form, act, "growth/brand/close.html")


def brand_spread(request, pk):
    """推广: the form of a 工作法, filled in from the project."""
    brand = found_brand(request, pk)
    require(rights(request, brand)["can_spread"], STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    given = {
        "name": f"{brand.name}工作法"[:30],
        "summed_up_by": f"{brand.neighbourhood} {brand.owner.called}"[:40],
        "summary": brand.lesson[:120],
        "steps": "\n".join(brand.ways),
        "fits": brand.problem,
    }
    form = MethodForm(request.POST or None, studio=brand.studio, initial=given)
    form.submit_label = "放进工作法"
    if request.method == "POST" and form.is_valid():
        done = once(request, lambda: acts.spread(brand, by=request.user, **form.cleaned_data))
        messages.success(request, "放进工作法了，别的居民区也能用")
        return redirect(done)
    return show_form(request, "growth/brand/spread.html", form, brand=brand)


@require_safe
def brand_card(request, pk):
    """One A4 page for the wall."""
    brand = found_brand(request, pk)
    require(brand.state != BrandState.APPLIED, "立项以后才能印品牌卡")
    named = not from_above(request, brand.studio_id)
    context = {"brand": brand, "results": brand.results.all(), "named": named}
    return render(request, "growth/brand/card.html", context)
