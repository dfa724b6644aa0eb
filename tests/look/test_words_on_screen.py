"""Words that never stand on a screen (DESIGN §7, §8.1): looked for in every template and in every Chinese
sentence of the code. What people write themselves is theirs."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
# Codes of the rules: blame, jargon, cheering, urging, other names for what has one name.
NEVER = """
无效 非法 失败 格式错误 输入错误 有误 必填 录入 提报 推送 触发 加载 会话 缓存 同步
授权 字段 校验 暂存 驳回 配对 解绑 打卡 关怀模式 适老 老年版 热力图 活跃度 用户 管理员
账号主 太棒了 恭喜 请尽快 务必 收到请回复 异常终止 未配置 责任主体 待审批 环比 联系客服
追问 流水号 工单 知识库 驾驶舱 大屏 绩效 排行 积分
""".split()
# Latin words that users know, and what stands in examples.
KNOWN = {"Word", "Excel", "csv", "xlsx", "UTF", "GBK", "name", "example", "cn", "docx", "xls", "WPS"}
# The command line speaks to whoever runs the site; the demonstration and the headings of rosters hold what
# people wrote.
NOT_SCREENS = (
    "people/roster/headings.py",
    "studio/bootstrap",
    "studio/demo",
    "studio/settings.py",
    "studio/bench",
    "/management/",
    "/migrations/",
)


def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


def said(template):
    """The words of a template that reach a screen."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<svg.*?</svg>", "", template, flags=re.S)
    tags = "".join(re.findall(r"{[%{].*?[%}]}", text, flags=re.S))
    given = re.findall(r'"([^"]*[\u4e00-\u9fff][^"]*)"', tags)  # words for an include
    text = re.sub(r"{[%{].*?[%}]}", " ", text, flags=re.S)
    labels = re.findall(r'(?:aria-label|alt|title|content)="([^"]*[\u4e00-\u9fff][^"]*)"', text)
    return "\n".join([re.sub(r"<[^>]*>|&\w+;", " ", text, flags=re.S), *given, *labels])


def sentences():
    """(file, line, sentence) for each Chinese string of the code; docstrings are not shown to anybody."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith((".venv", "tests", "var")) or any(part in name for part in NOT_SCREENS):
            continue
        tree = ast.parse(path.read_text())
        silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in silent else None
            if isinstance(text, str) and re.search("[\u4e00-\u9fff]", text):
                yield name, node.lineno, text


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_uses_our_words(path):
    text = said(path.read_text())
    assert not [word for word in NEVER if word in text]
    assert "！" not in text or "case/" in str(path)
    latin = set(re.findall(r"[A-Za-z]{2,}", text)) - KNOWN
    assert not latin


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_has_no_bare_yes_and_no(path):
    assert not re.search(r">\s*(确定|取消|提交成功|确认)\s*<", path.read_text())


def test_sentences_of_the_code_use_our_words():
    wrong = [
        f"{name}:{line} {text[:40]}" for name, line, text in sentences() for word in NEVER if word in text
    ]
    assert not wrong, "\n".join(wrong)


def test_the_scan_sees_what_it_should():
    assert "必填" in said("<p>{# x #}必填</p>")
    assert "录入" in said('{% include "a.html" with text="录入" %}')
    assert "用户" not in said("{% comment %}用户{% endcomment %}")
    assert any(Path(name).name == "dress.py" for name, _, _ in sentences())
