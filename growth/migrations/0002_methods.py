"""The methods of the five reports (DOMAIN: Methods), shipped for every studio. Texts are starting points to edit upon."""

from django.db import migrations

from people import migrating

METHODS = [
    (
        "五必工作法",
        "泉+书记工作室",
        "五必访、五必问、五必记，把每个居民区的关键人记成“一本账”。",
        ["必访：每月把该走的人家走到", "必问：问难处、问意见、问打算", "必记：当天记下，事后有回音"],
        "刚到一个居民区，人头还不熟的时候",
    ),
    (
        "四心工作法",
        "泉+书记工作室",
        "核心在支部、专心抓自治、热心办实事、真心换民心。",
        ["核心在支部：先把支部班子拢起来", "专心抓自治：让居民自己议、自己管", "热心办实事：一件一件办出结果", "真心换民心：常来常往，说话算话"],
        "班子不齐、居民不信任的时候",
    ),
    (
        "三法",
        "泉+书记工作室",
        "自治共治法、凝心聚力法、服务群众法。",
        ["自治共治法：把各方请到一张桌上", "凝心聚力法：找到大家都在意的一件事", "服务群众法：先解难，再讲理"],
        "一件事牵涉几方、谁都不肯先让的时候",
    ),
    (
        "六维关怀",
        "观摩学习带回的做法",
        "在人一生的六个节点上，社区都有一份心意。",
        ["添丁、新婚、乔迁各有一份小礼", "升学送一支笔", "重病、遇难有人上门", "礼轻，但要亲手送到"],
        "小区分散、居民彼此不认识的时候",
    ),
    (
        "象霞工作法",
        "象霞书记工作室",
        "一对一带教，人人有台账，一社一品牌。",
        ["一对一结对，手把手带", "每个人一本台账，一步一记", "年初定一个突破项目，年底比一比"],
        "要在几年里带出一批人的时候",
    ),
    (
        "屋场恳谈会",
        "各地社区",
        "把会开到居民家门口，拉家常一样议事。",
        ["选楼道口、院子这样大家顺脚的地方", "先听，不急着答", "当场能定的当场定，定不了的说清几号前回音"],
        "居民不愿进会议室、意见散的时候",
    ),
    (
        "敲门问需",
        "各地社区",
        "一户一户敲门，把需要问到人。",
        ["两人一组，避开饭点", "只问三样：难处、意见、能帮忙的事", "回来当天归类，三天内给第一个回音"],
        "要做一件家家有关的事之前",
    ),
]


def ship(apps, schema_editor):
    method = apps.get_model("growth", "Method")
    for name, summed_up_by, summary, steps, fits in METHODS:
        method.objects.get_or_create(
            studio=None,
            name=name,
            defaults={"summed_up_by": summed_up_by, "summary": summary, "steps": steps, "fits": fits},
        )


def take_back(apps, schema_editor):
    apps.get_model("growth", "Method").objects.filter(studio=None, name__in=[row[0] for row in METHODS]).delete()


class Migration(migrating.Migration):
    dependencies = [("growth", "0001_initial")]
    operations = [migrations.RunPython(ship, take_back)]
