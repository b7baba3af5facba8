"""Days on which one court does not sit, beside weekends and public holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from places.adding import KnownCourts, KnownPlaces, check_vacations
from places.columns import NewVacation
from places.court_days import Vacation
from places.enums import AgencyKind
from places.models import Agency
from places.services.agencies import KEEP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.access import Actor
    from places.models import Jurisdiction

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


@service(KEEP, label=gettext_lazy("Days on which no court there sits"))
def close_courts(
    place: Jurisdiction,
    *,
    occasion: Annotated[str, OCCASION],
    starts_on: Annotated[date, FIRST],
    ends_on: Annotated[date | None, LAST] = None,
    actor: Actor,
) -> Jurisdiction:
    """All courts of this place and of the places in it keep these days. A court that has some of
    them in its list already keeps its own."""
    last = (ends_on or starts_on).isoformat()
    new = NewVacation(place.code, occasion, starts_on.isoformat(), last)
    add_vacations(rows=[new], actor=actor)
    return place


@service(KEEP, label=gettext_lazy("Days without court from a table"))
def add_vacations(*, rows: Sequence[NewVacation], actor: Actor) -> list[Agency]:
    """All lines are saved, or none. Without a court, a line is about all courts of its place.
    Faults are shown line by line first."""
    known = KnownCourts(KnownPlaces())
    for row in rows:
        known.close(row)
    courts = sorted(known.changed, key=lambda court: court.pk)
    return [_keep(court, court.version, known.closed[court], actor) for court in courts]


@service(KEEP, label=gettext_lazy("Take away days without court"))
def drop_vacation(
    court: Agency, *, version: int, starts_on: Annotated[date, WHICH], actor: Actor
) -> Agency:
    """They were entered by mistake, or the court sits after all. Raises `Stale`."""
    left = [vacation for vacation in court.closed if vacation.starts_on != starts_on]
    if len(left) == len(court.closed):
        raise Refused(_("No days without court begin on this day."), "starts_on")
    return _keep(court, version, left, actor)


def _keep(court: Agency, version: int, vacations: list[Vacation], actor: Actor) -> Agency:
    kept = [vacation.kept() for vacation in sorted(vacations)]
    changed = amend(court, version, vacations=kept)
    audit.record("agency.changed", changed, actor=actor, fields=["vacations"])
    return changed
