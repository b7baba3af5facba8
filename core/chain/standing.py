"""How the chain stands now, and what of it somebody should look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.days import clock
from core.models import ChainAnchor, ChainLink

LATE = timedelta(minutes=10)  # a link is made each minute, unless a transaction is long
AWAY = timedelta(hours=2)  # the head leaves each hour; once it may be missed
FEWEST_OFFICERS = 2  # one alone could be leant on, or lose a letter
DISABLED = """
select tgrelid::regclass::text, tgname from pg_trigger
 where not tgisinternal and tgenabled not in ('O', 'A') order by 1, 2
"""


@dataclass(frozen=True)
class Standing:
    """The newest link, the last head that left, since when an event waits, triggers that sleep."""

    link: ChainLink | None
    anchor: ChainAnchor | None
    waits_since: datetime | None
    disabled: tuple[str, ...]
    sent: bool

    @property
    def alarms(self) -> list[str]:
        """What administrators and auditors are told, each in a sentence."""
        now = timezone.now()
        alarms = [
            _("The trigger %(name)s is switched off. Find out who did it and why.") % {"name": name}
            for name in self.disabled
        ]
        if self.waits_since and self.waits_since < now - LATE:
            words = _(
                "Events since %(since)s are not chained yet. Check that workers run and that no"
                " transaction has been open for long."
            )
            alarms += [words % {"since": clock.in_words(self.waits_since)}]
        if self.sent and self.link and self._left_before(now - AWAY):
            words = _(
                "The head of the history has not left this machine for two hours. Check that mail"
                " goes out and that the folder for it can be written."
            )
            alarms += [words]
        return alarms

    def _left_before(self, moment: datetime) -> bool:
        if self.anchor:
            return self.anchor.left_at < moment
        first = ChainLink.objects.order_by("number").first()
        return bool(first and first.made_at < moment)


def standing() -> Standing:
    with connection.cursor() as cursor:
        disabled = tuple(f"{name} ({table})" for table, name in disabled_triggers(cursor))
    return Standing(
        link=ChainLink.objects.order_by("-number").first(),
        anchor=ChainAnchor.objects.order_by("-id").first(),
        waits_since=waits_since(),
        disabled=disabled,
        sent=bool(settings.HISTORY_OFFICERS or settings.HISTORY_PLACE),
    )


def lack() -> str:
    """For `core.real_names`: whether the head leaves, by what left and not by what is set."""
    left = ChainAnchor.objects.filter(left_at__gte=timezone.now() - AWAY)
    if left.filter(Q(letters__gte=FEWEST_OFFICERS) | Q(kept__gte=1)).exists():
        return ""
    return _(
        "The head of the history has not left this machine in the last two hours, so a person who"
        " runs the database could rewrite it unnoticed. Name two officers in HISTORY_OFFICERS, and"
        " check that mail goes out and that beat and a worker run."
    )


def waits_since() -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("select chain_waits_since()")
        since: datetime | None = cursor.fetchone()[0]
    return since


def is_late() -> bool:
    since = waits_since()
    return since is not None and since < timezone.now() - LATE


def disabled_triggers(cursor: Any) -> list[tuple[str, str]]:
    """Table and name of each: while it sleeps, nothing keeps what it guards."""
    cursor.execute(DISABLED)
    triggers: list[tuple[str, str]] = cursor.fetchall()
    return triggers
