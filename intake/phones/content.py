"""What is in a box of a rescue: the fields of its form, as a page would have sent them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from django.http import QueryDict

from casework.models import Case, Site
from core.access import CONTENT
from core.crypto import Unreadable
from intake.models import Box, BoxPart
from intake.phones.keys import opened, place_of

if TYPE_CHECKING:
    from accounts.models import User

MOST_FIELDS, MOST_VALUES = 100, 500


def sealed(box: Box) -> bytes:
    """The whole of it, as it was sent."""
    parts = BoxPart.objects.filter(box=box).order_by("at").values_list("sealed", flat=True)
    return b"".join(map(bytes, parts))


def place(box: Box) -> bytes:
    return place_of(bytes(box.phone.fingerprint), box.pk, box.kind)


def entered(box: Box) -> QueryDict:
    """What was entered on the phone. Raises `Unreadable`, also where it says nothing of a form."""
    try:
        said = orjson.loads(opened(sealed(box), place(box), box.key_number))
    except orjson.JSONDecodeError:
        raise Unreadable("the box holds no form") from None
    fields = said.get("fields") if isinstance(said, dict) else None
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise Unreadable("the box holds no form")
    form = QueryDict(mutable=True)
    for name, values in fields.items():
        if not _are_texts(values):
            raise Unreadable("the box holds no form")
        form.setlist(name, values)
    form.pop("csrfmiddlewaretoken", None)
    return form


def _are_texts(values: object) -> bool:
    if not isinstance(values, list) or len(values) > MOST_VALUES:
        return False
    return all(isinstance(value, str) for value in values)


def named(form: QueryDict) -> tuple[set[UUID], set[UUID]]:
    """The cases and the sites that it names."""
    kind, _colon, value = form.get("place", "").partition(":")
    sites = {_id(text) for text in form.getlist("more_sites")}
    sites |= {_id(value)} if kind == "site" else set()
    cases = {_id(value)} if kind == "case" else set()
    return {pk for pk in cases if pk}, {pk for pk in sites if pk}


def is_open(form: QueryDict, reader: User) -> bool:
    """Whether every case and site that it names is open to this person."""
    cases, sites = named(form)
    seen = Site.objects.visible_to(reader).filter(pk__in=sites).count()
    known = Case.objects.visible_to(reader).filter(pk__in=cases)
    read = sum(reader.scope.reaches(case, CONTENT) for case in known)
    return (seen, read) == (len(sites), len(cases))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
