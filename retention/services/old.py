"""The clocks of the history and of figures: what is older than their policies say goes by two
persons, like a case.

The history is chained. So its events go in two steps: first an act of the history itself says which
ones and by whom (`core/chain/removals.py`); once that act is linked they are deleted. Their digests
stay, and verification tells them from events that somebody took away. Events of what a legal hold
holds stay, and so do such acts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from core import audit
from core.chain import removals
from retention.enums import UNDER_WAY, ErasureStatus, Kind
from retention.models import Erasure, Policy
from retention.services.erasures import UNSAID

if TYPE_CHECKING:
    from datetime import date


def propose(today: date) -> list[Erasure]:
    """Of each kind, what is older than its policy, by whole months."""
    due = []
    for policy in Policy.objects.filter(country=None).in_force_on(today):
        until = today.replace(year=today.year - policy.years, day=1)
        proposals = Q(status__in=UNDER_WAY) | Q(status=ErasureStatus.KEPT, kept_until__gte=today)
        if Erasure.objects.filter(proposals, of_kind=policy.kind).exists():
            continue
        if _asked("select retention_has_old(%s, %s)", policy.kind, until):
            facts = {"of_kind": policy.kind, "until": until, "due_on": today}
            due.append(Erasure(**facts, basis=policy.legal_source))
    return list(Erasure.objects.bulk_create(due))


def begin(erasure: Erasure) -> bool:
    """Say in the history which of its events go. What nobody may take any more is proposed anew."""
    if not erasure.not_before or erasure.not_before > timezone.now():
        return False
    if erasure.of_kind == Kind.HISTORY:
        with connection.cursor() as cursor:
            cursor.execute(
                "select first, last, events from retention_old_ranges(%s)", [erasure.until]
            )
            ranges = cursor.fetchall()
        if not ranges:
            _write(erasure, status=ErasureStatus.PROPOSED, **UNSAID)
            audit.record("erasure.stopped", erasure, actor=None, why="held")
            return False
        removals.record(
            [(first, last) for first, last, _events in ranges],
            events=sum(events for _first, _last, events in ranges),
            basis=erasure.basis,
            about=erasure,
            asked_by=erasure.first_by_id,  # type: ignore[arg-type]
            confirmed_by=erasure.second_by,
        )
    _write(erasure, status=ErasureStatus.ERASING)
    audit.record("erasure.begun", erasure, actor=None)
    return True


def finish(erasure: Erasure) -> None:
    """Delete. An act that is not linked yet is waited for: until the next night, if need be."""
    gone = _asked("select retention_take_old(%s)", erasure.pk)
    if gone is None:
        return
    _write(erasure, status=ErasureStatus.ERASED, erased_at=timezone.now())
    audit.record("erasure.done", erasure, actor=None, rows=gone)


def _asked(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        (answer,) = cursor.fetchone()
    return answer


def _write(erasure: Erasure, **values: Any) -> None:
    for name, value in values.items():
        setattr(erasure, name, value)
    erasure.keep(*values)
