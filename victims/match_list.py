"""The queue of records that may be of one person, as one reader may see it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.permissions import Perm
from core import audit
from core.api import pagination
from core.api.pagination import Sort
from core.services import service
from victims.enums import MatchStatus
from victims.models import Confirmation, Involvement, Match

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User

LIKEST = Sort(("likeness", "id"), descending=True)
ON_A_PAGE = "20"


@service(Perm.MATCH_VIEW)
def read_matches(query: Mapping[str, str], *, actor: User) -> dict[str, Any]:
    """One page of the pairs that stand in this state, the likest first. An odd state is ignored."""
    status = query.get("status", "")
    status = status if status in MatchStatus.values else MatchStatus.OPEN
    rows = Match.objects.visible_to(actor).of_two_persons().filter(status=status)
    rows = rows.select_related("one", "other", "decided_by")
    page = pagination.paginate(rows, LIKEST, query.get("cursor", ""), ON_A_PAGE)
    parts = _parts(page.rows, actor)
    said = _said(page.rows, actor)
    shown = audit.about([part for many in parts.values() for part in many], actor)
    ids = [row.pk for row in page.rows]
    audit.read_rows("match.list", Match._meta.label, ids, actor=actor, shown=shown)
    path, kept = reverse("victims:duplicates"), {"status": str(status)}
    return {
        "status": status,
        "states": [(s.value, s.label, s == status) for s in MatchStatus],
        "pairs": [
            {
                "match": row,
                "sides": [(side, parts[side.pk]) for side in (row.one, row.other)],
                "across": _across(parts, row),
                "said": said[row.pk],
            }
            for row in page.rows
        ],
        "next_url": pagination.link(path, kept, page.next),
        "previous_url": pagination.link(path, kept, page.previous),
    }


def _parts(rows: list[Match], actor: User) -> dict[Any, list[Involvement]]:
    victims = [pk for row in rows for pk in (row.one_id, row.other_id)]
    found: dict[Any, list[Involvement]] = defaultdict(list)
    parts = Involvement.objects.visible_to(actor).filter(victim__any_of=victims)
    for part in parts.select_related("case__office").order_by("case__reference", "code"):
        found[part.victim_id].append(part)
    return found


def _across(parts: dict[Any, list[Involvement]], row: Match) -> bool:
    """Whether no office has a case of both."""
    mine, theirs = ({p.office_id for p in parts[pk]} for pk in (row.one_id, row.other_id))
    return not mine & theirs


def _said(rows: list[Match], actor: User) -> dict[Any, list[str]]:
    """What the case managers answered who were asked, as far as this reader sees it."""
    found: dict[Any, list[str]] = defaultdict(list)
    asked = Confirmation.objects.visible_to(actor).filter(match__any_of=[row.pk for row in rows])
    for answer in asked.select_related("case").order_by("created_at", "pk"):
        found[answer.match_id].append(f"{answer.case.reference}: {answer.get_status_display()}")
    return found


@service(Perm.CONFIRMATION_VIEW)
def read_confirmations(*, actor: User) -> list[Confirmation]:
    """What is asked of this reader's records and what was answered, open ones first."""
    rows = Confirmation.objects.visible_to(actor).select_related("case", "involvement__victim")
    found = list(rows.order_by("answered_at", "-created_at", "pk")[:200])
    found.sort(key=lambda row: row.answered_at is not None)
    shown = audit.about([row.involvement for row in found], actor)
    ids = [row.pk for row in found]
    audit.read_rows("confirmation.list", Confirmation._meta.label, ids, actor=actor, shown=shown)
    return found
