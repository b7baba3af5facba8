"""A case is checked out to a phone of its reader, and ended by whoever reads the case."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.models import Case
from casework.services.cases import require_content, require_not_closed
from core import audit
from core.access import CONTENT, SEALED
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
    kept = list(Extract.objects.filter(phone__person=actor).in_force())
    if len(kept) >= MOST:
        raise Refused(_("You have five cases on your phones. Give one back first."))
    if any((row.case_id, row.phone_id) == (case.pk, here.pk) for row in kept):
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


@service(Perm.EXTRACT_KEEP)
def read_extract(extract: Extract, *, actor: User) -> Content:
    """What goes onto the phone, by what its reader may read now. Only until the phone has it."""
    if not _is_open(extract, actor):
        raise Refused(_("This is no longer checked out."))
    if extract.given_at:
        raise Refused(_("This case is already on this phone. Give it back first."))
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
    _end([extract.pk], ExtractEnd.BACK if is_own else ExtractEnd.STOPPED)
    audit.record("extract.ended", extract, actor=actor)
    extract.refresh_from_db()
    return extract


def for_phone(phone: Phone, held: Collection[UUID], person: User) -> list[Extract]:
    """What this phone may go on showing, of all that it may have; what else it has, it wipes.

    What it had and has no longer is ended. It is told by its own word; so what it has wiped cannot
    be opened with a share that is asked for later.
    """
    if phone.ended_at or not person.has_perm(Perm.EXTRACT_KEEP):
        return []
    mine = Extract.objects.visible_to(person).filter(phone=phone).in_force()
    rows = list(mine.select_related(*Extract.shown_with).select_for_update(of=("self",)))
    sealed = [row for row in rows if row.level >= SEALED]
    gone = [row for row in rows if row.given_at and row.pk not in held and row not in sealed]
    for why, ended in ((ExtractEnd.SEALED, sealed), (ExtractEnd.GONE, gone)):
        _end([row.pk for row in ended], why)
        audit.record_each("extract.ended", ended, actor=person)
    given = [row for row in rows if row.pk in held and row not in sealed and _is_open(row, person)]
    fresh = [row.pk for row in given if row.given_at is None]
    Extract.objects.filter(pk__in=fresh).update(given_at=Now())
    return given


def _is_open(extract: Extract, person: User) -> bool:
    """Whether it is in force for this person, and the case still theirs to read."""
    in_force = Extract.objects.in_force().filter(pk=extract.pk, phone__person=person).exists()
    case = extract.case
    return in_force and case.level < SEALED and person.scope.reaches(case, CONTENT)


def _end(ids: list[UUID], why: ExtractEnd) -> None:
    rows = Extract.objects.filter(pk__in=ids, ended_at=None)
    rows.update(ended_at=Now(), ended_for=why, updated_at=Now(), version=F("version") + 1)
