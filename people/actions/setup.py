"""The first steps of an empty studio: its places, its two studios, the first staff account."""

import difflib

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from ..forms.dress import MobileField
from ..models import Membership, Person, Street, Studio
from ..roles import Role
from .places import load_shipped

_STREET_ENDINGS = ("街道办事处", "街道办", "街道", "镇人民政府", "镇政府", "镇", "乡")


@transaction.atomic
def first_staff(*, name, mobile, password, street_name, district_name):
    """The first person of an empty database. Raises ValidationError with Chinese sentences."""
    if not Street.objects.exists():
        load_shipped()
    street = find_street(street_name, district_name)
    person = _account(name, mobile, password)
    head = Studio.objects.filter(
        level=Studio.Level.DISTRICT, children__street__district=street.district
    ).first()
    head = head or create_studio(
        level=Studio.Level.DISTRICT, name=f"{street.district}书记工作室", contact_name=person.called,
        contact_phone=person.mobile,
    )  # fmt: skip
    studio = Studio.objects.filter(street=street).first() or create_studio(
        level=Studio.Level.STREET, name=f"{street.name}书记工作室", street=street, parent=head,
        contact_name=person.called, contact_phone=person.mobile,
    )  # fmt: skip
    Membership.objects.create(studio=studio, person=person, role=Role.STAFF)
    return person


@transaction.atomic
def district_viewer(*, name, mobile, password, district_name):
    """An account that views the district's studio and its streets. Raises ValidationError with sentences."""
    heads = Studio.objects.filter(level=Studio.Level.DISTRICT)
    head = heads.filter(children__street__district=district_name.strip()).first()
    if head is None:
        raise ValidationError(
            f"“{district_name}”还没有工作室。请先加这个区的一个街道：python3 manage.py add_staff"
        )
    person = _account(name, mobile, password)
    Membership.objects.create(studio=head, person=person, role=Role.DISTRICT)
    return person


def _account(name, mobile, password):
    person = Person(name=name.strip(), mobile=MobileField().clean(mobile))
    person.set_password(password)
    person.full_clean()
    validate_password(password, person)
    person.save()
    return person


@transaction.atomic
def create_studio(*, level, name, contact_phone, street=None, parent=None, brand_name="", contact_name=""):
    """A studio with the usual rules (see the defaults of the model)."""
    studio = Studio(
        level=level,
        name=name,
        street=street,
        parent=parent,
        brand_name=brand_name,
        contact_name=contact_name,
        contact_phone=contact_phone,
    )
    studio.full_clean()
    studio.save()
    return studio


def find_street(name, district=""):
    """The street that is meant: 「石泉路」, 「石泉路街道办」 and 「石泉路街道」 are one.

    Raises ValidationError that names near ones.
    """
    wanted, area = _street_stem(name), district.strip().removesuffix("区").removesuffix("县")
    streets = list(Street.objects.all())
    inside = [
        s for s in streets if not area or area in (s.district.removesuffix("区"), s.city.removesuffix("市"))
    ]
    if not inside:
        districts = "、".join(sorted({street.district for street in streets}))
        raise ValidationError(f"名单里没有“{district}”。现在有：{districts}。{_ADD_A_LIST}")
    found = [street for street in inside if _street_stem(street.name) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(f"“{name}”不止一处，请把区的名称写全")
    near = _near(wanted, inside)
    if near:
        raise ValidationError(f"没找到“{name}”，是不是{'或'.join(f'“{one}”' for one in near)}")
    raise ValidationError(f"没找到“{name}”。{_ADD_A_LIST}")


_ADD_A_LIST = "要加别的地方，请先运行 python3 manage.py load_places 名单文件"


def _street_stem(name):
    name = "".join(name.split())
    for ending in _STREET_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name


def _near(stem, streets):
    by_stem = {_street_stem(street.name): street.name for street in streets}
    close = difflib.get_close_matches(stem, by_stem, n=3, cutoff=0.5)
    close += [other for other in by_stem if other not in close and stem and (stem in other or other in stem)]
    return [by_stem[other] for other in close[:3]]
