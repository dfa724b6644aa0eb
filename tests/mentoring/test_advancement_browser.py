"""培养晋级 walked in a browser: from the proposal to the 培养成果 tile, the file and its Word copy."""

import io

from docx import Document

from growth.actions import ledger
from mentoring.models import Pairing
from tests.cast import make_cast
from tests.look.browser import assert_accessible, assert_fits, follow, press, sign_in

TITLE = "甲居民区党总支副书记"


def test_an_advancement_to_deputy_shows_in_the_tile_and_in_the_file(
    transactional_db, live_server, desktop, phone
):
    cast = make_cast()
    for pairing in Pairing.objects.filter(studio=cast.a.studio):
        ledger.record(pairing)
    name = cast.a.apprentice.name
    sign_in(desktop, cast, cast.a.staff, live_server)
    desktop.goto(f"{live_server.url}/advancement/")
    follow(desktop, name)
    desktop.get_by_label("任职", exact=True).check()
    desktop.get_by_label("副书记", exact=True).check()
    desktop.get_by_label("职务", exact=True).fill(TITLE)
    desktop.locator("[name=reasons]").fill("议事会独立开成三次，账目当场说清。")
    assert_accessible(desktop)
    press(desktop, "提出来")
    packet = desktop.url

    for person, words, box, button in (
        (cast.a.mentor, "去签字", ("words", "带得出去"), "签字"),
        (cast.a.apprentice, "说说我的想法", ("word", "愿意去"), "就这样说"),
    ):
        phone.context.clear_cookies()
        sign_in(phone, cast, person, live_server)
        phone.goto(packet)
        assert_fits(phone)
        assert_accessible(phone)
        follow(phone, words)
        phone.locator(f"[name={box[0]}]").fill(box[1])
        assert_fits(phone)
        press(phone, button)

    desktop.goto(packet)
    follow(desktop, "去签字")
    press(desktop, "签字")
    follow(desktop, "定下来")
    desktop.get_by_label("同意", exact=True).check()
    press(desktop, "定下来")
    assert desktop.get_by_text("照原样存着").is_visible()
    assert desktop.get_by_text("带得出去").is_visible()

    desktop.goto(live_server.url)
    tile = desktop.locator(".tile", has_text="培养成果")
    assert "副书记1名" in tile.inner_text()
    follow(desktop, "培养成果")
    assert desktop.get_by_text(f"{name}：{TITLE}").is_visible()
    desktop.goto(f"{live_server.url}/ledger/{cast.a.apprentice.pk}/")
    assert desktop.get_by_text(f"任{TITLE}", exact=True).is_visible()
    answer = desktop.request.get(f"{live_server.url}/ledger/{cast.a.apprentice.pk}/word/")
    said = "\n".join(one.text for one in Document(io.BytesIO(answer.body())).paragraphs)
    tables = [cell.text for table in Document(io.BytesIO(answer.body())).tables for cell in table._cells]
    assert f"任{TITLE}" in said or any(f"任{TITLE}" in text for text in tables)
