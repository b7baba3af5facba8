"""A case is checked out to a phone of its reader, and ended by whoever reads the case."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING, Annotated

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.enums import CaseStatus
from casework.models import Case
from casework.services.cases import require_content, require_not_closed
from core import audit
from core.access import CONTENT, SEALED
from core.arrays import Array
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from intake.extracts.content import Content, content_of
from intake.models import LASTS, Extract, ExtractEnd, Phone

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from accounts.models import User

MOST = 5  # of one person
SHARE = 32  # bytes
Mark = Annotated[
    str,
    Column(
        length=64,
        label=gettext_lazy("Phone"),
        help=gettext_lazy("Give the SHA-256 of the public key, in hexadecimal digits."),
    ),
]
WhyOffline = Annotated[
    str,
    Column(
        length=300,
        least=10,
        label=gettext_lazy("Why you need it without a network"),
        help=gettext_lazy("Use codes, not names."),
    ),
]


@service(Perm.EXTRACT_KEEP, fresh=True, label=gettext_lazy("Read offline"))
def check_out_case(case: Case, *, phone: Mark, reason: WhyOffline, actor: User) -> Extract:
    """Keep an extract of this case on this phone for 72 hours: initials, hearings, what is due and
    what to ask. It opens with a PIN, and every 12 hours it needs a network once.

    No name, no address and nothing from a sealed case is in it. At most five cases at a time.
    """
    require_content(case, actor)
    require_not_closed(case)
    if case.level >= SEALED:
        raise Refused(_("A sealed case cannot be read offline."))
    mine = Phone.objects.select_for_update().filter(person=actor).in_force()  # one at a time
    here = next((row for row in mine.order_by("pk") if row.mark == phone), None)
    if here is None:
        raise Refused(_("This phone is not enrolled for you. Enrol it first."), "phone")
    if _out(actor) >= MOST:
        raise Refused(
            _(
                "Five cases are on your phones. Give one back first, on its phone. One that was"
                " ended elsewhere counts for up to 12 hours."
            )
        )
    if Extract.objects.filter(case=case, phone=here).in_force().exists():
        raise Refused(_("This case is already on this phone. Give it back first."))
    extract: Extract = Extract.objects.create(
        case=case,
        phone=here,
        until=timezone.now() + LASTS,
        reason=reason,
        share=base64.b64encode(secrets.token_bytes(SHARE)).decode(),
    )
    audit.record("extract.checked_out", extract, actor=actor, until=extract.until.isoformat())
    return extract


@service(Perm.EXTRACT_KEEP, fresh=True)
def read_extract(extract: Extract, *, actor: User) -> Content:
    """What goes onto the phone of its reader, by what they may read now. Shown once."""
    if extract.phone.person_id != actor.pk:
        raise Refused(_("This phone is not enrolled for you. Enrol it first."))
    if not _is_open(extract, actor):
        raise Refused(_("This is no longer checked out."))
    if not Extract.objects.filter(pk=extract.pk, read_at=None).update(read_at=Now()):
        raise Refused(_("This was shown once already. End it, and check the case out again."))
    content = content_of(extract.case, actor)
    audit.read("extract.read", extract, actor=actor, shown=[extract.case_id, *content.shown])
    return content


@service(Perm.EXTRACT_KEEP, label=gettext_lazy("End reading offline"))
def end_extract(extract: Extract, *, actor: User) -> Extract:
    """End reading offline. The phone wipes the extract at its next contact."""
    require_content(extract.case, actor)  # whoever reads the case may: it is the safe direction
    if extract.ended_at:
        raise Refused(_("This is no longer checked out."))
    is_own = extract.phone.person_id == actor.pk
    _end(extract, ExtractEnd.BACK if is_own else ExtractEnd.STOPPED)
    audit.record("extract.ended", extract, actor=actor)
    extract.refresh_from_db()
    return extract


def end_copied(phone: Phone, person: User) -> None:
    """Two asked as this phone: nobody knows which is the real one, so neither shows anything."""
    _end_all_but([], phone, None, ExtractEnd.COPIED, person)


def for_phone(
    phone: Phone, held: Collection[UUID], lacks: Collection[UUID], person: User
) -> list[Extract]:
    """What this phone may go on showing, of all that it may have; what else it has, it wipes.

    Judged anew at each asking, by what its person may read now. What it had and has no longer, and
    what its person may no longer read, ends here: so a copy of the phone gets no share of it any
    more. `lacks`: those of which it is handed the share, with a line in the history for each.
    """
    rows: list[Extract] = []
    if not phone.ended_at and person.has_perm(Perm.EXTRACT_KEEP):
        mine = Extract.objects.visible_to(person).filter(phone=phone).in_force()
        rows = list(mine.select_related(*Extract.shown_with).select_for_update(of=("self",)))
    rows = [row for row in rows if _is_open(row, person)]
    _end_all_but(rows, phone, held, ExtractEnd.RIGHT, person)
    kept = [row for row in rows if row.pk in held]
    handed = [row for row in kept if row.pk in lacks]
    ids = [row.pk for row in kept]
    Extract.objects.filter(pk__in=ids).update(told_at=Now())
    Extract.objects.filter(pk__in=ids, given_at=None).update(given_at=Now())
    audit.record_each("extract.shared", handed, actor=person)
    return kept


def _is_open(extract: Extract, person: User) -> bool:
    """Whether it is in force for this person, and the case still theirs to read, and open."""
    in_force = Extract.objects.in_force().filter(pk=extract.pk, phone__person=person).exists()
    case = extract.case
    is_shown = case.level < SEALED and case.status != CaseStatus.CLOSED
    return in_force and is_shown and person.scope.reaches(case, CONTENT)


def _end_all_but(
    rows: Collection[Extract],
    phone: Phone,
    held: Collection[UUID] | None,
    why: ExtractEnd,
    person: User,
) -> None:
    """Of this phone, also those that its person may no longer see (`core/wall/phones.sql`).

    `held`: what it has; of all else it says that it is gone. None: it is not believed.
    """
    still_open = Array(row.pk for row in rows).text
    there = None if held is None else Array(held).text
    with connection.cursor() as cursor:
        cursor.execute(
            "select ended, of_case from intake_phone_said(%s, %s::uuid[], %s::uuid[], %s)",
            [phone.pk, there, still_open, why],
        )
        ended = [Extract(pk=pk, case_id=case) for pk, case in cursor.fetchall()]
    audit.record_each("extract.ended", ended, actor=person)


def _out(person: User) -> int:
    """How many cases may lie open on this person's phones, whatever the person may see now."""
    with connection.cursor() as cursor:
        cursor.execute("select intake_extracts_out(%s)", [person.pk])
        (cases,) = cursor.fetchone()
    return int(cases)


def _end(extract: Extract, why: ExtractEnd) -> None:
    rows = Extract.objects.filter(pk=extract.pk, ended_at=None)
    rows.update(ended_at=Now(), ended_for=why, updated_at=Now(), version=F("version") + 1)
