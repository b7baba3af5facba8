"""Days on which one court does not sit, beside weekends and public holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.services import Refused, amend, service
from core.verbs import Column
from places.court_days import Vacation
from places.enums import AgencyKind
from places.known import check_vacations
from places.models import Agency
from places.services.agencies import KEEP

if TYPE_CHECKING:
    from datetime import date

    from core.access import Actor

OCCASION = Column(
    length=80,
    needed=True,
    label=gettext_lazy("What it is"),
    help=gettext_lazy("Such as summer vacation, or the name of a local holiday."),
)
FIRST = Column(ahead=True, label=gettext_lazy("First day"))
LAST = Column(ahead=True, label=gettext_lazy("Last day"), help=gettext_lazy("Left empty: one day."))
WHICH = Column(ahead=True, label=gettext_lazy("Which of them"))


@service(KEEP, label=gettext_lazy("Add days without court"))
def add_vacation(
    court: Agency,
    *,
    version: int,
    occasion: Annotated[str, OCCASION],
    starts_on: Annotated[date, FIRST],
    ends_on: Annotated[date | None, LAST] = None,
    actor: Actor,
) -> Agency:
    """Next dates keep clear of these days, and a hearing listed on one is pointed out. Weekends and
    public holidays are known already. Raises `Stale`."""
    if court.kind != AgencyKind.COURT:
        raise Refused(_("This agency is not a court."))
    new = Vacation(starts_on, ends_on or starts_on, occasion.strip())
    check_vacations([*court.closed, new])
    return _keep(court, version, [*court.closed, new], actor)


@service(KEEP, label=gettext_lazy("Take away days without court"))
def drop_vacation(
    court: Agency, *, version: int, starts_on: Annotated[date, WHICH], actor: Actor
) -> Agency:
    """They were entered by mistake, or the court sits after all. Raises `Stale`."""
    left = [one for one in court.closed if one.starts_on != starts_on]
    if len(left) == len(court.closed):
        raise Refused(_("No days without court begin on this day."), "starts_on")
    return _keep(court, version, left, actor)


def _keep(court: Agency, version: int, found: list[Vacation], actor: Actor) -> Agency:
    kept = [one.kept() for one in sorted(found)]
    changed = amend(court, version, vacations=kept)
    audit.record("agency.changed", changed, actor=actor, fields=["vacations"])
    return changed
