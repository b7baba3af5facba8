"""Offices: opened where the organisation works, renamed, closed. None is ever deleted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, TypedDict, Unpack

from django.utils.translation import gettext_lazy

from accounts.models import Office
from accounts.permissions import Perm
from core import audit, refusals
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from places.adding import once

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from places.models import Jurisdiction

CODE, PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,19}"), re.compile(r"[A-Z]{3}")
TWICE = refusals.gettext_lazy("Another office has this code or these letters.")
SHORT = gettext_lazy("Small letters, such as kolkata. Programs and files use it for the office.")
LETTERS = gettext_lazy(
    "Three letters, such as KOL. References of cases begin with them: KOL-2026-0001."
)


class OfficeColumns(TypedDict, total=False):
    name: str
    jurisdiction: Jurisdiction
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
    actor: User,
) -> Office:
    """Cases, people and figures belong to an office."""
    office = Office(
        name=_named(name),
        code=code.strip(),
        prefix=prefix.strip().upper(),
        jurisdiction=jurisdiction,
        opened_on=opened_on,
        is_practice=is_practice,
    )
    if not CODE.fullmatch(office.code):
        words = _("Small letters, digits and hyphens, a letter first, at most twenty.")
        raise Refused(words, "code")
    if not PREFIX.fullmatch(office.prefix):
        raise Refused(_("Enter three letters from A to Z."), "prefix")
    if Office.objects.filter(code=office.code).exists():
        raise Refused(_("Another office has this code."), "code")
    if Office.objects.filter(prefix=office.prefix).exists():
        raise Refused(_("Another office has these letters."), "prefix")
    with once(TWICE):
        office.save(force_insert=True)
    audit.record("office.opened", office, actor=actor)
    return office


@service(Perm.OFFICE_KEEP, fresh=True, label=gettext_lazy("Change an office"))
def change_office(
    office: Office, *, version: int, actor: User, **changes: Unpack[OfficeColumns]
) -> Office:
    """Its code and letters stay: references and programs rest on them. Raises `Stale`."""
    if "name" in changes:
        changes["name"] = _named(changes["name"])
    first = changes.get("opened_on", office.opened_on)
    last = changes.get("closed_on", office.closed_on)
    if first and last and last < first:
        raise Refused(_("It closes before it opens."), "closed_on")
    was = {name: getattr(office, name) for name in changes}
    changed = amend(office, version, **changes)
    fields = sorted(name for name in changes if was[name] != getattr(changed, name))
    audit.record("office.changed", changed, actor=actor, fields=fields)
    return changed


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(_("Enter its name."), "name")
    return name.strip()
