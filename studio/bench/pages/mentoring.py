"""Pairs, sessions, terms of classes."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("三个一", LIST, "staff", "mentoring:cadence-board"),
    Page("三个一（师傅）", LIST, "mentor", "mentoring:cadence-board"),
    Page("带教活动（街道）", LIST, "staff", "mentoring:session-list"),
    Page("带教活动（师傅）", LIST, "mentor", "mentoring:session-list"),
    Page("带教活动（学员）", LIST, "apprentice", "mentoring:session-list"),
    Page("一次带教（街道）", DETAIL, "staff", "mentoring:session-detail", "session"),
    Page("一次带教（师傅）", DETAIL, "mentor", "mentoring:session-detail", "session"),
    Page("带教的修改记录", DETAIL, "staff", "mentoring:session-history", "session"),
    Page("记一次带教", FORM, "mentor", "mentoring:session-new"),
    Page("代记带教", FORM, "staff", "mentoring:session-new", query="?group={group}"),
    Page("改一次带教", FORM, "staff", "mentoring:session-edit", "session"),
    Page("安排带教", FORM, "mentor", "mentoring:session-plan"),
    Page("日历（街道）", LIST, "staff", "mentoring:calendar", query="?view=list"),
    Page("日历按月（街道）", LIST, "staff", "mentoring:calendar", query="?view=month"),
    Page("日历（师傅）", LIST, "mentor", "mentoring:calendar"),
    Page("会议（街道）", LIST, "staff", "mentoring:meeting-list"),
    Page("会议（师傅）", LIST, "mentor", "mentoring:meeting-list"),
    Page("一次会议", DETAIL, "staff", "mentoring:meeting-detail", "meeting"),
    Page("师徒结对", LIST, "staff", "mentoring:pairing-list", query="?cohort={cohort}"),
    Page("我的结对", LIST, "mentor", "mentoring:pairing-list"),
    Page("一对师徒", DETAIL, "mentor", "mentoring:pairing-detail", "pairing"),
    Page("结对", FORM, "staff", "mentoring:pairing-new", query="?cohort={cohort}"),
    Page("调整结对", FORM, "staff", "mentoring:pairing-change", "pairing"),
    Page("期次", LIST, "staff", "mentoring:cohort-list"),
    Page("一个期次", DETAIL, "staff", "mentoring:cohort-detail", "cohort"),
    Page("教学基地", LIST, "staff", "mentoring:base-list"),
    Page("导入名册", FORM, "staff", "mentoring:roster-upload"),
)
