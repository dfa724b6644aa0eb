"""A class without a rule does nothing, which nobody notices until the page is looked at."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

SHEETS = (
    "bootstrap/css/bootstrap-grid.min.css",
    "css/tokens.css",
    "css/app.css",
    "css/print.css",
    "css/brand_card.css",
    "css/ceremony.css",
    "css/screen.css",
    "css/study.css",
    "css/slip.css",
    "css/board.css",
)


def test_every_class_of_a_template_has_a_rule():
    rules = "".join(Path(finders.find(sheet)).read_text() for sheet in SHEETS)
    known = set(re.findall(r"\.([A-Za-z][\w-]*)", rules))
    unknown = {}
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        # what a tag completes ("chip-{{ kind }}", "h{{ day.step }}") is told by its first letters only
        text = re.sub(r"[\w-]*({%.*?%}|{{.*?}})[\w-]*", " ", path.read_text(), flags=re.S)
        for attribute in re.findall(r'class="([^"]*)"', text):
            for name in set(attribute.split()) - known:
                unknown.setdefault(name, []).append(path.name)
    assert not unknown, unknown
