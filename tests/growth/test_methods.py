"""工作法: shipped ones are everybody's, a studio's own are its own."""

from django.urls import reverse

from growth.models import Method
from tests.factories import MethodFactory
from tests.forms import hidden_fields, send


def test_the_shipped_methods_are_there(cast):
    page = cast.client(cast.b.apprentice).get(reverse("growth:method-list")).content.decode()
    for name in ("五必工作法", "四心工作法", "三法", "六维关怀", "象霞工作法", "屋场恳谈会", "敲门问需"):
        assert name in page


def test_staff_add_a_method_line_by_line(cast):
    answer = send(
        cast.client(cast.a.staff),
        reverse("growth:method-new"),
        name="两张桌子法",
        summary="一张谈事，一张吃饭。",
        steps="先摆谈事的桌子\n\n再摆吃饭的桌子\n",
    )
    method = Method.objects.get(name="两张桌子法")
    assert answer["Location"] == method.get_absolute_url()
    assert method.steps == ["先摆谈事的桌子", "再摆吃饭的桌子"]
    assert cast.client(cast.b.mentor).get(method.get_absolute_url()).status_code == 404


def test_a_name_is_taken_once(cast):
    answer = send(cast.client(cast.a.staff), reverse("growth:method-new"), name="三法", summary="又一个")
    assert answer.status_code == 422
    assert "已经有一个“三法”了" in answer.content.decode()


def test_staff_edit_their_own_and_not_the_shipped(cast):
    own, shipped = MethodFactory(studio=cast.a.studio), Method.objects.get(name="三法")
    client = cast.client(cast.a.staff)
    edit = reverse("growth:method-edit", args=[own.pk])
    assert send(client, edit, name="改过的名字", summary="短一点", steps="一步").status_code == 302
    own.refresh_from_db()
    assert own.name == "改过的名字"
    assert client.get(reverse("growth:method-edit", args=[shipped.pk])).status_code == 403


def test_the_same_form_sent_again_leads_to_the_method_it_made(cast):
    client = cast.client(cast.a.staff)
    url = reverse("growth:method-new")
    sent = {**hidden_fields(client.get(url)), "name": "两张桌子法", "summary": "一张谈事，一张吃饭。"}
    first, second = client.post(url, sent), client.post(url, sent)
    assert first["Location"] == second["Location"]
    assert Method.objects.filter(name="两张桌子法").count() == 1
