"""What one reader is shown of records that may be of one person, and of what is asked of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import F

from accounts.permissions import Perm
from core import audit
from core.alike.matching import parts_of, side_by_side
from core.services import service
from victims.models import Confirmation, Involvement, Match

if TYPE_CHECKING:
    from accounts.models import User


LISTED = 200


@service(Perm.MATCH_VIEW)
def read_matches(rows: list[Match], *, actor: User) -> list[dict[str, object]]:
    """Pairs of one page with the cases of either side and what was answered about them."""
    seen = Involvement.objects.visible_to(actor).select_related("case__office")
    parts = parts_of(rows, seen, "victim")
    answers = _said(rows, actor)
    people = audit.about([part for many in parts.values() for part in many], actor)
    ids = [row.pk for row in rows]
    audit.read_rows("match.list", Match._meta.label, ids, actor=actor, shown=people)
    return [side_by_side(row, parts) | {"said": answers[row.pk]} for row in rows]


def _said(rows: list[Match], actor: User) -> dict[object, list[str]]:
    """What the case managers answered who were asked, as far as this reader sees it."""
    answers: dict[Any, list[str]] = defaultdict(list)
    confirmations = Confirmation.objects.visible_to(actor).filter(
        match__any_of=[row.pk for row in rows]
    )
    for answer in confirmations.select_related("case").order_by("created_at", "pk"):
        answers[answer.match_id].append(f"{answer.case.reference}: {answer.get_status_display()}")
    return answers


@service(Perm.CONFIRMATION_VIEW)
def read_confirmations(*, actor: User) -> tuple[list[Confirmation], bool]:
    """What is asked of this reader's records, then what was answered last; and whether more was."""
    rows = Confirmation.objects.visible_to(actor).select_related("case", "involvement__victim")
    latest = F("answered_at").desc(nulls_first=True)
    confirmations = list(rows.order_by(latest, "-created_at", "pk")[: LISTED + 1])
    more, confirmations = len(confirmations) > LISTED, confirmations[:LISTED]
    people = audit.about([row.involvement for row in confirmations], actor)
    ids = [row.pk for row in confirmations]
    audit.read_rows("confirmation.list", Confirmation._meta.label, ids, actor=actor, shown=people)
    return confirmations, more
