"""Loading streets and neighbourhoods from a list of the form of people/data/places.csv."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ..models import Neighbourhood, Street

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "places.csv"
COLUMNS = ("province", "city", "district", "street", "street_code", "neighbourhood", "neighbourhood_code")
MOST_BYTES = 20 * 1024 * 1024
MOST_SENTENCES = 20


@dataclass
class Loaded:
    """How many were added and changed."""

    streets: int = 0
    neighbourhoods: int = 0
    changed: int = 0


def load_shipped():
    """Load the list that comes with the studio."""
    return load(SHIPPED.read_bytes())


def load(data):
    """Load a list (bytes; UTF-8 or GBK). All rows or none; twice adds nothing. Returns Loaded.

    Raises ValidationError with one sentence for each row that cannot be used.
    """
    rows = _checked(_rows(data))
    try:
        with transaction.atomic():
            return _write(rows)
    except IntegrityError as clash:
        raise ValidationError("同一个街道里有两个居民区对换了名称或编码，请分两次改") from clash


def _rows(data):
    if len(data) > MOST_BYTES:
        raise ValidationError("名单太大了，请分成20兆以内的几份")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as unknown:
            raise ValidationError("这个文件不是文本名单，请另存为CSV再试") from unknown
    if "\0" in text:
        raise ValidationError("这个文件不是文本名单，请另存为CSV再试")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise ValidationError(f"第1行缺少这几列：{'、'.join(missing)}")
        return [(reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS}) for row in reader]
    except csv.Error as broken:
        raise ValidationError(f"第{reader.line_num}行读不下去，请看看引号是不是成对") from broken


def _checked(rows):
    """The rows, when every one of them is good."""
    sentences, streets, places, names = [], {}, {}, {}
    for line, row in rows:
        about = tuple(row[name] for name in COLUMNS[:4])
        problem = (
            _problem(row)
            or _repeated(streets, row["street_code"], about, "街道编码前面用在别的街道上")
            or _repeated(places, row["neighbourhood_code"], row["neighbourhood"], "居民区编码前面用在别处")
            or _repeated(
                names,
                (row["street_code"], row["neighbourhood"]),
                row["neighbourhood_code"],
                "前面有过，编码不同",
            )
        )
        if problem:
            sentences.append(f"第{line}行：{problem}")
    if not rows:
        sentences.append("名单里一行也没有")
    if sentences:
        raise ValidationError(sentences[:MOST_SENTENCES])
    return [row for _, row in rows]


def _problem(row):
    empty = [name for name in COLUMNS if not row[name]]
    if empty:
        return f"{'、'.join(empty)}没有填"
    if not row["street_code"].isascii() or not row["street_code"].isdigit() or len(row["street_code"]) > 12:
        return f"街道编码“{row['street_code'][:20]}”应是12位以内的数字"
    code = row["neighbourhood_code"]
    if not code.isascii() or not code.isdigit() or len(code) > 15:
        return f"居民区编码“{code[:20]}”应是15位以内的数字"
    if len(row["neighbourhood"]) > 60 or len(row["street"]) > 40:
        return "名称太长了"
    if max(len(row[name]) for name in ("province", "city", "district")) > 30:
        return "省、市、区的名称太长了"
    return ""


def _repeated(seen, key, value, sentence):
    return "" if seen.setdefault(key, value) == value else sentence


def _write(rows):
    loaded = Loaded()
    wanted = {
        row["street_code"]: {name: row[name] for name in COLUMNS[:3]} | {"name": row["street"]}
        for row in rows
    }
    streets = {street.code: street for street in Street.objects.filter(code__in=wanted)}
    for code, values in wanted.items():
        if code not in streets:
            streets[code] = Street.objects.create(code=code, **values)
            loaded.streets += 1
        else:
            loaded.changed += _update(streets[code], values)
    _write_neighbourhoods(rows, streets, loaded)
    return loaded


def _write_neighbourhoods(rows, streets, loaded):
    known = list(Neighbourhood.objects.filter(street__in=streets.values()))
    known += Neighbourhood.objects.filter(code__in=[row["neighbourhood_code"] for row in rows]).exclude(
        street__in=streets.values()
    )
    by_code = {place.code: place for place in known}
    by_name = {(place.street_id, place.name): place for place in known}
    new = {}
    for row in rows:
        street, code, name = streets[row["street_code"]], row["neighbourhood_code"], row["neighbourhood"]
        # One that staff added by hand under this name takes the official code.
        place = by_code.get(code) or by_name.get((street.pk, name))
        if place is None:
            new[code] = Neighbourhood(street=street, code=code, name=name)
        else:
            loaded.changed += _update(place, {"street_id": street.pk, "code": code, "name": name})
    Neighbourhood.objects.bulk_create(new.values())
    loaded.neighbourhoods = len(new)


def _update(row, values):
    """Write what differs; returns 1 when something did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    if different:
        type(row).objects.filter(pk=row.pk).update(**different)
    return bool(different)
