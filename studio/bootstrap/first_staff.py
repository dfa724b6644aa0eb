"""Asks on the terminal for the first person of an empty studio."""

import getpass
import sys

from django.core.exceptions import ValidationError

from people.actions.setup import first_staff
from studio.bootstrap.say import Stop, note, step

QUESTIONS = {
    "district_name": "区的名称（如 普陀区）",
    "street_name": "街道（镇）的名称（如 石泉路街道）",
    "name": "姓名",
    "mobile": "手机号码（用来登录）",
}


def ask_first_staff() -> None:
    """Ask until the answers make an account; raises Stop where nobody can answer."""
    if not sys.stdin.isatty():
        raise Stop(
            "还没有人员，要在终端里填第一位街道工作人员。请在终端里运行 python3 manage.py start --empty"
        )
    step("填第一位街道工作人员")
    answers = dict.fromkeys(QUESTIONS, "")
    while True:
        for name, question in QUESTIONS.items():
            answers[name] = _ask(question, answers[name])
        try:
            first_staff(**answers, password=_ask_password())
        except ValidationError as refusal:
            for sentence in refusal.messages:
                note(sentence)
            note("请再看一遍，不用改的直接按回车")
            continue
        note("记好了，用这个手机号和密码登录")
        return


def _ask(question: str, before: str) -> str:
    """An answer that is not empty; Enter keeps the one given before."""
    hint = f"，回车就用“{before}”" if before else ""
    while True:
        answer = input(f"  {question}{hint}：").strip() or before
        if answer:
            return answer


def _ask_password() -> str:
    while True:
        password = getpass.getpass("  密码（8位以上，输的时候不显示）：")
        if password == getpass.getpass("  再输一次密码："):
            return password
        note("两次不一样，请再输")
