"""Every main page, who opens it, and the bounds it keeps."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.encoding import iri_to_uri

from .scene import Scene

# What a page may cost at most, as a multiple of the floor's CPU time.
BOUNDS = {"列表": 15, "详情": 18, "表单": 16, "档案": 18}
MOST_GROWTH, MOST_QUERIES = 1.3, 12
LIST, DETAIL, FORM, FILE = BOUNDS


@dataclass(frozen=True)
class Page:
    """`view` as in reverse(); `row` names what it is about in the scene; `query` follows the address."""

    label: str
    kind: str
    person: str
    view: str
    row: str = ""
    more: tuple = ()
    query: str = ""

    def path(self, scene: Scene) -> str:
        args = (scene.rows[self.row].pk, *self.more) if self.row else self.more
        query = self.query.format(**{name: row.pk for name, row in scene.rows.items()})
        return iri_to_uri(reverse(self.view, args=args) + query)


PAGES = (
    Page("工作台", LIST, "staff", "studio:home"),
    Page("师傅首页", LIST, "mentor", "studio:home"),
    Page("学员首页", LIST, "apprentice", "studio:home"),
    Page("会诊专家首页", LIST, "guest", "studio:home"),
    Page("区级总览", LIST, "district", "studio:overview"),
    Page("区里看一个街道", DETAIL, "district", "studio:overview-street", "street"),
    Page("待办（街道）", LIST, "staff", "studio:todo"),
    Page("待办（师傅）", LIST, "mentor", "studio:todo"),
    Page("待办（学员）", LIST, "apprentice", "studio:todo"),
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
    Page("师徒结对", LIST, "staff", "mentoring:pairing-list", query="?cohort={cohort}"),
    Page("我的结对", LIST, "mentor", "mentoring:pairing-list"),
    Page("一对师徒", DETAIL, "mentor", "mentoring:pairing-detail", "pairing"),
    Page("结对", FORM, "staff", "mentoring:pairing-new", query="?cohort={cohort}"),
    Page("调整结对", FORM, "staff", "mentoring:pairing-change", "pairing"),
    Page("期次", LIST, "staff", "mentoring:cohort-list"),
    Page("一个期次", DETAIL, "staff", "mentoring:cohort-detail", "cohort"),
    Page("教学基地", LIST, "staff", "mentoring:base-list"),
    Page("导入名册", FORM, "staff", "mentoring:roster-upload"),
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
    Page("登录", FORM, "", "account_login"),
)
