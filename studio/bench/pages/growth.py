"""Growth files, reflections, methods."""

from .page import DETAIL, FILE, FORM, LIST, Page

PAGES = (
    Page("品牌项目", LIST, "staff", "growth:brand-list"),
    Page("品牌项目（区里）", LIST, "district", "growth:brand-list"),
    Page("成长档案（学员）", FILE, "apprentice", "growth:my-file"),
    Page("成长档案（师傅看）", FILE, "mentor", "growth:file-detail", "apprentice"),
    Page("成长档案（街道看）", FILE, "staff", "growth:file-detail", "apprentice"),
    Page("成长档案（十年5000条）", FILE, "staff", "growth:file-detail", "veteran"),
    Page("打印成册", FILE, "apprentice", "growth:file-print", "apprentice"),
    Page("短板和目标", DETAIL, "apprentice", "growth:my-aims"),
    Page("一个半年目标", DETAIL, "mentor", "growth:aim-detail", "aim"),
    Page("定一个半年目标", FORM, "apprentice", "growth:aim-new"),
    Page("学习笔记（街道）", LIST, "staff", "growth:note-list"),
    Page("学习笔记（学员）", LIST, "apprentice", "growth:note-list"),
    Page("一篇学习笔记", DETAIL, "mentor", "growth:note-detail", "note"),
    Page("写学习笔记", FORM, "apprentice", "growth:note-new"),
    Page("纸质笔记本", LIST, "staff", "growth:notebook-list"),
    Page("一页纸质笔记", FORM, "staff", "growth:notebook-detail", "notebook_page"),
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
