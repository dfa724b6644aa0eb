"""What mentors and apprentices do on their phones in the main job, from their first tap on."""


def first_time(person, address, *, size):
    """Scan the card, sign in with one tap, choose the size of the text; ends on the front page."""
    person.go(address).press("登录")
    person.arrives("哪一行看着最舒服？")
    person.page.locator(".size-line", has_text=size).filter(has_text="今天带教记好了").last.wait_for()
    person.press(size)
    assert person.heading.endswith("书记，您好")


def log_session(mentor, *, note, topic, task):
    """All five were there; one thing is left for them to do."""
    mentor.go("/").follow("记一次带教")
    boxes = mentor.page.locator("[name=present]")
    assert boxes.count() == 5
    if any(not box.is_checked() for box in boxes.all()):
        mentor.page.get_by_role("button", name="全组").click()
    mentor.tick(topic).write("说一说", note)
    mentor.page.locator("summary", has_text="再补充几样").click()
    mentor.write("第1件事", task).press("提交记录")
    mentor.arrives("记好了")


def write_reflection(apprentice, *, learned, session):
    """写心得 from the front page; the latest session is chosen already."""
    apprentice.go("/").follow("写心得")
    chosen = apprentice.page.get_by_label("是哪一次带教").locator("option:checked")
    assert session in chosen.inner_text()
    apprentice.write("学到", learned).press("交心得").sees(learned)


def submit_case(apprentice, *, title, story, ways, question, wanted):
    """The five pages; ends on 核对."""
    apprentice.go("/").follow("提交疑难案例")
    apprentice.arrives("遇到了什么事？")
    apprentice.write("一句话", title).write("事情经过", story).press("下一步")
    apprentice.arrives("属于哪一类？")
    apprentice.tick("加装电梯", "这周内").press("下一步")
    for number, (way, result) in enumerate(ways, start=1):
        apprentice.page.locator(f"[name=way_{number}]").fill(way)
        apprentice.page.locator(f"[name=result_{number}]").fill(result)
    apprentice.press("下一步").write("想问的问题", question).tick(*wanted).press("下一步")
    apprentice.arrives("有材料吗？（选填）")
    apprentice.write("居民1的称呼", "一楼周阿姨").write("居民1的电话", "13812345678").press("下一步")
    apprentice.arrives("请核对，没问题就提交")


def report(person, what, *, text, state="做好了"):
    """报复诊 on a step found in 待办."""
    person.do(what, action="报复诊").tick(state).write("现在什么情况", text).press("报复诊").sees(text)


def evaluate(person, title, *, result, best_move, axis):
    person.do(title, action="评一评疗效").tick(result).write("最管用的一招", best_move)
    person.tick(axis).press("评好了").sees(best_move)
