"""The radar of five competencies as a picture for Word: the same points as on the screen (growth/charts.py).

Axes are numbered, since a server need not have a Chinese font; the table beside it says what they mean.
"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from . import charts

SCALE = 3
WIDTH, HEIGHT = 340 * SCALE, 300 * SCALE
RING, NOW, LAST, INK = "#D5D8DD", "#1B4F8A", "#B0500B", "#1F2328"
FILL = (27, 79, 138, 38)
DASH = 5


def radar_picture(rows):
    """PNG bytes of `charts.axes(...)`, or None with fewer than three marks."""
    drawn = charts.radar(rows)
    if drawn is None:
        return None
    picture = Image.new("RGBA", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    centre = tuple(part * SCALE for part in drawn["centre"])
    for ring in drawn["rings"]:
        _outline(pen, _points(ring), RING, 2)
    for number, (x, y) in enumerate(drawn["spokes"], start=1):
        pen.line([centre, (x * SCALE, y * SCALE)], fill=RING, width=2)
        _number(pen, number, x, y, centre)
    if drawn["last"]:
        _outline(pen, _points(drawn["last"]), LAST, 4, dashed=True)
    area = Image.new("RGBA", picture.size)
    ImageDraw.Draw(area).polygon(_points(drawn["now"]), fill=FILL)
    picture = Image.alpha_composite(picture, area)
    _outline(ImageDraw.Draw(picture), _points(drawn["now"]), NOW, 6)
    out = BytesIO()
    picture.convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


def _points(text):
    return [tuple(float(part) * SCALE for part in pair.split(",")) for pair in text.split()]


def _outline(pen, points, colour, width, *, dashed=False):
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        for piece in _dashes(start, end) if dashed else [(start, end)]:
            pen.line(piece, fill=colour, width=width)


def _dashes(start, end):
    (x1, y1), (x2, y2) = start, end
    count = max(1, int(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 / (DASH * SCALE)))
    for step in range(0, count, 2):
        a, b = step / count, min(1, (step + 1) / count)
        yield (x1 + (x2 - x1) * a, y1 + (y2 - y1) * a), (x1 + (x2 - x1) * b, y1 + (y2 - y1) * b)


def _number(pen, number, x, y, centre):
    """Beyond the tip of the axis, away from the middle."""
    reach = 1.14
    at = tuple(c + (p * SCALE - c) * reach for p, c in zip((x, y), centre, strict=True))
    pen.text(at, str(number), fill=INK, font=ImageFont.load_default(size=14 * SCALE), anchor="mm")
