"""Arrests: whoever is arrested is presumed to be held, until somebody says what became of it.

In the night of a rescue the law counts hours, and nobody records custody by hand: so the clock
starts with the arrest. It is a table of its own at level 1 without a link to a suspect, since all
legal officers and case managers of the office read it. Triggers keep it, not verbs: forms, the
API, files, strikings and corrections all write arrests, and a door that forgot would be an hour
nobody counts. Of a country whose law is not on record 48 hours count. Arrests of files and of long
ago start none: an old arrest is no alarm of tonight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_open_case, require_past
from core import audit
from core.contradictions import refuse
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from prosecutions.enums import Attribution, Release
from prosecutions.limits import held_from, presumed_until
from prosecutions.models import Arrest
from prosecutions.services.custody import begin_custody, end_custody
from prosecutions.services.deaths import require_alive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time
    from decimal import Decimal

    from accounts.models import User
    from places.models import Agency
    from prosecutions.models import Custody, Suspect


@service(Perm.ARREST_RECORD, label=gettext_lazy("Record an arrest"), begins=True)
def record_arrest(
    suspect: Suspect,
    *,
    arrested_on: date,
    arrested_at: Annotated[time | None, Column(null=True)] = None,
    agency: Agency | None = None,
    attribution: str = Attribution.SUPPORTED,
    actor: User,
) -> Arrest:
    """Record an arrest outside a rescue; log one in a rescue with the rescue. It begins
    presumed custody, and the docket shows by when the person must be before a court, unless
    that hour has passed."""
    require_open_case(suspect.case, actor)
    arrest = Arrest(
        case=suspect.case,
        suspect=suspect,
        arrested_on=arrested_on,
        arrested_at=arrested_at,
        agency=agency,
        attribution=attribution,
    )
    _check(arrest)
    arrest.presumed_until = presumed_until(arrest, timezone.now())
    arrest.save()
    refuse(arrest)
    audit.record("arrest.recorded", arrest, actor=actor, presumed=bool(arrest.presumed_until))
    return arrest


@service(Perm.ARREST_RECORD, label=gettext_lazy("Correct an arrest"))
def correct_arrest(
    arrest: Arrest,
    *,
    version: int,
    arrested_on: date,
    arrested_at: Annotated[time | None, Column(null=True)] = None,
    agency: Annotated[Agency | None, Column(null=True)] = None,
    attribution: str,
    actor: User,
) -> Arrest:
    """Correct an arrest. The former values stay in the history. Raises `Stale`.

    The presumed custody follows: what was told in time stays told in time.
    """
    require_content(arrest.case, actor)
    arrest.arrested_on, arrest.arrested_at = arrested_on, arrested_at
    _check(arrest)
    moment = arrest.created_at if arrest.presumed_until else timezone.now()
    corrected = amend(
        arrest,
        version,
        arrested_on=arrested_on,
        arrested_at=arrested_at,
        presumed_until=presumed_until(arrest, moment),
        agency=agency,
        attribution=attribution,
    )
    refuse(corrected)
    presumed = bool(corrected.presumed_until)
    audit.record("arrest.corrected", corrected, actor=actor, presumed=presumed)
    return corrected


@service(Perm.CUSTODY_RECORD, label=gettext_lazy("Record a release"))
def release_arrested(
    arrest: Arrest,
    *,
    ended_on: date,
    ended: Annotated[str, Column(codes=Release)],
    bail_conditions: Sequence[str] = (),
    sureties: Annotated[int | None, Column(most=99)] = None,
    bail_amount: Decimal | None = None,
    bail_currency: str = "",
    actor: User,
) -> Custody:
    """Record how custody since the arrest ended, and when."""
    since: dict[str, Any] = {"since": arrest.arrested_on, "since_at": arrest.arrested_at}
    return end_custody(
        begin_custody(arrest.suspect, actor=actor, **since),
        ended_on=ended_on,
        ended=ended,
        bail_conditions=bail_conditions,
        sureties=sureties,
        bail_amount=bail_amount,
        bail_currency=bail_currency,
        actor=actor,
    )


def _check(arrest: Arrest) -> None:
    """In the past, and in the life of the suspect."""
    require_past(arrest.case, arrest.arrested_on)
    if arrest.arrested_at:
        made_at = held_from(arrest.place, arrest.arrested_on, arrest.arrested_at)
        if made_at > timezone.now():
            raise Refused(_("This time is in the future."), "arrested_at")
    require_alive(arrest.suspect, arrest.arrested_on)
