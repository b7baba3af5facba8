"""What a judgment may decide, and what an appeal may question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from core.refusals import gettext as _
from core.services import Refused
from prosecutions.contradictions.courts import DECIDED_TWICE
from prosecutions.enums import Disposition, Lifted
from prosecutions.models import Appeal, Charge, ChargeDecision, Judgment, Suspect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from prosecutions.models import Prosecution
    from prosecutions.querysets import ChargeQuerySet
    from prosecutions.services.shares import Share


class Ended(NamedTuple):
    """How one charge ends in a judgment; `local_term` keeps the court's own word."""

    charge: Charge
    disposition: str
    local_term: str = ""


class Sentenced(NamedTuple):
    """What one person whom a judgment convicts is sentenced to, as `record_sentence` takes it."""

    suspect: Suspect
    months: int | None = None
    life: bool = False
    suspended: bool = False
    fine: Decimal | None = None
    compensation: Decimal | None = None
    currency: str = ""
    shares: Sequence[Share] = ()


def check_first(decided_on: date, ends: list[Ended]) -> None:
    """A court of first instance decides what is open, and sends nothing back."""
    decisions = ChargeDecision.objects.filter(charge__in=[end.charge for end in ends])
    if decisions.first_instance().standing().exists():
        raise Refused(DECIDED_TWICE)
    if any(end.disposition == Disposition.REMANDED for end in ends):
        raise Refused(_("Only a court of appeal can order a new trial."))
    if decisions.exclude(lifted_for=Lifted.ERROR).filter(lifted_on__gt=decided_on).exists():
        raise Refused(_("One of these charges was resumed later than that."))


def require_living(decided_on: date, charges: Any) -> None:
    """Nobody is convicted or acquitted in first instance after the day of their death."""
    if Suspect.objects.filter(charges__in=charges, died_on__lt=decided_on).exists():
        words = _("One of the accused is recorded as dead by then. Their charges abate.")
        raise Refused(words, "decided_on")


def check_charges(prosecution: Prosecution, charges: list[Charge]) -> None:
    """Charges of the proceeding, each once."""
    if not charges or len({charge.pk for charge in charges}) != len(charges):
        raise Refused(_("Choose at least one charge, and each only once."))
    if any(charge.prosecution_id != prosecution.pk for charge in charges):
        raise Refused(_("Choose only charges of this prosecution."))


def check_appeal_decided(prosecution: Prosecution, ends: list[Ended], appeal: Appeal) -> None:
    """A judgment on an appeal decides every charge the appeal is about, and no other."""
    if appeal.judgment.prosecution_id != prosecution.pk or appeal.withdrawn_on:
        raise Refused(_("This appeal is withdrawn or belongs to another prosecution."))
    if Judgment.objects.filter(appeal=appeal).exists():
        raise Refused(_("This appeal is already decided."))
    appealed = set(appealed_charges(appeal).values_list("pk", flat=True))
    if any(end.disposition in Disposition.ASLEEP for end in ends):
        raise Refused(_("An archived or stayed appeal is not decided. Leave it open."))
    decided = {end.charge.pk for end in ends}
    if not decided <= appealed:
        raise Refused(_("This appeal is not about one of these charges."))
    if decided < appealed:
        words = _("This judgment ends the appeal. Enter how each of its charges ends.")
        raise Refused(words, "decisions")


def appealed_charges(appeal: Appeal) -> ChargeQuerySet:
    """The charges an appeal is about: of its defendant or of all, where the decision stands."""
    ends = appeal.judgment.decisions.standing()
    if appeal.suspect_id:
        ends = ends.filter(charge__suspect=appeal.suspect_id)
    return Charge.objects.filter(pk__in=ends.values("charge"))


def check_appeal(appeal: Appeal) -> None:
    """It questions something that stands, and nobody appeals twice against the same."""
    if not appealed_charges(appeal).exists():
        raise Refused(_("No decision of this judgment on this defendant is in force."), "suspect")
    others = Appeal.objects.filter(judgment=appeal.judgment_id, appellant=appeal.appellant)
    others = others.filter(withdrawn_on__isnull=True).exclude(pk=appeal.pk)
    if appeal.suspect_id:
        others = others.filter(Q(suspect__isnull=True) | Q(suspect=appeal.suspect_id))
    if others.exists():
        raise Refused(_("This appeal is already recorded."))
