"""Photos from phones: any usual kind is taken, every hostile one is refused in words and in time."""

import io
import struct
import time
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from people import uploads
from people.uploads import NOT_A_PHOTO, TOO_MANY_PIXELS, serve_private, take_photo, take_photos


def sent(data, name="photo.jpg"):
    return SimpleUploadedFile(name, data)


def picture(kind="JPEG", size=(60, 40), mode="RGB", color=None, **saving):
    out = io.BytesIO()
    Image.new(
        mode, size, color or {"RGB": (200, 30, 30), "RGBA": (0, 0, 0, 0), "L": 9, "P": 3, "1": 1}[mode]
    ).save(out, kind, **saving)
    return out.getvalue()


def noise(size):
    return Image.effect_noise(size, 120).convert("RGB")


def opened(content_file):
    content_file.seek(0)
    return Image.open(io.BytesIO(content_file.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_the_usual_kinds_become_a_jpeg_with_a_random_name(kind, mode):
    photo = take_photo(sent(picture(kind, mode=mode), "某某在某处.png"))
    again = opened(photo.image)
    assert (again.format, again.mode, again.size) == ("JPEG", "RGB", (60, 40))
    assert (photo.width, photo.height) == (60, 40)
    assert photo.image.name.endswith(".jpg")
    assert "某" not in photo.image.name
    assert photo.image.name != take_photo(sent(picture(kind, mode=mode))).image.name


@pytest.mark.parametrize("mode", ["RGBA", "P", "1"])
def test_transparent_and_indexed_pictures_are_drawn_on_white(mode):
    photo = take_photo(sent(picture("PNG", mode=mode)))
    assert opened(photo.image).mode == "RGB"
    if mode == "RGBA":
        assert opened(photo.image).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_shrunk_and_its_thumbnail_is_light():
    out = io.BytesIO()
    noise((3000, 2000)).save(out, "JPEG", quality=70)
    photo = take_photo(sent(out.getvalue()))
    assert (photo.width, photo.height) == (1600, 1067)
    assert photo.thumb.size <= uploads.THUMB_BYTES
    assert max(opened(photo.thumb).size) <= uploads.THUMB_SIDE


def test_place_device_and_comment_are_gone_and_the_photo_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "某牌手机"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 9.0)
    source = picture(size=(60, 40), exif=exif, comment=b"secret words", icc_profile=b"profile")
    assert b"Exif" in source
    photo = take_photo(sent(source))
    kept = opened(photo.image)
    assert (photo.width, photo.height) == (40, 60)
    assert not kept.getexif()
    assert set(kept.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    for data in (photo.image, photo.thumb):
        data.seek(0)
        blob = data.read()
        assert b"Exif" not in blob
        assert b"secret" not in blob


def png_bomb(side):
    """A valid PNG of a few KB that decodes to side × side × 4 bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    squeeze = zlib.compressobj(9)
    row = b"\0" * (1 + side * 4)
    body = b"".join(squeeze.compress(row) for _ in range(64)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [6_500, 13_300, 60_000])
def test_a_bomb_is_refused_before_it_is_decoded(side):
    started = time.perf_counter()
    with pytest.raises(ValidationError, match=TOO_MANY_PIXELS):
        take_photo(sent(png_bomb(side), "bomb.png"))
    assert time.perf_counter() - started < 1


def test_too_heavy_a_file_is_refused_with_its_weight():
    with pytest.raises(
        ValidationError, match=r"这张照片太大（11兆），请换一张10兆以内的，或先交记录以后再补"
    ):
        take_photo(sent(b"\xff\xd8" + b"0" * (10 * 1024 * 1024 + 1)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg onload=alert(1)>",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"%PDF-1.7",
        b"PK\x03\x04" + b"0" * 200,
        b"\xff\xd8\xff\xe0",
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture("JPEG", size=(500, 500))[:-400],
        picture("PNG", size=(500, 500))[:60],
        picture("HEIF", size=(300, 300))[:-50],
    ],
)
def test_what_is_no_photo_is_refused_in_words(data):
    with pytest.raises(ValidationError, match=NOT_A_PHOTO):
        take_photo(sent(data))


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=12),
)
def test_damage_anywhere_gives_a_photo_or_a_sentence(kind, flips):
    data = bytearray(picture(kind, size=(50, 30)))
    for place, value in flips:
        data[place % len(data)] = value
    photos, sentences = take_photos([sent(bytes(data))])
    assert len(photos) + len(sentences) == 1
    assert all(opened(photo.image).format == "JPEG" for photo in photos)
    assert set(sentences) <= {f"第1张没传上去：{why}" for why in (NOT_A_PHOTO, TOO_MANY_PIXELS)}


def test_one_bad_photo_does_not_hold_up_the_others():
    photos, sentences = take_photos([sent(picture()), sent(b"x"), sent(picture("PNG"))])
    assert len(photos) == 2
    assert sentences == [f"第2张没传上去：{NOT_A_PHOTO}"]


class Kept:
    """As a FieldFile: opens for reading."""

    def open(self, mode):
        return ContentFile(b"<script>alert(1)</script>")


def test_a_private_file_cannot_run_nor_be_kept_by_others():
    answer = serve_private(Kept(), '名"册\r\nX-Evil: 1.html')
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith('attachment; filename="file')
    assert "\r" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    shown = serve_private(Kept(), "a.jpg", inline=True)
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"].startswith("private")
