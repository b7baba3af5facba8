"""The workbook of an organisation that moves in: looked at, then taken in."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from core import audit
from core.access import IDENTITY
from core.idempotency import digest_of
from core.services import Refused, service
from exchange.services.taking import one_at_a_time, own_office, require_looked_at
from exchange.workbooks.looking import Looked
from exchange.workbooks.opening import NotATable, tables
from exchange.workbooks.taking import Taking

if TYPE_CHECKING:
    from accounts.models import Office, User
    from exchange.workbooks.looking import Preview


@dataclass(frozen=True)
class _Asked:
    office: Office
    looked: Looked
    digest: str


@service(Perm.CASE_IMPORT)
def preview_workbook(*, workbook: str, office: Office | None = None, actor: User) -> Preview:
    """Look at what a workbook (XLSX, as base64) would add. Everything is written and undone, so
    that the rules of the database speak, too; what stays is that it was looked at."""
    asked = _asked(workbook, office, actor)
    Taking(asked.looked).tried()
    preview = asked.looked.preview()
    preview.digest = "" if preview.faults else asked.digest
    audit.record("workbook.preview", asked.office, actor=actor, faults=len(preview.faults))
    return preview


@service(Perm.CASE_IMPORT)
def import_workbook(
    *, workbook: str, digest: str, office: Office | None = None, actor: User
) -> Preview:
    """Take in what was looked at, said by its digest: all of it or nothing.

    What is here already under the same keys, said alike, is left as it is.
    """
    asked = _asked(workbook, office, actor)
    require_looked_at(digest, asked.digest)
    Taking(asked.looked).write()
    preview = asked.looked.preview()
    if preview.faults:
        raise Refused(str(preview.faults[0]), "workbook")
    preview.digest = asked.digest
    for _line, case in asked.looked.new["cases"]:
        audit.record("case.moved_in", case, actor=actor)
    added = {name: n for name, n in preview.new.items() if n}
    audit.record("workbook.imported", asked.office, actor=actor, known=preview.known, **added)
    return preview


def _asked(workbook: str, office: Office | None, actor: User) -> _Asked:
    office = own_office(office, actor)
    if office.pk not in actor.scope.offices[IDENTITY]:
        raise PermissionDenied("identity")
    one_at_a_time("workbook", office)
    try:
        content = base64.b64decode(workbook, validate=True)
        read = tables(content)
    except NotATable as exc:
        raise Refused(str(exc), "workbook") from None
    except ValueError:  # also of signs that are no ASCII
        raise Refused(_("This is no workbook. Send an XLSX as base64."), "workbook") from None
    looked = Looked(read, office, actor)
    return _Asked(office, looked, digest_of(content, str(office.pk).encode()).hex())
