"""Offices: opened where the organisation works, renamed, closed. None is ever deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypedDict, Unpack

from django.conf import settings
from django.utils.translation import gettext_lazy

from accounts import opening
from accounts.columns import NewOffice
from accounts.models import Office
from accounts.opening import KnownOffices
from accounts.permissions import Perm
from core import audit, refusals
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from places.adding import KnownPlaces, once

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User
    from places.models import Jurisdiction

TWICE = refusals.gettext_lazy("Another office has this code or these letters.")
SHORT = gettext_lazy("Small letters, such as kolkata. Programs and files use it for the office.")
LETTERS = gettext_lazy(
    "Three letters, such as KOL. References of cases begin with them: KOL-2026-0001."
)

Language = Annotated[str, Column(codes=settings.LANGUAGES, blank=True)]
CHECKED: dict[str, Any] = {
    "name": opening.named,
    "language": opening.language,
    "currency": opening.currency,
}


class OfficeColumns(TypedDict, total=False):
    name: str
    jurisdiction: Jurisdiction
    language: Language
    currency: str
    opened_on: date | None
    closed_on: date | None


@service(Perm.OFFICE_KEEP, fresh=True, label=gettext_lazy("Open an office"))
def open_office(
    *,
    name: str,
    code: Annotated[str, Column(help=SHORT)],
    prefix: Annotated[str, Column(help=LETTERS)],
    jurisdiction: Jurisdiction,
    opened_on: date | None = None,
    is_practice: bool = False,
    language: Language = "",
    currency: str = "",
    actor: User,
) -> Office:
    """Cases, people and figures belong to an office."""
    place = jurisdiction.code
    new = NewOffice(name, code, prefix, place, opened_on, is_practice, language, currency)
    return _opened([KnownOffices().add(new, jurisdiction)], actor)[0]


@service(Perm.OFFICE_KEEP, fresh=True, label=gettext_lazy("From a table"))
def open_offices(*, rows: Sequence[NewOffice], actor: User) -> list[Office]:
    """All lines are saved, or none. Faults are shown line by line first."""
    known, places = KnownOffices(), KnownPlaces()
    return _opened(
        [known.add(row, places.place(row.jurisdiction, "jurisdiction")) for row in rows], actor
    )


def _opened(rows: list[Office], actor: User) -> list[Office]:
    with once(TWICE):
        Office.objects.bulk_create(rows)
    audit.record_each("office.opened", rows, actor=actor)
    return rows


@service(Perm.OFFICE_KEEP, fresh=True, label=gettext_lazy("Change an office"))
def change_office(
    office: Office, *, version: int, actor: User, **changes: Unpack[OfficeColumns]
) -> Office:
    """Its code and letters stay: references and programs rest on them. Raises `Stale`."""
    given: dict[str, Any] = {**changes}
    given |= {name: check(given[name]) for name, check in CHECKED.items() if name in given}
    first = given.get("opened_on", office.opened_on)
    last = given.get("closed_on", office.closed_on)
    if first and last and last < first:
        raise Refused(_("It closes before it opens."), "closed_on")
    was = {name: getattr(office, name) for name in given}
    changed = amend(office, version, **given)
    fields = sorted(name for name in given if was[name] != getattr(changed, name))
    audit.record("office.changed", changed, actor=actor, fields=fields)
    return changed
