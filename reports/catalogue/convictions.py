"""Convictions: how often a person who gets a verdict is convicted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import Disposition, Instance, PerpetratorKind
from prosecutions.models import Appeal, Charge, ChargeDecision
from reports.base import EVERY, Column, Report, Sets, gather, rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.base import Ids
    from reports.params import Params

OTHER_ENDINGS = ("discharged", "dismissed", "withdrawn", "abated")


class ConvictionRate(Report):
    """CR2: persons convicted of persons with a verdict, by place of the court."""

    slug = "conviction-rate"
    title = _("Conviction rate")
    unit = _("persons")
    people = "prosecutions.Perpetrator"
    definition = _(
        "Of the persons with at least one verdict (convicted at trial or on plea, or acquitted) "
        "in the period, the share with at least one conviction. First instance unless the final "
        "outcome is asked for. A person counts once per place. Discharged, dismissed, withdrawn "
        "and abated are no verdicts and stand apart; so do persons with an undecided charge and "
        "no verdict by the as-of day (pending). Interval: Wilson, 95 %."
    )
    columns = (
        Column("k", _("Convicted")),
        Column("n", _("With a verdict")),
        Column("rate", _("Rate")),
        Column("low", _("Interval from")),
        Column("high", _("Interval to")),
        Column("pending", _("Pending")),
        Column("discharged", _("Discharged")),
        Column("dismissed", _("Dismissed")),
        Column("withdrawn", _("Withdrawn")),
        Column("abated", _("Abated")),
    )

    def sets(self, reader: Any, params: Params) -> Sets:
        convicted = Q(disposition__in=Disposition.CONVICTED)
        verdict = Q(disposition__in=Disposition.VERDICTS)
        in_period = Q(**params.period("judgment__decided_on"))
        ended = gather(
            _decisions(reader, params),
            "judgment__prosecution__jurisdiction",
            PERSON,
            convicted=convicted & in_period,
            verdict=verdict & in_period,
            ever=verdict,
            **{name: Q(disposition=name) & in_period for name in OTHER_ENDINGS},
        )
        open_charges = (
            Charge.objects.countable_by(reader)
            .undecided_on(params.as_of)
            .filter(suspect__perpetrator__kind=PerpetratorKind.INDIVIDUAL)
        )
        return ended | gather(
            open_charges, "prosecution__jurisdiction", PERSON_OF_CHARGE, undecided=EVERY
        )

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        figures = rate(len(at["convicted"]), len(at["verdict"]))
        figures["pending"] = len(at["undecided"] - at["ever"])
        return figures | {name: len(at[name]) for name in OTHER_ENDINGS}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        pending = at["undecided"] - at["ever"]
        return {"k": at["convicted"], "n": at["verdict"], "pending": pending}


PERSON = Coalesce("charge__suspect__perpetrator__merged_into", "charge__suspect__perpetrator")
PERSON_OF_CHARGE = Coalesce("suspect__perpetrator__merged_into", "suspect__perpetrator")


def _decisions(reader: Any, params: Params) -> Any:
    """Decisions on natural persons that count: of first instance, or those that stand as final."""
    rows = ChargeDecision.objects.countable_by(reader).filter(
        charge__suspect__perpetrator__kind=PerpetratorKind.INDIVIDUAL,
        judgment__decided_on__lte=params.as_of,
    )
    if params.instance == "first":
        return rows.filter(judgment__instance=Instance.FIRST)
    return rows.filter(~Exists(_open_appeals(params)), ~Exists(_later(params)))


def _open_appeals(params: Params) -> Any:
    """Appeals that keep a decision from being final: filed, not withdrawn, not decided."""
    decided = Q(outcome__decided_on__lte=params.as_of)
    over = Q(withdrawn_on__lte=params.as_of) | decided
    return Appeal.objects.filter(judgment=OuterRef("judgment"), filed_on__lte=params.as_of).filter(
        ~Q(pk__in=Appeal.objects.filter(over).values("pk"))
    )


def _later(params: Params) -> Any:
    """Decisions of an appeal on the same charge: the earlier one is not the final one."""
    return ChargeDecision.objects.filter(
        charge=OuterRef("charge"),
        judgment__appeal__judgment=OuterRef("judgment"),
        judgment__decided_on__lte=params.as_of,
    )
