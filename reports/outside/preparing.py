"""A regular report prepares the release for outside: proposed by its person, decided by a second.

Nothing else goes outside. On its day the table is computed without those who said no, and proposed
as by hand, with all checks of that; letters are written beside the proposal and wait until it is
let out (`ReleaseLetter.objects.due`). What cannot be released is told its person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied

from accounts.notices import tell
from core.jobs import job
from core.languages import spoken_to
from core.services import Refused
from reports.models import Snapshot
from reports.outside.models import OutsideAddress, ReleaseLetter
from reports.publishing.services import propose_release
from reports.schedules.models import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from core.jobs import Run

LONGEST_RECIPIENT, LONGEST_REASON = 200, 300


@job("prepare-release")
def prepare_release(run: Run) -> dict[str, object]:
    """Parameters: the regular report, and the figures that were computed for it."""
    asked, owner = run.job.parameters, cast("User", run.job.requested_by)
    schedule = Schedule.objects.running().filter(pk=asked["schedule"], made_by=owner).first()
    named = schedule.outside if schedule else []
    addresses = list(OutsideAddress.objects.in_force().filter(pk__in=named).order_by("pk"))
    if schedule is None or not addresses:
        return {"letters": 0}
    try:
        with spoken_to(owner):
            proposal = propose_release(
                Snapshot.objects.get(pk=asked["snapshot"]),
                level=schedule.level,
                by_programme=schedule.by_programme,
                recipient=_joined((row.organisation for row in addresses), LONGEST_RECIPIENT),
                reason=_joined((row.purpose for row in addresses), LONGEST_REASON),
                actor=owner,
            )
    except (Refused, PermissionDenied) as fault:
        tell([owner], "figures-not-sent", target=schedule)
        return {"refused": str(fault) if isinstance(fault, Refused) else ""}
    letters = [ReleaseLetter(proposal=proposal, address=a, schedule=schedule) for a in addresses]
    ReleaseLetter.objects.bulk_create(letters)
    return {"letters": len(letters)}


def _joined(words: Iterable[str], most: int) -> str:
    """Each once; where there is no room for all, as many as there is."""
    text = "; ".join(dict.fromkeys(words))
    return text if len(text) <= most else f"{text[: most - 1]}…"
