"""帮助: the telephone number first, then six cards, by role."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..contact import studio_for

# (icon, heading, one or two sentences)
PHONE_IN = ("qr-code-scan", "怎么登录", "用微信扫一扫登录卡，点“登录”。以后用同一个微信打开，就不用再登了。")
BIGGER = ("type", "字太小", "点每一页上面的“字号”，挑一个看着舒服的。哪一页都能换。")
AGAIN = ("bookmark", "怎么再找到这里", "登录卡背面有网址。也可以在微信里把这一页收藏起来。")
SPEAK = ("mic", "不想打字", "点一下框，再点键盘上的话筒，说出来就行。说完还能改。")
KEPT = ("save", "写到一半走开了", "写的都存着。回到首页，点“接着写”。")
UNDO = ("arrow-counterclockwise", "记错了", "打开那条记录点“改”。去掉的，30天内能在“我的 · 找回”里找回来。")
CASE = ("clipboard-plus", "遇到难题", "点“疑难案例”，分几步写清楚，大家一起会诊，开出药方。")
FILE = ("journal-text", "看成长档案", "带教、心得、会诊都自动记在里面，不用再填一遍。")
ROSTER = ("people", "加人", "点“设置 · 人员”，一位一位加，或者把整张名单粘贴进来。")
CARD = ("credit-card", "给人发登录卡", "在人员名册里点一下人名，再点“打印登录卡”。一张A4印8张。")
PROXY = ("telephone", "替师傅记", "师傅打电话说了带教的事，您可以代记，师傅看到后点“对”就行。")
REPORT = ("file-earmark-text", "要数字", "每个数都来自记录，点数字就能看到是哪几条。")
VIEW = ("building", "看各街道", "区级总览里按街道看在做什么、卡在哪。这里不排名次。")
OPINION = ("chat-left-text", "提意见", "点开链接，写下您的主意，交上去就好。别人的要等您写完才看得到。")

CARDS = {
    "staff": (ROSTER, CARD, PROXY, REPORT, UNDO, BIGGER),
    "mentor": (PHONE_IN, SPEAK, KEPT, UNDO, BIGGER, AGAIN),
    "apprentice": (PHONE_IN, FILE, CASE, KEPT, UNDO, BIGGER),
    "district": (VIEW, REPORT, PHONE_IN, BIGGER, AGAIN, UNDO),
    "consultant": (OPINION, PHONE_IN, SPEAK, KEPT, BIGGER, AGAIN),
}
WITHOUT_ROLE = (PHONE_IN, SPEAK, KEPT, UNDO, BIGGER, AGAIN)


@login_not_required
@require_safe
def help_page(request):
    desks = request.standing.desks if request.user.is_authenticated else []
    desk = request.session.get("desk") if request.user.is_authenticated else ""
    desk = desk if desk in desks else next(iter(desks), "")
    context = {"studio": studio_for(request), "cards": CARDS.get(desk, WITHOUT_ROLE)}
    return render(request, "people/help.html", context)
