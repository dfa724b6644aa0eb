"""案例库, 搜索, 课题."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("案例库", LIST, "staff", "casework:library-list"),
    Page("案例库（学员）", LIST, "apprentice", "casework:library-list"),
    Page("一个入库案例", DETAIL, "apprentice", "casework:library-detail", "library"),
    Page("入库", FORM, "staff", "casework:case-publish", "closed"),
    Page("搜索", LIST, "staff", "studio:search", query="?q=电梯"),
    Page("搜索（学员）", LIST, "apprentice", "studio:search", query="?q=电梯"),
    Page("课题", LIST, "staff", "casework:topic-list"),
    Page("一个课题", DETAIL, "mentor", "casework:topic-detail", "topic"),
)
