"""What a court needs is not erased. A hold is the safe direction: it holds from the moment it is
asked for, and lapses where a second person refuses it. To lift it takes two.

Hold and erasure lock the case (the database too: `retention/erasing.sql`), so that in any order
one of them sees the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from casework.models import Case
from casework.services.cases import require_content
from casework.services.opening import holding_on, require_reason
from core import audit
from core.refusals import gettext as _
from core.services import Refused, as_it_stands, service
from core.verbs.arguments import Column
from retention.enums import REASON_LENGTH
from retention.models import LegalHold
from retention.workflow import hold_workflow
from victims.models import Involvement

if TYPE_CHECKING:
    from accounts.models import User

Reason = Annotated[str, Column(length=2000)]


@service(Perm.HOLD_ASK, label=gettext_lazy("Hold back from erasure"))
def ask_hold(
    case: Case,
    *,
    involvement: Annotated[
        Involvement | None,
        Column(
            label=gettext_lazy("Survivor"),
            help=gettext_lazy("If empty: the whole case. Otherwise: this person in every case."),
        ),
    ] = None,
    reason: Reason,
    actor: User,
) -> LegalHold:
    """Keep a case, or a person in every case, from being erased. It applies at once; a second
    person confirms or refuses it."""
    require_content(case, actor)
    require_reason(reason, REASON_LENGTH)
    case = as_it_stands(case)
    if involvement is not None and involvement.case_id != case.pk:
        raise Refused(_("This person is not in the case."), "involvement")
    victim = involvement.victim if involvement else None
    if LegalHold.objects.holding().filter(case=case, victim=victim).exists():
        raise Refused(_("This is already under a legal hold."))
    hold: LegalHold = LegalHold.objects.create(
        case=case, victim=victim, reason=reason, asked_by=actor
    )
    hold.refresh_from_db()
    tell(_deciders(hold, actor), "hold-asked", target=hold)
    audit.record("legalhold.asked", hold, actor=actor)
    return hold


@service(Perm.HOLD_DECIDE, label=gettext_lazy("Confirm a legal hold"))
def confirm_hold(hold: LegalHold, *, actor: User) -> LegalHold:
    """Confirm a legal hold, as the second person. Nothing of it is erased until two persons
    lift it."""
    return _decide(hold, "confirm", actor, hold.asked_by_id)


@service(Perm.HOLD_DECIDE, label=gettext_lazy("Refuse a legal hold"))
def refuse_hold(hold: LegalHold, *, actor: User) -> LegalHold:
    """Refuse a legal hold, as the second person. It no longer applies, and the person who asked
    is told."""
    return _decide(hold, "refuse", actor, hold.asked_by_id)


@service(Perm.HOLD_ASK, label=gettext_lazy("Ask to lift a legal hold"))
def ask_lifting(hold: LegalHold, *, reason: Reason, actor: User) -> LegalHold:
    """Ask that a legal hold be lifted. It applies until a second person lifts it."""
    require_content(hold.case, actor)
    require_reason(reason, REASON_LENGTH)
    asked: LegalHold = hold_workflow.apply(
        hold, "ask_lifting", actor=actor, lifting_by=actor, lifting_reason=reason
    )
    tell(_deciders(asked, actor), "hold-asked", target=asked)
    return asked


@service(Perm.HOLD_DECIDE, label=gettext_lazy("Lift a legal hold"))
def lift_hold(hold: LegalHold, *, actor: User) -> LegalHold:
    """Lift a legal hold, as the second person. The case may then be erased again, by two
    persons, when its time is over."""
    require_content(hold.case, actor)
    _require_second(hold.lifting_by_id, actor)
    lifted: LegalHold = hold_workflow.apply(
        hold, "lift", actor=actor, lifted_by=actor, lifted_at=timezone.now()
    )
    tell({lifted.asked_by, lifted.lifting_by} - {actor, None}, "hold-decided", target=lifted)
    return lifted


@service(Perm.HOLD_DECIDE, label=gettext_lazy("Keep a legal hold in force"))
def keep_hold(hold: LegalHold, *, actor: User) -> LegalHold:
    """Keep a legal hold in force, as the second person. The person who asked to lift it is
    told."""
    require_content(hold.case, actor)
    _require_second(hold.lifting_by_id, actor)
    asker = hold.lifting_by
    kept: LegalHold = hold_workflow.apply(
        hold, "keep", actor=actor, lifting_by=None, lifting_reason=None
    )
    tell([asker] if asker else [], "hold-decided", target=kept)
    return kept


@service(Perm.HOLD_VIEW)
def read_holds(case: Case, *, actor: User) -> list[LegalHold]:
    """What holds a case back, and what did."""
    require_content(case, actor)
    people = ("asked_by", "decided_by", "lifting_by", "lifted_by", "victim")
    rows = LegalHold.objects.visible_in(case, actor).select_related(*people)
    holds: list[LegalHold] = list(rows.order_by("-asked_at"))
    audit.read("legalhold.read", case, actor=actor, shown=[row.pk for row in holds])
    return holds


def _decide(hold: LegalHold, step: str, actor: User, first: Any) -> LegalHold:
    require_content(hold.case, actor)
    _require_second(first, actor)
    decided: LegalHold = hold_workflow.apply(
        hold, step, actor=actor, decided_by=actor, decided_at=timezone.now()
    )
    tell([decided.asked_by], "hold-decided", target=decided)
    return decided


def _require_second(first: Any, actor: User) -> None:
    if first == actor.pk:
        raise Refused(_("A second person must decide, not the one who asked for it."))


def _deciders(hold: LegalHold, actor: User) -> Any:
    return holding_on(hold.case, Perm.HOLD_DECIDE).exclude(pk=actor.pk)
