"""Personal data of residents at rest: encrypted, masked where it is shown, found again without being read.

Names and phone numbers of residents stand in one table only (`Resident`), encrypted with the first of the
keys in STUDIO_VAULT_KEYS; the others still open what was written earlier. `manage.py rotate_vault` writes
everything anew with the first key. Drafts of unsent forms are sealed as well: a form may hold what a
resident said.

Whoever needs a name asks people/actions/residents.py, which keeps on record who asked, when and why.
"""

import hashlib
import hmac
import json
import re
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

HIDDEN = "已隐去"
_STARS = "****"
# What people write between the figures of a number.
_NOISE = re.compile(r"[\s+()（）-]")


class Sealed(Exception):
    """No key opens this text: the key that wrote it is missing from STUDIO_VAULT_KEYS."""


@lru_cache(maxsize=4)
def _ring(keys):
    return MultiFernet([Fernet(key) for key in keys])


def ring():
    """The keys of the settings; the first one writes."""
    return _ring(tuple(settings.VAULT_KEYS))


def seal(value):
    """`value`, anything that JSON can hold, as a text that says nothing without a key."""
    return ring().encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()


def unseal(text):
    """What `seal` was given. Raises Sealed."""
    try:
        return json.loads(ring().decrypt(text.encode()))
    except InvalidToken:
        raise Sealed("no key of STUDIO_VAULT_KEYS opens this text") from None


def reseal(text):
    """The same content written with the first key."""
    try:
        return ring().rotate(text.encode()).decode()
    except InvalidToken:
        raise Sealed("no key of STUDIO_VAULT_KEYS opens this text") from None


def marks(text):
    """Keyed fingerprints of a name or a number, the writing key's first: equal texts are found by them."""
    plain = _NOISE.sub("", text).lower()
    if not plain:
        return []
    return [
        hmac.new(key.encode(), f"resident:{plain}".encode(), hashlib.sha256).hexdigest()[:32]
        for key in settings.VAULT_KEYS
    ]


def mark(text):
    """The fingerprint that is stored, or ""."""
    return next(iter(marks(text)), "")


def mask_name(name):
    """张三丰 → 张*, whatever the length."""
    return f"{name[:1]}*" if name else ""


def mask_phone(phone):
    """13812341234 → 138****1234; a shorter number keeps its last two figures."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if not digits:
        return ""
    return f"{digits[:3]}{_STARS}{digits[-4:]}" if len(digits) >= 11 else f"{_STARS}{digits[-2:]}"


class SealedField(models.TextField):
    """Anything that JSON can hold: encrypted in the database, plain in Python, never looked up."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else unseal(value) if value else {}

    def to_python(self, value):
        return unseal(value) if isinstance(value, str) and value else value

    def get_prep_value(self, value):
        if value is None:
            return None
        return "" if value in ({}, "") else seal(value)

    def value_to_string(self, obj):
        """`dumpdata` writes the sealed text."""
        return self.get_prep_value(self.value_from_object(obj))


def sealed_fields():
    """[(model, field name)] of everything that is encrypted at rest."""
    from django.apps import apps  # noqa: PLC0415  models import this module

    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    ]
