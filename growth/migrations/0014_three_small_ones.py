"""One more method of the reports: 微自治、微清单、微文化."""

from django.db import migrations

from people import migrating

NAME = "三微"
TEXTS = {
    "summed_up_by": "各地社区",
    "summary": "微自治、微清单、微文化，从身边的小事做起。",
    "steps": [
        "微自治：一个楼道、一块空地，由用它的人自己议自己管",
        "微清单：要办的事列成一张短单子，贴出来，办一件划一件",
        "微文化：一面墙、一个角落，请居民自己来布置",
    ],
    "fits": "大家肯动手、又怕事情太大办不成的时候",
}


def ship(apps, schema_editor):
    apps.get_model("growth", "Method").objects.get_or_create(studio=None, name=NAME, defaults=TEXTS)


def take_back(apps, schema_editor):
    apps.get_model("growth", "Method").objects.filter(studio=None, name=NAME).delete()


class Migration(migrating.Migration):
    dependencies = [("growth", "0013_methods_that_worked")]
    operations = [migrations.RunPython(ship, take_back)]
