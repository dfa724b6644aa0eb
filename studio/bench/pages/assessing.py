"""考核评估."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("考核评估", LIST, "staff", "growth:round-list"),
    Page("一轮考核（打分中）", DETAIL, "staff", "growth:round-detail", "scoring_round"),
    Page("一轮考核（师傅看）", DETAIL, "mentor", "growth:round-detail", "scoring_round"),
    Page("谁打了谁没打", LIST, "staff", "growth:round-matrix", "scoring_round"),
    Page("结束打分", FORM, "staff", "growth:round-close", "scoring_round"),
    Page("我的打分表（师傅）", LIST, "mentor", "growth:my-sheets", "scoring_round"),
    Page("我的打分表（街道）", LIST, "staff", "growth:my-sheets", "scoring_round"),
    Page("打分表", FORM, "mentor", "growth:sheet", "sheet"),
    Page("汇总", LIST, "staff", "growth:round-moderate", "moderating_round"),
    Page("一个人的汇总", DETAIL, "staff", "growth:assessed-moderate", "moderated"),
    Page("考核结果（学员）", DETAIL, "apprentice", "growth:result-detail", "assessed"),
    Page("我的考核结果", LIST, "apprentice", "growth:my-results"),
)
