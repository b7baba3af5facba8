"""What every door of phones asks before it keeps anything: how often, how much, and which box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Sum

from core.api.throttles import PerCaller
from core.refusals import gettext as _
from intake.models import Box

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from intake.models import Phone

MOST_WAITING, MOST_BYTES = 300, 200_000_000  # of one phone, on their way
AN_HOUR = 3600


class Refusal(Exception):
    """An answer that takes nothing in."""

    def __init__(self, status: int, words: str, *, wait: int = 0, **more: object) -> None:
        super().__init__(words)
        self.status, self.words, self.wait, self.more = status, words, wait, more


class PerPhone(PerCaller):
    """A budget of its own for each phone: the key of one cannot stop the others."""

    scope, kind = "phone", "phones"

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        super().__init__()

    def get_rate(self) -> str | None:
        rate: str | None = settings.PHONE_RATE
        return rate

    def get_cache_key(self, request: object, view: object) -> str:
        return f"{self.kind}:{self.phone.pk}"


def claim(phone: Phone, pk: UUID, fixed: Mapping[str, object], first: Mapping[str, object]) -> Box:
    """The row of a box, locked: of two that deliver it at once the second waits. Raises `Refusal`.

    `fixed` never changes of a box; `first` is how the rest of it begins.
    """
    own = Box.objects.filter(pk=pk, phone__person=phone.person_id)  # begun by a phone before, too
    rows = own.select_related(*Box.shown_with).select_for_update(of=("self",))
    box: Box | None = rows.first()
    if box is None:
        new = Box(pk=pk, phone=phone, **fixed, **first)
        require_room(new)
        Box.objects.bulk_create([new], ignore_conflicts=True)
        box = rows.first()
    if box is None or _differs(box, fixed):
        raise Refusal(422, _("A box with this id was sent before, with another content."))
    return box


def _differs(box: Box, fixed: Mapping[str, object]) -> bool:
    kept = {"digest": bytes(box.digest)}
    return any(kept.get(name, getattr(box, name)) != value for name, value in fixed.items())


def require_room(box: Box) -> None:
    """Beside the others of its phone. Raises `Refusal`."""
    others = Box.objects.filter(phone=box.phone).on_the_way().exclude(pk=box.pk)
    totals = others.aggregate(boxes=Count("pk"), bytes=Sum("size"))
    if totals["boxes"] >= MOST_WAITING or (totals["bytes"] or 0) + box.size > MOST_BYTES:
        words = _(
            "Too many entries from this phone are waiting. Ask your case manager to look at them."
        )
        raise Refusal(429, words, wait=AN_HOUR)
