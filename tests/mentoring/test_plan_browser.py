"""A session is planned, one answers 来不了, and it is logged from the plan: on phones, with script."""

from django.utils import timezone
from playwright.sync_api import expect

from mentoring.models import Session
from tests.cast import make_cast
from tests.look.browser import assert_accessible, assert_fits, sign_in


def test_a_session_planned_answered_and_logged_with_those_who_came(transactional_db, live_server, phone):
    cast = make_cast()
    day = timezone.localdate().isoformat()
    sign_in(phone, cast, cast.a.mentor, live_server)
    phone.goto(f"{live_server.url}/sessions/plan/")
    phone.get_by_label("哪一天").fill(day)
    phone.get_by_label("几点").fill("23:30")
    phone.get_by_label("主题").fill("停车难")
    phone.get_by_role("button", name="安排好了").tap()
    expect(phone.get_by_role("heading", name="谁能来")).to_be_visible()

    sign_in(phone, cast, cast.a.peer, live_server)
    phone.goto(live_server.url)
    phone.get_by_role("link", name="来不了").tap()
    phone.wait_for_url("**/coming/")
    assert_fits(phone)
    assert_accessible(phone)
    expect(phone.get_by_label("说一句")).to_be_hidden()
    phone.get_by_label("那天有会").tap()
    phone.get_by_role("button", name="来不了").tap()
    expect(phone.get_by_text("您答了“来不了”（那天有会）")).to_be_visible()

    sign_in(phone, cast, cast.a.apprentice, live_server)
    phone.goto(live_server.url)
    phone.get_by_role("button", name="能来").tap()
    expect(phone.get_by_text("好的，知道您能来")).to_be_visible()

    sign_in(phone, cast, cast.a.mentor, live_server)
    phone.goto(live_server.url)
    phone.get_by_role("link", name="记这一次").first.tap()
    expect(phone.get_by_label(cast.a.apprentice.name)).to_be_checked()
    expect(phone.get_by_label(cast.a.peer.name)).not_to_be_checked()
    phone.get_by_label("沟通协调").tap()
    phone.get_by_role("button", name="提交记录").tap()
    expect(phone.get_by_role("heading", name="记好了")).to_be_visible()
    session = Session.objects.get()
    assert (session.state, session.theme, list(session.apprentices.all())) == (
        "logged", "停车难", [cast.a.apprentice],
    )  # fmt: skip
