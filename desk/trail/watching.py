"""What nobody would look at by themselves: somebody is told, without opening a page."""

from __future__ import annotations

from accounts.models import Notice, User
from accounts.notices import tell
from accounts.permissions import Perm
from core.chain.standing import standing
from core.context import acting_as
from core.days import clock
from core.jobs import Run, job
from desk.trail.unusual import unusual

READING = "reading-unusual"


@job("watch-history")
def watch_history(_run: Run) -> dict[str, int]:
    """Switched-off triggers, links that wait, heads that did not leave: who looks after them."""
    amiss = standing().alarms
    for user in User.objects.holding(Perm.CHAIN_VIEW) if amiss else ():
        tell([user], "history-amiss", target=user)
    return {"amiss": len(amiss)}


@job("watch-reading")
def watch_reading(_run: Run) -> dict[str, int]:
    """Each auditor is told of each person with something unusual, once in a day.

    Without an auditor nobody is shown the history, and safeguarding leads are told that.
    """
    auditors = list(User.objects.holding(Perm.AUDIT_VIEW))
    if not auditors:
        for lead in User.objects.holding(Perm.READERS_REVIEW):
            tell([lead], "nobody-audits", target=lead)
    return {"told": sum(map(_tell_of_reading, auditors))}


def _tell_of_reading(auditor: User) -> int:
    with clock.by(auditor.zone), acting_as(auditor.pk):
        people = {finding["person"] for finding in unusual(auditor)}
        day = clock.day_of("created_at")
        notices = Notice.objects.filter(user=auditor, kind=READING).annotate(day=day)
        known = set(notices.filter(day=clock.today()).values_list("target_id", flat=True))
        new = {person or auditor.pk for person in people} - known
        for person in User.objects.filter(pk__in=new):
            tell([auditor], READING, target=person)
    return len(new)
