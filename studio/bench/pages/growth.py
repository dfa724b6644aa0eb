"""Growth files, reflections, methods."""

from .page import DETAIL, FILE, FORM, LIST, Page

PAGES = (
    Page("品牌项目", LIST, "staff", "growth:brand-list"),
    Page("品牌项目（区里）", LIST, "district", "growth:brand-list"),
    Page("成长档案（学员）", FILE, "apprentice", "growth:my-file"),
    Page("成长档案（师傅看）", FILE, "mentor", "growth:file-detail", "apprentice"),
    Page("成长档案（街道看）", FILE, "staff", "growth:file-detail", "apprentice"),
    Page("成长台账（街道）", LIST, "staff", "growth:file-list"),
    Page("成长台账（师傅）", LIST, "mentor", "growth:file-list"),
    Page("自评", FORM, "apprentice", "growth:rating-new"),
    Page("加一件接下来的事", FORM, "apprentice", "growth:next-step-new"),
    Page("心得（街道）", LIST, "staff", "growth:reflection-list"),
    Page("心得（师傅）", LIST, "mentor", "growth:reflection-list"),
    Page("心得（学员）", LIST, "apprentice", "growth:reflection-list"),
    Page("一篇心得", DETAIL, "mentor", "growth:reflection-detail", "reflection"),
    Page("写心得", FORM, "apprentice", "growth:reflection-new"),
    Page("工作法", LIST, "apprentice", "growth:method-list"),
    Page("一个工作法", DETAIL, "apprentice", "growth:method-detail", "method"),
)
