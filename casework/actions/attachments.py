"""Files of a case: photos are drawn anew, office files are known by their content and only downloaded."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from people.stale import Refused
from people.uploads import take_photo
from people.workdays import midnight

from ..models import Attachment
from .locking import locked

MOST_FILES = 10
MOST_BYTES = 10 * 1024 * 1024
MOST_INSIDE = 2000
MOST_UNPACKED = 200 * 1024 * 1024
WAITS = timedelta(days=30)
ACCEPT = (
    "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,.pdf,.doc,.docx,.xls,.xlsx,.txt"
)
NOT_TAKEN = "这种文件收不了。请用照片、Word、Excel或纯文字文件"
TOO_BIG = "这个文件太大，请换一个10兆以内的"
TOO_MANY = f"最多放{MOST_FILES}个，请先去掉几个"
MACROS = "这个文件里带有宏，请另存成不带宏的再传"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


@transaction.atomic
def add(*, case, uploaded, by, followup=None, at=None):
    """Keep one uploaded file with a case or one of its follow-ups. Raises ValidationError."""
    case = locked(case)
    if case.attachments.filter(followup=followup, step=None).count() >= MOST_FILES:
        raise ValidationError(TOO_MANY)
    content, thumb, name = take(uploaded)
    return Attachment.objects.create(
        studio=case.studio, case=case, followup=followup, file=content, thumb=thumb or "", name=name,
        is_image=thumb is not None, size=content.size, uploaded_by=by, uploaded_at=at or timezone.now(),
    )  # fmt: skip


def add_all(*, case, files, by, followup=None, at=None):
    """Keep each file that can be taken; returns sentences about those that could not, with their names."""
    sentences = []
    for uploaded in files:
        try:
            add(case=case, uploaded=uploaded, by=by, followup=followup, at=at)
        except ValidationError as refusal:
            sentences.append(f"“{plain_name(uploaded.name)}”没有传上去：{refusal.messages[0]}")
    return sentences


@transaction.atomic
def keep_waiting(*, step, uploaded, by, most):
    """A photo of a report that is still being written. Raises ValidationError with a sentence."""
    case = locked(step.prescription.case)
    if Attachment.objects.waiting(step, by).count() >= most:
        raise ValidationError(f"最多放{most}张，请先去掉几张")
    photo = take_photo(uploaded)
    return Attachment.objects.create(
        studio=case.studio, case=case, step=step, file=photo.image, thumb=photo.thumb, is_image=True,
        name=f"第{step.order}步复诊照片.jpg", size=photo.image.size, uploaded_by=by,
    )  # fmt: skip


def hand_over(*, followup, ids, by):
    """The waiting photos with these ids belong to the report now; those left out are gone."""
    waiting = Attachment.objects.waiting(followup.step, by)
    waiting.filter(pk__in=ids).update(followup=followup, step=None)
    for left in waiting.exclude(pk__in=ids):
        _delete(left)


def forget_waiting(today):
    """Photos sent up for a report that never came; how many there were. For `manage.py daily`."""
    left = Attachment.objects.filter(step__isnull=False, uploaded_at__lt=midnight(today - WAITS))
    gone = list(left)
    for photo in gone:
        _delete(photo)
    return len(gone)


def _delete(attachment):
    """The row now, its bytes when the transaction is safe."""
    kept = [attachment.file, attachment.thumb]
    attachment.delete()
    for file in kept:
        if file:
            transaction.on_commit(lambda file=file: file.storage.delete(file.name))


@transaction.atomic
def remove(*, attachment, by):
    """Take a file away again while the case is being written. Its bytes go when the transaction is safe."""
    case = locked(attachment.case)
    if not case.writable_by(by):
        raise Refused("这个案例已经受理，材料不能再去掉")
    _delete(attachment)


def take(uploaded):
    """(content, thumbnail or None, name) of what may be kept; raises ValidationError with a sentence."""
    if uploaded.size > MOST_BYTES:
        raise ValidationError(TOO_BIG)
    if uploaded.size == 0:
        raise ValidationError("这个文件是空的，请换一个")
    uploaded.seek(0)
    name, head = plain_name(uploaded.name), uploaded.read(64)
    if looks_like_photo(head):
        photo = take_photo(uploaded)
        return photo.image, photo.thumb, str(PurePath(name).with_suffix(".jpg"))
    uploaded.seek(0)
    data, ending = uploaded.read(), PurePath(name).suffix.lower()
    _check(data, ending)
    return ContentFile(data, name=f"file{ending}"), None, name


def plain_name(name):
    """The file's own name without folders and invisible marks, its ending kept; never empty."""
    name = re.split(r"[\\/]", name or "")[-1]
    name = "".join(mark for mark in name if mark.isprintable()).strip(". ") or "文件"
    path = PurePath(name)
    return f"{path.stem[:100]}{path.suffix[:12]}"


def looks_like_photo(head):
    kinds = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    heif = head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc")
    return head.startswith(kinds) or webp or heif


def _check(data, ending):
    """Does the content say the same as the ending?"""
    if ending == ".pdf":
        fits = data[:1024].lstrip().startswith(b"%PDF-")
    elif ending in (".doc", ".xls"):
        fits = data.startswith(OLD_OFFICE)
    elif ending in ZIP_PARTS:
        fits = _is_office(data, ZIP_PARTS[ending])
    else:
        fits = ending == ".txt" and _is_text(data)
    if not fits:
        raise ValidationError(NOT_TAKEN)


def _is_office(data, part):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    names = {entry.filename for entry in inside}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(MACROS)
    unpacked = sum(entry.file_size for entry in inside)
    if len(inside) > MOST_INSIDE or unpacked > MOST_UNPACKED:
        raise ValidationError(NOT_TAKEN)
    return part in names and "[Content_Types].xml" in names


def _is_text(data):
    if b"\x00" in data:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
