"""What is in a box: the fields of a form, as a page would have sent them, and files beside them.

The text of a box is a JSON object, `{"fields": {name: [value, …]}, "files": [{"field", "name",
"size"}, …]}`; after a line end follow the bytes of the files, in this order, then padding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.db import connection
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser

from casework.files.arriving import LONGEST_NAME
from casework.models import Case, Site
from core.access import CONTENT
from core.keys.crypto import Unreadable
from intake.models import Box, BoxKind, BoxPart
from intake.phones.keys import opened, place_of, seal
from intake.phones.kinds import case_named, reference_of
from intake.phones.manifest import MOST_PART

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User

MOST_FIELDS, MOST_VALUES, MOST_FILES = 1000, 500, 100  # files: as of a page
QUOTES = dict.fromkeys(map(ord, "\"'"), "_")


@dataclass(frozen=True)
class Enclosed:
    """A file, in this field of the form."""

    field: str
    name: str
    data: bytes | bytearray | memoryview


@dataclass(frozen=True)
class Entered:
    fields: QueryDict
    files: list[Enclosed]


def sealed(box: Box) -> bytearray:
    """The whole of it, as it was sent. A box may be large, and what the database answers takes
    several times as much: so a piece is asked for at a time."""
    parts, whole = BoxPart.objects.filter(box=box), bytearray()
    for at in list(parts.order_by("at").values_list("at", flat=True)):
        whole += parts.values_list("sealed", flat=True).get(at=at)
    return whole


def keep_sealed(box: Box, text: bytes) -> None:
    """Instead of what was in it, in pieces as a phone sends them."""
    BoxPart.objects.filter(box=box).delete()
    for at in range(0, len(text), MOST_PART):
        BoxPart.objects.create(box=box, at=at, sealed=text[at : at + MOST_PART])


def place(box: Box) -> bytes:
    return place_of(bytes(box.phone.fingerprint), box.pk, box.kind)


def entered(box: Box) -> Entered:
    """What was entered on the phone. Raises `Unreadable`, also where it says nothing of a form."""
    text = opened(sealed(box), place(box), box.key_number)
    end = text.find(b"\n") if b"\n" in text else len(text)
    try:
        content = orjson.loads(text[:end])
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
    return Entered(form, _files(content.get("files") or [], memoryview(text)[end + 1 :]))


def packed(fields: Mapping[str, Sequence[str]], files: list[Enclosed]) -> bytearray:
    """The text of a box that says this. Of `files` nothing is left: they may be large."""
    listed = [{"field": f.field, "name": f.name, "size": len(f.data)} for f in files]
    text = bytearray(orjson.dumps({"fields": fields, "files": listed}) + b"\n")
    while files:
        text += files.pop(0).data
    return text


def seal_anew(box: Box, text: bytearray) -> None:
    """Instead of what was in it; its row is kept by whoever calls. Of `text` nothing is left."""
    box.key_number, anew = seal(text, place(box))
    text.clear()
    keep_sealed(box, anew)
    box.size = box.have = len(anew)


def _are_texts(values: object) -> bool:
    if not isinstance(values, list) or len(values) > MOST_VALUES:
        return False
    return all(isinstance(value, str) for value in values)


def _files(entries: object, rest: memoryview) -> list[Enclosed]:
    files, at = [], 0
    try:
        for entry in _listed(entries):
            field, name, size = str(entry["field"]), str(entry["name"]), int(entry["size"])
            if not 0 <= size <= len(rest) - at:
                raise ValueError
            files.append(Enclosed(field, file_name(name), rest[at : at + size]))
            at += size
    except (TypeError, KeyError, ValueError):
        raise Unreadable("the box does not hold its files") from None
    return files


def _listed(entries: object) -> list[Any]:
    """All of them: of what is in a box nothing is left out."""
    if not isinstance(entries, list) or len(entries) > MOST_FILES:
        raise ValueError
    return entries


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
    return _chosen(form)


def _chosen(form: QueryDict) -> tuple[set[UUID], set[UUID]]:
    """Of a rescue, the cases and the sites where it happened."""
    kind, _colon, value = form.get("place", "").partition(":")
    sites = {_id(text) for text in form.getlist("more_sites")}
    sites |= {_id(value)} if kind == "site" else set()
    cases = {_id(value)} if kind == "case" else set()
    return {pk for pk in cases if pk}, {pk for pk in sites if pk}


def cases_meant(box: Box, form: QueryDict) -> list[tuple[UUID, bytes]]:
    """The office of each case that it names, and the digest of its id; also where that is closed to
    its writer: the person who may have moved, or the case."""
    chosen = _chosen(form) if box.kind == BoxKind.RESCUE else ((), ())
    text = "" if box.kind == BoxKind.RESCUE else reference_of(form)
    cases, sites = (list(map(str, ids)) for ids in chosen)
    with connection.cursor() as cursor:
        cursor.execute(
            "select office, of_case from intake_cases_meant(%s::uuid[], %s::uuid[], %s)",
            [cases, sites, text],
        )
        return [(office, bytes(of_case)) for office, of_case in cursor.fetchall()]


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
