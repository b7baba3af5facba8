"""What an auditor should look at today: more names than work needs, more doors tried than errors.

These numbers are first guesses (security.md R6); they stand here and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count
from django.db.models.fields.json import KT
from django.db.models.functions import TruncHour
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from core.days import clock
from core.models import AuditEvent, AuditKind
from core.trail import begin_of
from desk.trail.events import people_of

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from accounts.models import User
    from core.trail import AuditQuerySet

A_DAY = timedelta(days=1)
IDENTITIES_A_DAY = 50
DENIALS_AN_HOUR = 10
NIGHT_LOOKS = 50  # at cases, in all the hours of a night by the clock of the reader's office
NIGHT = (22, 23, 0, 1, 2, 3, 4)
FAILURES_OF_AN_ACCOUNT = 10  # in an hour; a slip of memory makes five, then one waits
FAILURES_OF_A_NETWORK = 50  # an office of some hundred people makes a dozen in the morning
LIMITS = {
    "identities": IDENTITIES_A_DAY,
    "denials": DENIALS_AN_HOUR,
    "night": NIGHT_LOOKS,
    "account": FAILURES_OF_AN_ACCOUNT,
    "network": FAILURES_OF_A_NETWORK,
}
FAILED = ("sign_in_failed", "sign_in_limited", "second_factor_failed", "unlock_failed")


@dataclass(frozen=True)
class UnusualActivity:
    """What to ask about. `person`: who did it, or whose account was tried; nobody if not known."""

    person: Any
    words: str
    kind: str
    by: str = "person"  # the filter of the history that shows the events of this person

    def shown(self, day: date, people: dict[object, dict[str, str]]) -> dict[str, Any]:
        query = {"kind": self.kind, "since": day.isoformat()}
        if self.person:
            query[self.by] = str(self.person)
        return {
            "who": people.get(self.person),
            "words": self.words,
            "person": self.person,
            "kind": self.kind,
            "day": day,
            "query": urlencode(query),
        }


def unusual(user: User) -> list[dict[str, object]]:
    """Today, by person, as far as this reader may see the trail. A fixed number of queries."""
    today = clock.today()
    events = AuditEvent.objects.visible_to(user).between(today, today)
    known = events.exclude(actor_id=None)
    findings = [
        *_many_identities(known),
        *_many_denials(known),
        *_at_night(known),
        *_after_leaving(today),
        *_bursts(events),
    ]
    people = people_of({finding.person for finding in findings})
    return [finding.shown(today, people) for finding in findings]


def _many_identities(events: AuditQuerySet) -> list[UnusualActivity]:
    """Different people whose name or contacts one person saw."""
    seen = events.filter(action="identity.revealed").order_by().values("actor_id")
    rows = seen.annotate(n=Count("target_id", distinct=True)).filter(n__gt=IDENTITIES_A_DAY)
    return [
        UnusualActivity(
            row["actor_id"],
            ngettext("saw the name of %(n)s person", "saw the names of %(n)s people", row["n"])
            % {"n": row["n"]},
            AuditKind.READ,
        )
        for row in rows.order_by("-n", "actor_id")
    ]


def _many_denials(events: AuditQuerySet) -> list[UnusualActivity]:
    """Refusals of one person within one hour of the clock; the worst hour of each."""
    return [
        UnusualActivity(
            actor,
            ngettext("was refused %(n)s time in an hour", "was refused %(n)s times in an hour", n)
            % {"n": n},
            AuditKind.DENIAL,
        )
        for actor, n in _worst_hours(events.denials(), "actor_id", DENIALS_AN_HOUR)
    ]


def _at_night(events: AuditQuerySet) -> list[UnusualActivity]:
    """Looks at cases, one at a time, between 22:00 and 5:00 where the reader works."""
    looks = events.filter(kind=AuditKind.READ).exclude(case_id=None).order_by()
    hours = looks.annotate(hour=TruncHour("at", tzinfo=UTC)).values("actor_id", "hour")
    rows = list(hours.annotate(n=Count("id")))
    zones = _zones({row["actor_id"] for row in rows})
    nights: Counter[Any] = Counter()
    for row in rows:
        if row["hour"].astimezone(zones.get(row["actor_id"], UTC)).hour in NIGHT:
            nights[row["actor_id"]] += row["n"]
    words = _("looked at cases %(n)s times between 22:00 and 5:00")
    return [
        UnusualActivity(actor, words % {"n": n}, AuditKind.READ)
        for actor, n in nights.most_common()
        if n > NIGHT_LOOKS
    ]


def _zones(people: set[object]) -> dict[object, tzinfo]:
    """Where each works; in one query, however many there are."""
    offices = Membership.objects.in_force().filter(user__in=people, office__is_global=False)
    rows = offices.order_by("-started_at").values_list("user", "office__jurisdiction__time_zone")
    return {user: clock.zone_named(name) for user, name in rows}


def _after_leaving(day: date) -> list[UnusualActivity]:
    """Who read content of a case on whose team they are no more; which case stays behind the wall.

    Not asked of an emergency opening, which is reviewed by itself.
    """
    begin = begin_of(day)
    with connection.cursor() as cursor:
        cursor.execute("select * from read_after_leaving(%s, %s)", [begin, begin + A_DAY])
        rows = cursor.fetchall()
    return [
        UnusualActivity(
            actor,
            ngettext(
                "read %(n)s case after leaving its team",
                "read %(n)s cases after leaving their teams",
                n,
            )
            % {"n": n},
            AuditKind.READ,
        )
        for actor, n in rows
    ]


def _bursts(events: AuditQuerySet) -> list[UnusualActivity]:
    """Sign-ins that failed, many for one account or from one network, within one hour."""
    tries = events.filter(action__in=FAILED).annotate(
        account=KT("detail__account"), network=KT("detail__network")
    )
    accounts = _worst_hours(tries, "account", FAILURES_OF_AN_ACCOUNT)
    networks = _worst_hours(tries.exclude(network=""), "network", FAILURES_OF_A_NETWORK)
    meant = tries.filter(account__in=[account for account, _n in accounts]).exclude(subjects=[])
    owners = dict(meant.order_by().values_list("account", "subjects").distinct())
    return [
        *(_at_an_account(owners.get(account), n) for account, n in accounts),
        *(
            UnusualActivity(
                None,
                _("%(n)s sign-ins from the network %(network)s failed in an hour")
                % {"n": n, "network": network},
                AuditKind.SIGN_IN,
            )
            for network, n in networks
        ),
    ]


def _at_an_account(owners: list[object] | None, n: int) -> UnusualActivity:
    if not owners:
        words = _("%(n)s sign-ins failed in an hour under one name that has no account")
        return UnusualActivity(None, words % {"n": n}, AuditKind.SIGN_IN)
    words = _("had %(n)s failed sign-ins to the account in an hour")
    return UnusualActivity(owners[0], words % {"n": n}, AuditKind.SIGN_IN, by="case")


def _worst_hours(events: AuditQuerySet, of: str, most: int) -> list[tuple[object, int]]:
    """By person, account or network with more events than this in an hour: how many there were."""
    hours = events.exclude(**{of: None}).order_by().annotate(hour=TruncHour("at"))
    worst: dict[Any, int] = {}
    for row in hours.values(of, "hour").annotate(n=Count("id")).filter(n__gt=most):
        worst[row[of]] = max(worst.get(row[of], 0), row["n"])
    return sorted(worst.items(), key=lambda item: (-item[1], str(item[0])))
