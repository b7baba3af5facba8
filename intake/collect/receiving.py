"""What Collect submits becomes a box, once all of it is here, and is settled like one.

The files of a submission may come in several requests. Until the last is here they lie as they
came, each as the piece of its place in the envelope; then they are opened, and sealed as a box to
the field keys. The id of the instance is that of the box, so what is sent again changes nothing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import F, Func, Sum
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.keys import crypto
from core.refusals import gettext as _
from intake.collect.encryption import Envelope, NoForm, Opened, local, opened, unwrapped
from intake.collect.questions import FILES, fields
from intake.collect.xforms import kind_of
from intake.models import Box, BoxPart, BoxState, Phone
from intake.phones.arriving import Refusal, claim, require_room
from intake.phones.content import MOST_VALUES, Enclosed, packed, seal_anew
from intake.phones.manifest import FIRST_YEAR, LAST_YEAR, MOST_BOX
from intake.phones.services.boxes import settle

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def too_large() -> Refusal:
    return Refusal(413, _("A box of this kind cannot be this large."))


def receive(
    phone: Phone, envelope: Envelope, raw: bytes, files: dict[str, bytes], sent_at: datetime
) -> Box:
    """Keep what came; of the last, settle the whole. Of `files` nothing is left.

    Raises `Refusal`, `NoForm`, `OtherKey`.
    """
    secret, private = unwrapped(envelope, _keys(phone))
    if (kind := kind_of(envelope.form)) is None:
        raise NoForm
    fixed = {"kind": kind, "digest": sha256(raw).digest()}
    first = {"key_number": crypto.key_numbers()[0], "size": len(raw)}
    box = claim(phone, envelope.id, fixed, first | {"written_at": sent_at, "sent_at": sent_at})
    if box.state != BoxState.ARRIVING:
        return box
    if (parts := _whole(box, envelope, files, sent_at)) is None:
        return box
    _seal(box, opened(envelope, parts, secret, private))
    settle(box)
    return box


def _whole(
    box: Box, envelope: Envelope, files: dict[str, bytes], sent_at: datetime
) -> dict[str, bytes] | None:
    """All its files, once they are here. What came at once is not laid down before."""
    if all(name in files for name in envelope.files):
        parts = {name: files.pop(name) for name in envelope.files}
        _require_size(box, sum(map(len, parts.values())))
        box.sent_at = sent_at
        return parts
    _keep(box, envelope, files, sent_at)
    files.clear()
    pieces = dict(BoxPart.objects.filter(box=box).values_list("at", "sealed"))
    if len(pieces) < len(envelope.files):
        return None
    return {name: bytes(pieces.pop(at)) for at, name in enumerate(envelope.files)}


def _keys(phone: Phone) -> list[str]:
    """Of all accounts of the person: what was filled in with the last one is sent with the next."""
    own = Phone.objects.filter(person=phone.person_id, private__isnull=False)
    others = own.exclude(pk=phone.pk).order_by("-created_at")
    return [str(row.private) for row in (phone, *others)]


def _keep(box: Box, envelope: Envelope, files: Mapping[str, bytes], sent_at: datetime) -> None:
    """Those that are named. What comes again takes the place of what may have broken off."""
    new = [
        BoxPart(box=box, at=at, sealed=files[name])
        for at, name in enumerate(envelope.files)
        if name in files
    ]
    kept = BoxPart.objects.filter(box=box)
    kept.filter(at__in=[part.at for part in new]).delete()
    BoxPart.objects.bulk_create(new)
    length = Sum(Func(F("sealed"), function="length"))
    _require_size(box, kept.aggregate(bytes=length)["bytes"] or 0)
    box.have, box.sent_at = box.size, sent_at
    box.keep("size", "have", "sent_at")


def _require_size(box: Box, size: int) -> None:
    if size > MOST_BOX:
        raise too_large()
    box.size = size
    require_room(box)


def _seal(box: Box, content: Opened) -> None:
    """From here on it is a box like any other."""
    answers: dict[str, list[str]] = {}
    for element in content.xml.iter():
        if text := (element.text or "").strip():
            answers.setdefault(local(element), []).append(text)
    entered = fields(box.kind, answers) | {"key": [str(box.pk)]}
    if any(len(values) > MOST_VALUES for values in entered.values()):
        raise NoForm
    files = [Enclosed(FILES, name, data) for name, data in content.media.items()]
    content.media.clear()
    seal_anew(box, packed(entered, files))
    box.written_at = _ended(answers) or box.sent_at
    box.keep("key_number", "size", "have", "written_at", "sent_at")
    box.arrived_at = timezone.now()


def _ended(answers: Mapping[str, list[str]]) -> datetime | None:
    """When it was finished, by the clock of the phone."""
    try:
        moment = parse_datetime(answers.get("end", [""])[0])
    except ValueError:
        return None
    likely = moment and moment.tzinfo and FIRST_YEAR <= moment.year <= LAST_YEAR
    return moment if likely else None
