"""结对的经过, 带教计划, 四训, 培养晋级, 任职 and 培养成果."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("结对的经过", DETAIL, "staff", "mentoring:pairing-story", "teacher"),
    Page("师傅离开", FORM, "staff", "mentoring:mentor-leaving", "teacher"),
    Page("怎么带", FORM, "staff", "mentoring:pairing-kind", "pairing"),
    Page("带教计划（全期）", LIST, "staff", "mentoring:course-plan", query="?cohort={cohort}"),
    Page("带教计划（一组）", LIST, "mentor", "mentoring:course-plan"),
    Page("缺啥补啥", DETAIL, "apprentice", "mentoring:course-mine"),
    Page("应知必会", LIST, "staff", "mentoring:topic-list"),
    Page("请谁参加培训", FORM, "staff", "mentoring:training-list-invite", "cohort", ("class", "lift")),
    Page("培养晋级（街道）", LIST, "staff", "mentoring:advancement-list"),
    Page("一份培养晋级", DETAIL, "staff", "mentoring:advancement-detail", "packet"),
    Page("提培养晋级", FORM, "staff", "mentoring:advancement-new", "apprentice"),
    Page("任职和荣誉", DETAIL, "staff", "growth:career", "apprentice"),
    Page("培养成果", LIST, "staff", "growth:outcome-list"),
)
