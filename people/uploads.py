"""Files that people send: photos are drawn anew; everything is served by a view that asked who may see it.

A photo is decoded only after its kind, its weight and its number of pixels are known to be harmless (a PNG of
17 KB can decode to 700 MB). What is kept is a fresh JPEG without any metadata: no place, no device, no time.
"""

import io
import math
import secrets
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# MIME types one by one: `image/*` with `multiple` stalls the picker in some in-app browsers.
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif"
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONG_SIDE = 1600
THUMB_SIDE = 320
THUMB_BYTES = 40 * 1024

NOT_A_PHOTO = "这个文件不是照片，请重新选一张"
TOO_MANY_PIXELS = "这张照片的尺寸太大，请换一张小一些的，或先交记录以后再补"


@dataclass(frozen=True)
class Photo:
    """A photo ready to be kept: two JPEGs with random names, and the size of the larger one in pixels."""

    image: ContentFile
    thumb: ContentFile
    width: int
    height: int


def take_photo(uploaded):
    """Draw an uploaded file anew. Returns a Photo; raises ValidationError with a sentence for the person."""
    if uploaded.size > MOST_BYTES:
        weight = math.ceil(uploaded.size / 1024 / 1024)
        raise ValidationError(f"这张照片太大（{weight}兆），请换一张10兆以内的，或先交记录以后再补")
    picture = _decode(uploaded)
    stem = secrets.token_hex(16)
    large = _fit(picture, LONG_SIDE)
    return Photo(
        image=ContentFile(_jpeg(large, 82), name=f"{stem}.jpg"),
        thumb=ContentFile(_small_jpeg(large), name=f"{stem}-s.jpg"),
        width=large.width,
        height=large.height,
    )


def take_photos(files):
    """Draw several anew: (photos, sentences about those that could not be taken)."""
    photos, sentences = [], []
    for number, uploaded in enumerate(files, start=1):
        try:
            photos.append(take_photo(uploaded))
        except ValidationError as refusal:
            sentences.append(f"第{number}张没传上去：{refusal.messages[0]}")
    return photos, sentences


def _decode(uploaded):
    """The first frame as upright RGB pixels, no larger than needed."""
    uploaded.seek(0)
    try:
        with Image.open(uploaded, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValidationError(TOO_MANY_PIXELS)
            opened.draft("RGB", (LONG_SIDE, LONG_SIDE))
            opened.load()
            return _flat(_upright(opened))
    except ValidationError:
        raise
    except Image.DecompressionBombError as bomb:
        raise ValidationError(TOO_MANY_PIXELS) from bomb
    except Exception as broken:  # decoders raise whatever they like over a damaged file
        raise ValidationError(NOT_A_PHOTO) from broken


def _upright(picture):
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # a damaged EXIF block is no reason to refuse the photo
        return picture


def _flat(picture):
    """Plain RGB on white, without anything that travelled along (EXIF, profiles, comments)."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    picture = picture.convert("RGB")
    picture.info = {}
    return picture


def _fit(picture, side):
    fitted = picture.copy()
    fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
    return fitted


def _jpeg(picture, quality):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _small_jpeg(picture):
    """A thumbnail within THUMB_BYTES, whatever the picture shows."""
    for side, quality in ((THUMB_SIDE, 78), (THUMB_SIDE, 60), (THUMB_SIDE, 40), (THUMB_SIDE // 2, 40)):
        data = _jpeg(_fit(picture, side), quality)
        if len(data) <= THUMB_BYTES:
            break
    return data


def serve_private(file, name, *, inline=False, content_type=None):
    """Answer with a kept file (FieldFile) under `name`. The view has already asked who may see it.

    Only our own JPEGs are shown in the page (`inline=True`); everything else is a download. No script in a
    file can run, and no shared cache keeps it.
    """
    kind = content_type or ("image/jpeg" if inline else "application/octet-stream")
    try:
        opened = file.open("rb")
    except FileNotFoundError as gone:  # a database that came back without its files
        raise Http404 from gone
    response = FileResponse(opened, content_type=kind)
    way = "inline" if inline else "attachment"
    plain = f"file{PurePath(name).suffix}"
    plain = plain if plain.isascii() and plain.isprintable() and '"' not in plain else "file"
    response["Content-Disposition"] = f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400, immutable" if inline else "private, no-store"
    return response
