"""Hard cases."""

from .page import DETAIL, FORM, LIST, Page

PAGES = (
    Page("疑难案例（街道）", LIST, "staff", "casework:case-list"),
    Page("疑难案例（师傅）", LIST, "mentor", "casework:case-list"),
    Page("疑难案例（学员）", LIST, "apprentice", "casework:case-list"),
    Page("找案例", LIST, "staff", "casework:case-list", query="?q=电梯"),
    Page("会诊中的案例", DETAIL, "staff", "casework:case-detail", "consulting"),
    Page("执行药方的案例", DETAIL, "patient", "casework:case-detail", "treating"),
    Page("已结案的案例", DETAIL, "staff", "casework:case-detail", "closed"),
    Page("案例的修改记录", DETAIL, "staff", "casework:case-history", "closed"),
    Page("写案例", FORM, "sender", "casework:case-write", "submitted", (1,)),
    Page("写案例：材料和居民", FORM, "sender", "casework:case-write", "submitted", (5,)),
    Page("受理", FORM, "staff", "casework:case-triage", "submitted"),
    Page("提意见", FORM, "asked", "casework:case-consult", "consulting"),
    Page("开药方", FORM, "chair", "casework:case-prescribe", "consulting"),
    Page("一张药方", DETAIL, "patient", "casework:prescription-detail", "prescription"),
    Page("报复诊", FORM, "doer", "casework:step-followup", "step"),
    Page("看复诊", FORM, "judge", "casework:followup-judge", "report"),
    Page("去复诊", FORM, "judge", "casework:case-checkup", "treating"),
    Page("评疗效", FORM, "evaluator", "casework:case-close", "reviewing"),
    Page("会诊会（街道）", LIST, "staff", "casework:meeting-list"),
    Page("一个会诊会", DETAIL, "staff", "casework:meeting-detail", "consultation"),
    Page("主持会诊", FORM, "staff", "casework:meeting-host", "agenda_item"),
    Page("投屏", DETAIL, "staff", "casework:meeting-screen", "agenda_item"),
    Page("会诊纪要", DETAIL, "staff", "casework:meeting-minutes", "consultation"),
    Page("请外面的专家和部门", FORM, "staff", "casework:case-guests", "consulting"),
    Page("并到另一件", FORM, "staff", "casework:case-merge", "submitted"),
)
