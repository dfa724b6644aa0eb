"""Residents' names and numbers: keeping, reading with a reason, putting right, forgetting."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .. import vault
from ..models import Resident, ResidentRequest, Reveal, Studio
from ..residents_register import ids_needed
from ..stale import Refused, save_version

# 移动互联网应用 must answer within 15 working days; a letter is answered in the same time.
ANSWER_WORKDAYS = 15
BATCH = 500


def keep(*, studio, name, phone="", door="", on=None):
    """Put a resident into the vault. `door`: the number of the flat, where it is needed."""
    name, phone, door = name.strip(), phone.strip(), door.strip()
    return Resident.objects.create(
        studio=studio,
        secret={"name": name, "phone": phone} | ({"door": door} if door else {}),
        name_mark=vault.mark(name),
        phone_mark=vault.mark(phone),
        kept_on=on or timezone.localdate(),
    )


def is_same(resident, name, phone):
    """Whether this resident is kept under the same name and number."""
    kept = (resident.secret.get("name"), resident.secret.get("phone"))
    return kept == (name.strip(), phone.strip())


@transaction.atomic
def reveal(resident, *, why, note="", by=None, by_name="", at=None):
    """Put on record that `by`, or somebody without an account, reads this resident's name and number.

    Raises Refused when they are gone.
    """
    if resident.erased_at:
        raise Refused("这位居民的姓名和电话已经隐去了")
    return Reveal.objects.create(
        studio_id=resident.studio_id, resident=resident, why=why, note=note, by=by, by_name=by_name,
        at=at or timezone.now(),
    )  # fmt: skip


def correct(resident, *, name, phone):
    """Write another name or number in place of the old one, which is gone for good."""
    resident.secret = {**resident.secret, "name": name.strip(), "phone": phone.strip()}
    resident.name_mark, resident.phone_mark = vault.mark(name), vault.mark(phone)
    resident.save(update_fields=("secret", "name_mark", "phone_mark"))


def erase(residents, *, why, at=None):
    """Delete names and numbers; the matters stay without them. Returns how many."""
    return residents.filter(erased_at__isnull=True).update(
        secret={}, name_mark="", phone_mark="", erased_at=at or timezone.now(), erased_why=why
    )


@transaction.atomic
def forget_old(today=None):
    """Delete what is older than each studio's retention time and needed by no matter. Returns how many."""
    today, gone = today or timezone.localdate(), 0
    for studio in Studio.objects.all():
        since = today - timedelta(days=studio.resident_days)
        old = Resident.objects.kept().filter(studio=studio, kept_on__lt=since)
        for ids in ids_needed(since):
            old = old.exclude(pk__in=ids)
        gone += erase(old, why=Resident.Erased.TIME)
    return gone


@transaction.atomic
def rotate():
    """Write all sealed texts with the first key. Returns how many. Each batch holds its rows."""
    count = 0
    for model, name in vault.sealed_fields():
        count += _rotate_model(model, name)
    return count


def _rotate_model(model, name):
    count, last = 0, 0
    while True:
        rows = model._base_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH]
        rows = list(rows.only("pk", name))
        if not rows:
            return count
        last = rows[-1].pk
        for row in rows:
            value = getattr(row, name)
            if value in ({}, None):
                continue
            changed = {name: value}
            if model is Resident:
                changed |= {
                    "name_mark": vault.mark(value.get("name", "")),
                    "phone_mark": vault.mark(value.get("phone", "")),
                }
            model._base_manager.filter(pk=row.pk).update(**changed)
            count += 1


# --- What residents ask for -------------------------------------------------------------------------------


@transaction.atomic
def register(*, studio, name, phone, kind, way, asked_on, due_on, by):
    """Write a resident's request into the register."""
    return ResidentRequest.objects.create(
        studio=studio, resident=keep(studio=studio, name=name, phone=phone), kind=kind, way=way,
        asked_on=asked_on, due_on=due_on, registered_by=by,
    )  # fmt: skip


def matching(request):
    """Everything kept under the number, or else the name, of whoever asks; the request's own row too."""
    if request.resident.erased_at:
        return Resident.objects.none()
    secret = request.resident.secret
    found = Resident.objects.called(name=secret.get("name", ""), phone=secret.get("phone", ""))
    return found.filter(studio=request.studio_id)


@transaction.atomic
def answer(request, *, answer, note="", name="", phone="", by, at=None):
    """Carry the request out, or say why not. `name`, `phone`: what is right, for a correction."""
    if request.done_at:
        raise Refused("这一条已经答复过了")
    at, found = at or timezone.now(), matching(request)
    request.answer, request.answer_note, request.done_at, request.done_by = answer, note, at, by
    save_version(request, ("answer", "answer_note", "done_at", "done_by"))
    if answer != ResidentRequest.Answer.DONE:
        return request
    if request.kind == ResidentRequest.Kind.DELETE:
        erase(found, why=Resident.Erased.REQUEST, at=at)
    elif request.kind == ResidentRequest.Kind.CORRECT:
        for resident in found:
            kept = resident.secret
            correct(resident, name=name or kept["name"], phone=phone or kept["phone"])
    else:
        for resident in found:
            reveal(resident, why=Reveal.Why.COPY, note=f"居民要求第{request.pk}条", by=by, at=at)
    return request
