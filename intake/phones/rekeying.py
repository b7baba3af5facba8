"""Boxes that wait, when the field keys change: they are sealed anew to the first key.

A box that did not open when it came is left alone: it may be noise, which nobody can bring over.
What is still on phones cannot be reached from here (docs/how-to/rotate-field-keys.md).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from core.keys import crypto
from core.rekeying import Rehearsed
from intake.models import Box, BoxPart, BoxWait
from intake.phones.content import keep_sealed, place, sealed
from intake.phones.keys import opened, seal

if TYPE_CHECKING:
    from uuid import UUID

    from intake.models import BoxQuerySet

PLACE = "intake_boxpart.sealed"


class SealedBoxes:
    """What `core.rekeying` asks of ciphertext that is no column of its own."""

    def __str__(self) -> str:
        return PLACE

    def by_key(self) -> Counter[int]:
        return Counter(_tried().values_list("key_number", flat=True))

    def bring_over(self) -> int:
        """Each in a commit of its own; those that somebody looks at now are passed over."""
        old = _tried().exclude(key_number=crypto.key_numbers()[0])
        return sum(_renew(pk) for pk in list(old.values_list("pk", flat=True)))

    def rehearse(self) -> Rehearsed:
        rehearsal = Rehearsed()
        for box in _tried().select_related("phone").iterator(chunk_size=50):
            rehearsal.values += 1
            try:
                opened(sealed(box), place(box), box.key_number)
            except crypto.Unreadable:
                rehearsal.shut.append(f"{PLACE}|{box.pk}")
        return rehearsal


def _tried() -> BoxQuerySet:
    """Those that opened when they came, as long as they are kept."""
    pieces = BoxPart.objects.filter(box=OuterRef("pk"))
    return Box.objects.kept().exclude(waits_for=BoxWait.SHUT).filter(Exists(pieces))


@transaction.atomic
def _renew(pk: UUID) -> int:
    rows = _tried().select_for_update(skip_locked=True, of=("self",)).select_related("phone")
    box: Box | None = rows.filter(pk=pk).first()
    if box is None:
        return 0
    try:
        text = opened(sealed(box), place(box), box.key_number)
    except crypto.Unreadable as exc:
        raise crypto.Unreadable(f"{PLACE}|{pk}: {exc}") from None
    box.key_number, anew = seal(text, place(box))
    keep_sealed(box, anew)
    box.save(update_fields=["key_number"])
    return 1
