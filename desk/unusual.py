"""What an auditor should look at today: more names than work needs, more doors tried than errors.

Both numbers are first guesses (security.md R6); they stand here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.translation import ngettext

from core.models import AuditEvent
from desk.event_list import people_of

IDENTITIES_A_DAY = 50
DENIALS_AN_HOUR = 10


def unusual(user: Any) -> list[dict[str, Any]]:
    """Today, by person, as far as this reader may see the trail. A fixed number of queries."""
    today = timezone.localdate()
    events = AuditEvent.objects.visible_to(user).between(today, today).exclude(actor_id=None)
    findings = [*_many_identities(events), *_many_denials(events)]
    people = people_of({actor for actor, _words, _kind in findings})
    return [
        {"who": people.get(actor), "words": words, "person": actor, "kind": kind, "day": today}
        for actor, words, kind in findings
    ]


def _many_identities(events: Any) -> list[tuple[Any, str, str]]:
    """Different people whose name or contacts one person saw."""
    seen = events.filter(action="identity.revealed").order_by().values("actor_id")
    rows = seen.annotate(n=Count("target_id", distinct=True)).filter(n__gt=IDENTITIES_A_DAY)
    return [
        (
            row["actor_id"],
            ngettext("saw the name of %(n)s person", "saw the names of %(n)s people", row["n"])
            % {"n": row["n"]},
            "read",
        )
        for row in rows.order_by("-n", "actor_id")
    ]


def _many_denials(events: Any) -> list[tuple[Any, str, str]]:
    """Refusals of one person within one hour of the clock; the worst hour of each."""
    hours = events.denials().order_by().annotate(hour=TruncHour("at")).values("actor_id", "hour")
    worst: dict[Any, int] = {}
    for row in hours.annotate(n=Count("id")).filter(n__gt=DENIALS_AN_HOUR):
        worst[row["actor_id"]] = max(worst.get(row["actor_id"], 0), row["n"])
    return [
        (
            actor,
            ngettext("was refused %(n)s time in an hour", "was refused %(n)s times in an hour", n)
            % {"n": n},
            "denial",
        )
        for actor, n in sorted(worst.items(), key=lambda item: (-item[1], str(item[0])))
    ]
