"""三联单, 接待与走访, 楼栋党小组, and the register of what residents ask for."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("三联单", LIST, "staff", "casework:slip-list"),
    Page("一张三联单", DETAIL, "staff", "casework:slip-detail", "slip"),
    Page("登记群众点单", FORM, "staff", "casework:slip-new"),
    Page("派单", FORM, "staff", "casework:slip-send", "slip"),
    Page("接待与走访", LIST, "staff", "casework:visit-list"),
    Page("一次走访", DETAIL, "staff", "casework:visit-detail", "home_visit"),
    Page("记走访", FORM, "apprentice", "casework:visit-new"),
    Page("一本账", LIST, "staff", "casework:book"),
    Page("账上的一户", DETAIL, "staff", "casework:household-detail", "household"),
    Page("楼栋", LIST, "staff", "casework:building-list"),
    Page("一栋楼", DETAIL, "staff", "casework:building-detail", "building"),
    Page("楼栋党小组", LIST, "staff", "casework:group-list"),
    Page("一个党小组", DETAIL, "staff", "casework:group-detail", "building_group"),
    Page("谁看过居民信息", LIST, "staff", "people:reveal-list"),
    Page("居民的要求", LIST, "staff", "people:resident-request-list"),
)
