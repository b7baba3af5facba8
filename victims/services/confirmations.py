"""Case managers are asked about a record of their own: neither the other side nor its office is
named, so that nobody learns where somebody else is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from victims.enums import ConfirmationStatus
from victims.models import Confirmation, Involvement, Match
from victims.services.identities import require_identity

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.CONFIRMATION_ASK)
def ask_confirmations(match: Match, *, actor: User) -> list[Confirmation]:
    """Ask the case managers of both records, each about the own one."""
    Match.objects.select_for_update().get(pk=match.pk)
    confirmations = Confirmation.objects.filter(match=match).exclude(
        status=ConfirmationStatus.UNSURE
    )
    waiting = set(confirmations.values_list("involvement__victim", flat=True))
    made = []
    for victim in (match.one_id, match.other_id):
        parts = Involvement.objects.visible_to(actor).filter(victim=victim)
        part = parts.exclude(confirmations__match=match).order_by("-created_at", "pk").first()
        if victim in waiting or part is None:
            continue
        made.append(
            Confirmation.objects.create(
                case_id=part.case_id, match=match, involvement=part, asked_by=actor
            )
        )
    if not made:
        raise Refused(_("Both case managers have already been asked."))
    audit.record("confirmation.asked", match, actor=actor, records=len(made))
    return made


@service(Perm.CONFIRMATION_ANSWER, label=gettext_lazy("Is this your person?"))
def answer_confirmation(
    confirmation: Confirmation, *, version: int, answer: str, actor: User
) -> Confirmation:
    """Say whether a record is about the right person and correct, as the data officer asks. If
    you are not sure, look at the name first. Raises `Stale`."""
    require_identity(confirmation.case, actor)
    if answer not in ConfirmationStatus.values or answer == ConfirmationStatus.ASKED:
        raise Refused(_("Say yes, no, or that you cannot say."))
    if confirmation.status != ConfirmationStatus.ASKED:
        raise Refused(_("This has already been answered."))
    answered = amend(
        confirmation, version, status=answer, answered_by=actor, answered_at=timezone.now()
    )
    audit.record("confirmation.answered", answered, actor=actor, answer=answer)
    return answered
