"""What is in a box: the fields of a form, as a page would have sent them, and files beside them.

The text of a box is a JSON object, `{"fields": {name: [value, …]}, "files": [{"field", "name",
"size"}, …]}`; after a line end follow the bytes of the files, in this order, then padding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser

from casework.files.arriving import LONGEST_NAME
from casework.models import Case, Site
from core.access import CONTENT
from core.keys.crypto import Unreadable
from intake.models import Box, BoxKind, BoxPart
from intake.phones.keys import opened, place_of, seal
from intake.phones.kinds import case_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User

MOST_FIELDS, MOST_VALUES, MOST_FILES = 100, 500, 20
QUOTES = dict.fromkeys(map(ord, "\"'"), "_")


@dataclass(frozen=True)
class Enclosed:
    """A file, in this field of the form."""

    field: str
    name: str
    data: bytes


@dataclass(frozen=True)
class Entered:
    fields: QueryDict
    files: list[Enclosed]


def sealed(box: Box) -> bytes:
    """The whole of it, as it was sent."""
    parts = BoxPart.objects.filter(box=box).order_by("at").values_list("sealed", flat=True)
    return b"".join(map(bytes, parts))


def place(box: Box) -> bytes:
    return place_of(bytes(box.phone.fingerprint), box.pk, box.kind)


def entered(box: Box) -> Entered:
    """What was entered on the phone. Raises `Unreadable`, also where it says nothing of a form."""
    head, _end, rest = opened(sealed(box), place(box), box.key_number).partition(b"\n")
    try:
        content = orjson.loads(head)
    except orjson.JSONDecodeError:
        raise Unreadable("the box holds no form") from None
    fields = content.get("fields") if isinstance(content, dict) else None
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise Unreadable("the box holds no form")
    form = QueryDict(mutable=True)
    for name, values in fields.items():
        if not _are_texts(values):
            raise Unreadable("the box holds no form")
        form.setlist(name, values)
    form.pop("csrfmiddlewaretoken", None)
    return Entered(form, _files(content.get("files") or [], rest))


def packed(fields: Mapping[str, Sequence[str]], files: Sequence[Enclosed]) -> bytes:
    """The text of a box that says this."""
    listed = [{"field": f.field, "name": f.name, "size": len(f.data)} for f in files]
    head = orjson.dumps({"fields": fields, "files": listed})
    return b"".join([head, b"\n", *(file.data for file in files)])


def seal_anew(box: Box, text: bytes) -> None:
    """Instead of what was in it; its row is kept by whoever calls."""
    box.key_number, anew = seal(text, place(box))
    BoxPart.objects.filter(box=box).delete()
    BoxPart.objects.create(box=box, at=0, sealed=anew)
    box.size = box.have = len(anew)


def _are_texts(values: object) -> bool:
    if not isinstance(values, list) or len(values) > MOST_VALUES:
        return False
    return all(isinstance(value, str) for value in values)


def _files(entries: object, rest: bytes) -> list[Enclosed]:
    files, at = [], 0
    try:
        for entry in entries[:MOST_FILES]:  # type: ignore[index]
            field, name, size = str(entry["field"]), str(entry["name"]), int(entry["size"])
            if not 0 <= size <= len(rest) - at:
                raise ValueError
            files.append(Enclosed(field, file_name(name), rest[at : at + size]))
            at += size
    except (TypeError, KeyError, ValueError):
        raise Unreadable("the box does not hold its files") from None
    return files


def file_name(text: str) -> str:
    """As of what a page sends, without quotes: it stands in headers and is read by people."""
    parser: Any = MultiPartParser
    name = parser.sanitize_file_name(None, text) or "1"
    return str(name).translate(QUOTES)[-LONGEST_NAME:]


def named(box: Box, form: QueryDict, reader: User) -> tuple[set[UUID], set[UUID]]:
    """The cases and the sites that it names; by its reference a case that is open to the reader."""
    if box.kind != BoxKind.RESCUE:
        case = case_named(form, reader)
        return {case.pk} if case else set(), set()
    kind, _colon, value = form.get("place", "").partition(":")
    sites = {_id(text) for text in form.getlist("more_sites")}
    sites |= {_id(value)} if kind == "site" else set()
    cases = {_id(value)} if kind == "case" else set()
    return {pk for pk in cases if pk}, {pk for pk in sites if pk}


def is_open(box: Box, form: QueryDict, reader: User) -> bool:
    """Whether every case and site that it names is open to this person.

    What names no case that is here is open to its writer alone: nobody else can know whether it is
    about one that is closed to them.
    """
    cases, sites = named(box, form, reader)
    if box.kind != BoxKind.RESCUE and not cases:
        return bool(box.phone.person_id == reader.pk)
    seen = Site.objects.visible_to(reader).filter(pk__in=sites).count()
    known = Case.objects.visible_to(reader).filter(pk__in=cases)
    read = sum(reader.scope.reaches(case, CONTENT) for case in known)
    return (seen, read) == (len(sites), len(cases))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
