"""Which decisions of courts count, and on whom: one sentence for every measure of justice.

"Conviction rate" means seven different numbers, and people quote whichever is kindest. So each
measure starts from this module and differs in what it declares. Attribution stands on arrests and
judgments; where nothing is decided yet it is that of the arrest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from prosecutions.enums import Disposition, PerpetratorKind
from prosecutions.models import Appeal, Arrest, ChargeDecision

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from core.access import ScopedQuerySet
    from prosecutions.court_querysets import ArrestQuerySet
    from prosecutions.querysets import AppealQuerySet, DecisionQuerySet
    from reports.params import Params

# Endings that are no verdict. `Disposition.LEFT` is no ending at all.
OTHERWISE = ("discharged", "dismissed", "withdrawn", "abated", "quashed")
CONVICTED = Q(disposition__in=Disposition.CONVICTED)
VERDICT = Q(disposition__in=Disposition.VERDICTS)
ENDED_OTHERWISE = Q(disposition__in=OTHERWISE)


def person(perpetrator: str) -> Coalesce:
    """The record that stands for this perpetrator today."""
    return Coalesce(f"{perpetrator}__merged_into", perpetrator)


def natural(perpetrator: str) -> Q:
    return Q(**{f"{perpetrator}__kind": PerpetratorKind.INDIVIDUAL})


def decisions(reader: User, params: Params, instance: str | None = None) -> ScopedQuerySet:
    """Decisions by the as-of day: of first instance, or those that stand as the final outcome."""
    rows = ChargeDecision.objects.countable_by(reader).decided_by(params.as_of)
    if (instance or params.instance) == "first":
        return rows.first_instance()
    return final(rows, params.as_of)


def final(rows: DecisionQuerySet, day: date) -> DecisionQuerySet:
    """The last word on each charge, once no appeal against any judgment on it is open.

    The time to appeal is not waited for; withdrawn, an appeal is none.
    """
    return rows.last_words(day).filter(~Exists(_open_appeals(day)))


def _open_appeals(day: date) -> AppealQuerySet:
    """Appeals that keep a charge from its final outcome: filed, not withdrawn, not decided.

    The appeal of one defendant keeps nothing open for the others.
    """
    over = Q(withdrawn_on__lte=day) | Q(outcome__decided_on__lte=day)
    return (
        Appeal.objects.about_charge(day)
        .filter(filed_on__lte=day)
        .filter(~Q(pk__in=Appeal.objects.filter(over).values("pk")))
    )


def convicted_at_first(day: date) -> DecisionQuerySet:
    """For `Exists`: that at first instance a conviction stood on the charge of a decision.

    One set aside for a new trial is not what the appeal after that trial is about.
    """
    rows = ChargeDecision.objects.first_instance().decided_by(day)
    return rows.filter(CONVICTED, charge=OuterRef("charge"))


def arrests_of(suspect: str, params: Params) -> ArrestQuerySet:
    """For `Exists`: arrests on a suspicion by the as-of day, of the attributions asked for."""
    return Arrest.objects.filter(
        suspect=OuterRef(suspect),
        arrested_on__lte=params.as_of,
        **params.attributed("attribution"),
    )


def ours(params: Params, judgment: str = "judgment") -> Q:
    """Judgments of the attributions asked for."""
    return Q(**params.attributed(f"{judgment}__attribution"))
