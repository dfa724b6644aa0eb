"""拜师帖 and 聘书 on the sheet and on a phone: whatever the length, one page holds it all."""

import pytest

from mentoring.models import Pairing
from tests.cast import make_cast
from tests.factories import AppointmentFactory, PledgeFactory, days_ago
from tests.look.browser import assert_accessible, assert_fits, sign_in

# By how many pixels the last line comes too near to the inner rule, or anything sticks out at the side.
SPILLS = """() => {
    const inner = document.querySelector('.ceremony-inner'), sheet = inner.getBoundingClientRect();
    const below = inner.lastElementChild.getBoundingClientRect().bottom - sheet.bottom + 10;
    const wide = [...inner.children].map(part => part.getBoundingClientRect().right - sheet.right);
    return Math.max(below, ...wide);
}"""
LETTER = "尊敬的书记：\n" + "我想跟您学怎么开居民会。" * 8 + "\n" + "从今天起，我愿拜您为师。" * 5


def pledge(cast, text, words):
    pair = Pairing.objects.get(apprentice=cast.a.apprentice)
    return PledgeFactory(
        pairing=pair, studio=pair.studio, text=text, words=words,
        held_on=days_ago(1), witness="陈主任", settled_by=cast.a.staff,
    )  # fmt: skip


def pages_of(pdf):
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("一定好好学。", ""),
        (LETTER, "多走。" * 33),
        ("学" * 500, "多" * 100),
        ("学\n" * 11, "多" * 100),
    ],
    ids=("short", "usual", "longest", "most paragraphs"),
)
def test_a_letter_of_any_length_is_one_sheet(transactional_db, live_server, desktop, text, words):
    cast = make_cast()
    made = pledge(cast, text, words)
    sign_in(desktop, cast, cast.a.staff, live_server)
    desktop.goto(f"{live_server.url}{made.get_absolute_url()}print/")
    pdf = desktop.pdf(prefer_css_page_size=True)
    desktop.emulate_media(media="print")
    desktop.set_viewport_size({"width": 1122, "height": 793})
    assert desktop.evaluate(SPILLS) <= 0
    assert pages_of(pdf) == 1


def test_the_pages_are_accessible_and_fit_a_phone(transactional_db, live_server, phone):
    cast = make_cast()
    made = pledge(cast, LETTER, "多走楼道。")
    letter = AppointmentFactory(studio=cast.a.studio, mentor=cast.a.mentor, issued_by=cast.a.staff)
    sign_in(phone, cast, cast.a.mentor, live_server)
    for path in (
        made.get_absolute_url(),
        f"{made.get_absolute_url()}print/",
        f"{made.get_absolute_url()}words/",
        letter.get_absolute_url(),
        f"{letter.get_absolute_url()}print/",
    ):
        phone.goto(f"{live_server.url}{path}")
        assert_fits(phone)
        assert_accessible(phone)


def test_the_letter_of_appointment_is_one_sheet(transactional_db, live_server, desktop):
    cast = make_cast()
    letter = AppointmentFactory(studio=cast.a.studio, mentor=cast.a.mentor, issued_by=cast.a.staff)
    sign_in(desktop, cast, cast.a.staff, live_server)
    desktop.goto(f"{live_server.url}{letter.get_absolute_url()}print/")
    assert pages_of(desktop.pdf(prefer_css_page_size=True)) == 1
