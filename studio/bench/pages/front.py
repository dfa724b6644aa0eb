"""The front desk and the sign-in."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("卡住的", LIST, "staff", "studio:stuck"),
    Page("工作台", LIST, "staff", "studio:home"),
    Page("师傅首页", LIST, "mentor", "studio:home"),
    Page("学员首页", LIST, "apprentice", "studio:home"),
    Page("会诊专家首页", LIST, "guest", "studio:home"),
    Page("区级总览", LIST, "district", "studio:overview"),
    Page("区里看一个街道", DETAIL, "district", "studio:overview-street", "street"),
    Page("待办（街道）", LIST, "staff", "studio:todo"),
    Page("待办（师傅）", LIST, "mentor", "studio:todo"),
    Page("待办（学员）", LIST, "apprentice", "studio:todo"),
    Page("登录", FORM, "", "account_login"),
)
