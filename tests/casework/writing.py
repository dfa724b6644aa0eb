"""What is posted on the five pages of 提交疑难案例, and sending them as a browser would."""

from django.urls import reverse

from casework.models import Case, State
from people.once import new_token
from tests.factories import CaseFactory

PAGES = {
    1: {
        "title": "一楼反对加装电梯",
        "story": "三号楼要装电梯，一楼一户担心采光，僵了两个月。",
        "began": "两个月前",
    },
    2: {"category": "lift", "urgency": "week"},
    3: {"way_1": "上门谈了三次", "result_1": "门都不开了"},
    4: {"question": "采光的事怎么谈得拢？", "wanted_way": "online"},
    5: {"called_1": "一楼周阿姨", "phone_1": "13812345678"},
}


def draft_of(owner, studio, **fields):
    empty = {"number": None, "year": None, "submitted_at": None, "state": State.DRAFT}
    return CaseFactory(owner=owner, studio=studio, **empty, **fields)


def send(client, name, *args, **data):
    return client.post(reverse(f"casework:{name}", args=args), {"form_token": new_token(), **data})


def write_all(client, **changed):
    """Post the five pages one after another as each answer leads on; returns the draft."""
    answer = send(client, "case-new", **PAGES[1] | changed)
    assert answer.status_code == 302, answer.context["form"].errors
    for page in range(2, 6):
        answer = client.post(answer["Location"], {"form_token": new_token(), **PAGES[page]})
        assert answer.status_code == 302, answer.context["form"].errors
    return Case.objects.latest("pk")
