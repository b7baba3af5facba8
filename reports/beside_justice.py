"""Outcomes of survivors beside justice: the same persons, told apart by a fact of court."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import TakingPart
from prosecutions.models import (
    Charge,
    ChargeDecision,
    CompensationPayment,
    CompensationShare,
    Participation,
    Sentence,
)
from reports.base import COUNT
from reports.measures import Figure, Measure, share
from reports.recovery import PLACE, SURVIVOR, WHO
from reports.sets import numbers, sets_of, within
from reports.survivors import of_victims, people
from reports.verdicts import CONVICTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accounts.models import User
    from core.access import ScopedQuerySet
    from reports.params import Params
    from reports.sets import Ids

# Each outcome by its code, then each group by its code: the measure is `outcome_group`.
LABELS = {
    "restored_testified": _("Restored, of those who testified"),
    "restored_not_testified": _("Restored, of those who did not testify"),
    "restored_conviction": _("Restored, with a conviction in their case"),
    "restored_no_conviction": _("Restored, without a conviction in their case"),
    "school_or_work_testified": _("In school or at work, of those who testified"),
    "school_or_work_not_testified": _("In school or at work, of those who did not testify"),
    "school_or_work_conviction": _("In school or at work, with a conviction in their case"),
    "school_or_work_no_conviction": _("In school or at work, without a conviction in their case"),
    "safe_testified": _("Safe, of those who testified"),
    "safe_not_testified": _("Safe, of those who did not testify"),
    "safe_conviction": _("Safe, with a conviction in their case"),
    "safe_no_conviction": _("Safe, without a conviction in their case"),
    "revictimised_testified": _("Exploited or abused again, of those who testified"),
    "revictimised_not_testified": _("Exploited or abused again, of those who did not testify"),
    "revictimised_conviction": _("Exploited or abused again, with a conviction in their case"),
    "revictimised_no_conviction": _("Exploited or abused again, without a conviction"),
}
OUTCOMES = ("restored", "school_or_work", "safe", "revictimised")
MEASURES = {code: Measure(label, survivors=True) for code, label in LABELS.items()} | {
    "verdict_pending": Measure(
        _("No conviction yet, and a charge in their case is undecided"), COUNT, survivors=True
    ),
    "compensated": Measure(_("Compensation received, of those awarded it"), survivors=True),
}


@dataclass(frozen=True)
class Outcome:
    """Of whom it is known, and who of them it is true of."""

    true: Ids
    known: Ids


def figures(
    outcomes: Mapping[str, Outcome], closed: Ids, reader: User, params: Params
) -> Iterator[Figure]:
    """Each outcome by each fact; `pending`: of the group, of whom it is not known by that day."""
    testified = _testified(reader, params) & closed
    decisions = ChargeDecision.objects.countable_by(reader).decided_by(params.as_of)
    decisions = decisions.first_instance()
    undecided = Charge.objects.countable_by(reader).undecided_on(params.as_of)
    in_cases = sets_of(
        people(reader, params),
        SURVIVOR,
        convicted=Q(case__in=decisions.filter(CONVICTED).values("case")),
        undecided=Q(case__in=undecided.values("case")),
    )
    convicted = in_cases["convicted"] & closed
    groups = {
        "testified": testified,
        "not_testified": closed - testified,
        "conviction": convicted,
        "no_conviction": closed - convicted,
    }
    for name in OUTCOMES:
        outcome = outcomes[name]
        for group, some in groups.items():
            figure = share(f"{name}_{group}", outcome.true & some, outcome.known & some)
            yield replace(figure, beside={"pending": some - outcome.known})
    waiting = in_cases["undecided"] & (closed - convicted)
    yield Figure("verdict_pending", k=waiting, value=len(waiting))


def compensated(reader: User, params: Params) -> Figure:
    """Of the survivors to whom a sentence orders a sum by name, those whom money had reached."""

    def whose(model: type[CompensationShare | CompensationPayment]) -> ScopedQuerySet:
        rows = of_victims(model.objects.countable_by(reader), params, "involvement__")
        return within(rows, params, PLACE)

    in_force = Sentence.objects.in_force(params.as_of)
    ordered = in_force.filter(judgment__decided_on__lte=params.as_of)
    named = numbers(whose(CompensationShare).filter(sentence__in=ordered), WHO)
    reached = whose(CompensationPayment).filter(received_on__lte=params.as_of)
    return share("compensated", numbers(reached, WHO) & named, named)


def _testified(reader: User, params: Params) -> Ids:
    rows = Participation.objects.countable_by(reader).filter(
        kind__in=TakingPart.TESTIMONY, happened_on__lte=params.as_of
    )
    return numbers(rows, WHO)
