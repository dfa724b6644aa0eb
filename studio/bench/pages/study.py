"""问师傅, 专项跟进, 观摩, 做法, 情景党课."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("问师傅（街道）", LIST, "staff", "mentoring:question-list"),
    Page("问师傅（师傅）", LIST, "mentor", "mentoring:question-list"),
    Page("问师傅（学员）", LIST, "apprentice", "mentoring:question-list"),
    Page("一个请教", DETAIL, "staff", "mentoring:question-detail", "question"),
    Page("问一件事", FORM, "apprentice", "mentoring:question-new"),
    Page("专项看板", LIST, "staff", "mentoring:campaign-detail", "campaign"),
    Page("一个居民区的跟进", DETAIL, "staff", "mentoring:matter-detail", "matter"),
    Page("观摩", LIST, "staff", "mentoring:visit-list"),
    Page("一次观摩", DETAIL, "staff", "mentoring:visit-detail", "visit"),
    Page("安排观摩", FORM, "staff", "mentoring:visit-new"),
    Page("做法", LIST, "apprentice", "mentoring:practice-list"),
    Page("一个做法", DETAIL, "apprentice", "mentoring:practice-detail", "practice"),
    Page("情景党课", LIST, "mentor", "mentoring:scene-list"),
    Page("一个情景党课", DETAIL, "mentor", "mentoring:scene-detail", "scene"),
    Page("一次演出", DETAIL, "mentor", "mentoring:performance-detail", "performance"),
)
