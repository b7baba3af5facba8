"""Phones, what they delivered and what they hold."""

from __future__ import annotations

import itertools
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
from django.utils import timezone

from intake.models import LASTS, Box, BoxPart, Extract, Phone
from intake.phones import keys
from tests import factories

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

_numbers = itertools.count(1)


def phone(person: User | None = None, **fields: Any) -> Phone:
    """Of a field officer of Kolkata; nobody has its key."""
    person = person or factories.user("field_officer")
    key = next(_numbers).to_bytes(91)
    office = fields.pop("office", None) or person.memberships.first().office
    values: dict[str, Any] = {"name": "Invented phone", "key": key}
    values |= {"person": person, "office": office, "fingerprint": sha256(key).digest()}
    made: Phone = Phone.objects.create(**(values | fields))
    return made


def box(of: Phone | None = None, *, entered: Any = None, **fields: Any) -> Box:
    """One that came back to its writer: nobody said where it happened."""
    of, now = of or phone(), timezone.now()
    text = orjson.dumps({"fields": entered or {"key": ["k"], "people-female-18+": ["1"]}})
    made = Box(phone=of, kind="rescue", state="waiting", waits_for="refused", arrived_at=now)
    made.written_at = made.sent_at = now
    made.key_number, sealed = keys.seal(text, keys.place_of(of.fingerprint, made.pk, "rescue"))
    made.size = made.have = len(sealed)
    made.digest, made.words = sha256(sealed).digest(), "Choose where it happened."
    for name, value in fields.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    BoxPart.objects.create(box=made, at=0, sealed=sealed)
    return made


def box_part() -> BoxPart:
    part: BoxPart = box().parts.get()
    return part


def extract(case: Case | None = None, of: Phone | None = None, **fields: Any) -> Extract:
    """Checked out to a phone; nobody holds it yet."""
    values: dict[str, Any] = {"reason": "Invented reason", "share": "A" * 43 + "="}
    values |= {"case": case or factories.case(), "phone": of or phone()}
    values |= {"until": timezone.now() + LASTS}
    made: Extract = Extract.objects.create(**(values | fields))
    made.refresh_from_db()
    return made


FACTORIES = {Phone: phone, Box: box, BoxPart: box_part, Extract: extract}
