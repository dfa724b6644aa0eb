"""People, cards, settings."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("人员名册", LIST, "staff", "people:person-list"),
    Page("一个人", DETAIL, "staff", "people:person-detail", "apprentice"),
    Page("加一个人", FORM, "staff", "people:person-new"),
    Page("登录卡", LIST, "staff", "people:card-list"),
    Page("居民区", LIST, "staff", "people:neighbourhood-list"),
    Page("选项", DETAIL, "staff", "people:options"),
    Page("选项：带教", FORM, "staff", "people:options-part", more=("mentoring",)),
    Page("我的", DETAIL, "mentor", "people:me"),
    Page("通知", LIST, "mentor", "people:notice-list"),
    Page("意见建议", LIST, "staff", "people:feedback-list"),
    Page("找回", LIST, "staff", "people:removed-list"),
    Page("帮助", DETAIL, "mentor", "people:help"),
)
