"""Care itself: what was done for whom, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.columns import SessionWords
from aftercare.enums import ReferralStatus
from aftercare.models import Provider, Referral, ServiceRecord, SessionNote
from aftercare.models.services import LONGEST
from aftercare.workflow import referral_workflow
from casework.services.cases import require_content, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from victims.models import Involvement


@service(Perm.SERVICE_RECORD, label=gettext_lazy("Record a service"))
def record_service(
    involvement: Involvement,
    *,
    kind: str,
    provided_on: date,
    provider: Provider | None = None,
    referral: Referral | None = None,
    session: str = "",
    minutes: Annotated[int | None, Column(least=1, most=LONGEST)] = None,
    note: SessionWords = "",
    actor: User,
) -> ServiceRecord:
    """Record what was done for a survivor, and when.

    With a kind of session it was one; then it may have lasted, and have notes.
    """
    require_content(involvement.case, actor)
    require_past(involvement.case, provided_on)
    if not session and (minutes is not None or note.strip()):
        raise Refused(_("Choose the kind of session, or clear minutes and notes."))
    if referral:
        _begin(referral, involvement, actor)
    record = ServiceRecord.objects.create(
        case=involvement.case,
        involvement=involvement,
        kind=kind,
        provided_on=provided_on,
        provider=provider or (referral.provider if referral else None),
        referral=referral,
        session=session,
        minutes=minutes,
    )
    if note.strip():
        SessionNote.objects.create(case=involvement.case, service=record, text=note.strip())
    audit.record("service.recorded", record, actor=actor)
    return record


def _begin(referral: Referral, involvement: Involvement, actor: User) -> None:
    """A service under a referral is of its person, and begins what was accepted."""
    if referral.involvement_id != involvement.pk:
        raise Refused(_("This referral belongs to another person."))
    if referral.status not in ReferralStatus.TAKEN:
        raise Refused(_("The provider has not accepted this referral."))
    if referral.status == ReferralStatus.ACCEPTED:
        referral_workflow.apply(referral, "begin", actor=actor)


@service(Perm.REFERRAL_VIEW)
def open_session_note(note: SessionNote, *, actor: User) -> str:
    """Show what was said in a session. Looking is an act, so it leaves a mark."""
    audit.read("session.opened", note, actor=actor)
    return str(note.text)
