"""QR codes for paper: the link of a slip, and the public page of a neighbourhood."""

import segno
from django.utils.safestring import mark_safe


def poster_qr(address):
    """Black squares as inline SVG; the style sheet says how large."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
