"""Stages that are shipped, with what each must come to. Studios change them."""

TEMPLATES = {
    "election": (
        "居民区换届选举",
        "从调查摸底到交接建章，师傅点对点跟着每个居民区走完。",
        (
            ("调查摸底", "班子、选民、可能的人选心里有数"),
            ("工作方案", "筹备班子成立了，方案报了街道"),
            ("宣传发动", "公告贴出去，楼组长会开过"),
            ("选民登记", "登记、核对、张榜公布"),
            ("推荐候选人", "提名、协商、考察、公示"),
            ("正式选举", "会场、票箱、计票，当场公布结果"),
            ("交接建章", "新老交接、分工、建档"),
        ),
    ),
    "owners": (
        "业委会组建和换届",
        "业委会从筹备到备案，一步一步跟。",
        (
            ("摸底", "业主信息、争议、热心人心里有数"),
            ("成立筹备组", "人员名单公示过"),
            ("定规则和候选人", "议事规则、管理规约、候选人公示"),
            ("业主大会表决", "表决票发到、收齐、计票"),
            ("备案交接", "材料备案，公章和账目交接"),
        ),
    ),
}
OWN = "own"
CHOICES = (*((key, told[0]) for key, told in TEMPLATES.items()), (OWN, "自己写步骤"))


def as_lines(stages):
    """Stages as people write them: one a line, 「名称：要做到什么」."""
    return "\n".join(f"{name}：{hint}" if hint else name for name, hint in stages)


def from_lines(text):
    """[(name, hint)] of what was written; lines with nothing on them do not count."""
    rows = (line.strip().replace(":", "：").partition("：") for line in text.splitlines() if line.strip())
    return [(name.strip(), hint.strip()) for name, _, hint in rows]
