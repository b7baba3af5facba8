"""The forms of Collect: one for each kind, with every language in it, as XForms made by `pyxform`.

Each says with which key Collect encrypts what is filled in, so each account has its own text.
"""

from __future__ import annotations

import base64
import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5
from typing import TYPE_CHECKING

import orjson
from django.conf import settings
from django.utils.translation import override

from intake.choices import for_phone
from intake.collect.questions import named, workbook
from intake.models import BoxKind
from intake.phones.kinds import for_role

if TYPE_CHECKING:
    from accounts.models import User
    from intake.models import Phone

PREFIX = "casework."
KEY, VERSION = "KEY-OF-THE-ACCOUNT", "VERSION-OF-THE-FORM"  # stand in a template for what follows


@dataclass(frozen=True)
class BlankForm:
    """As one account gets it."""

    kind: BoxKind
    version: str
    text: str

    @property
    def id(self) -> str:
        return f"{PREFIX}{self.kind.value}"


def kinds_of(phone: Phone) -> list[BoxKind]:
    """Those that the person of this account may fill in."""
    return [BoxKind(kind) for kind in for_role(phone.person)]


def kind_of(form_id: str) -> BoxKind | None:
    kind = form_id.removeprefix(PREFIX)
    return BoxKind(kind) if kind != form_id and kind in BoxKind.values else None


def blank(kind: BoxKind, phone: Phone) -> BlankForm:
    """Its version follows from its text: Collect keeps no two texts of one version apart."""
    text = template(kind, language_of(phone.person))
    text = text.replace(KEY, base64.b64encode(bytes(phone.key)).decode())
    version = digest(text)[:16]
    return BlankForm(kind, version, text.replace(VERSION, version))


def language_of(person: User) -> str:
    return person.language or settings.LANGUAGE_CODE


def template(kind: BoxKind, language: str) -> str:
    """The form in which this language comes first, in the words of the organisation."""
    names = dict(settings.LANGUAGES)
    with override(language):
        title = str(kind.label)
    form = {
        "form_title": title,
        "form_id": f"{PREFIX}{kind.value}",
        "version": VERSION,
        "default_language": named(language, names[language]),
        "public_key": KEY,
    }
    return _converted(orjson.dumps(workbook(kind) | {"settings": [form]}))


@lru_cache(len(BoxKind) * len(settings.LANGUAGES))
def _converted(sheets: bytes) -> str:
    from pyxform.xls2xform import convert  # noqa: PLC0415 - a fifth of a second that few need

    return str(convert(xlsform=orjson.loads(sheets), form_name="data").xform)


def places(person: User) -> str:
    """The places one can choose, that of the office first. Names of places, nothing of a case."""
    offered = for_phone(person)
    rows = sorted(offered["all"], key=lambda place: place["code"] != offered["home"])
    table = io.StringIO()
    csv.writer(table).writerows([("name", "label"), *((p["code"], p["name"]) for p in rows)])
    return table.getvalue()


def digest(text: str) -> str:
    """By which Collect compares what it has with what there is."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()
