"""The measures of convictions that start from arrests, charges, cases and appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from prosecutions.enums import Disposition, Instance
from prosecutions.models import Arrest
from reports.base import NUMBER, Column, rate_columns
from reports.catalogue.convictions import ACCUSED, COURT, OfTwo
from reports.sets import EVERY, gather, of_programme
from reports.verdicts import (
    CONVICTED,
    OTHERWISE,
    arrests_of,
    convicted_at_first,
    decisions,
    natural,
    ours,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from reports.params import Params
    from reports.sets import Ids, Sets

CASE = "case__jurisdiction"
ENDINGS = Q(disposition__in=(*Disposition.VERDICTS, *OTHERWISE))


class ArrestYield(OfTwo):
    """CR4: of those first arrested in the period, the persons convicted of it by the as-of day."""

    measure = "cr4"
    title = _("Convictions of persons arrested")
    definition = _(
        "Of the persons first arrested at the place in the period, those convicted by the as-of "
        "day on a suspicion they were arrested for. First instance, unless you ask for the final "
        "outcome. By place of the case; a person counts once per place. If you ask for one "
        "attribution, it is that of the arrest. Interval: Wilson, 95 %."
    )
    columns = rate_columns(_("Convicted"), _("First arrested"), _("Share"))

    def sets(self, reader: User, params: Params) -> Sets:
        arrests = of_programme(Arrest.objects.countable_by(reader), params).filter(
            natural("suspect__perpetrator"), **params.attributed("attribution")
        )
        before = Q(arrested_on__lt=params.start) if params.start else Q(pk__isnull=True)
        first = gather(
            arrests,
            CASE,
            person("suspect__perpetrator"),
            arrested=Q(**params.period("arrested_on")),
            before=before,
        )
        return first | gather(
            of_programme(decisions(reader, params), params).filter(
                CONVICTED, natural(ACCUSED), Exists(arrests_of("charge__suspect", params))
            ),
            CASE,
            person(ACCUSED),
            convicted=EVERY,
        )

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        return super().row(self.members(at))

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        """First at this node: whoever was arrested before anywhere in it is of another cohort."""
        first = at["arrested"] - at["before"]
        return {"k": first & at["convicted"], "n": first}


class ChargeRate(OfTwo):
    """CR5: of the charges decided, those that ended in a conviction."""

    measure = "cr5"
    title = _("Convictions of charges decided")
    unit = _("charges")
    people = "prosecutions.Charge"
    definition = _(
        "Of the charges decided in the period, those that ended in a conviction, including of a "
        "lesser offence. Decided: convicted, acquitted, discharged, dismissed, withdrawn, abated "
        "or quashed. Archived, stayed, provisionally dismissed and transferred are not endings. "
        "Charges against organisations count too. First instance, unless you ask for the final "
        "outcome. By place of the court. Interval: Wilson, 95 %."
    )
    columns = rate_columns(_("With a conviction"), _("Decided"), _("Share"))

    def sets(self, reader: User, params: Params) -> Sets:
        counted = Q(**params.period("judgment__decided_on")) & ours(params)
        rows = decisions(reader, params)
        return gather(rows, COURT, "charge", k=CONVICTED & counted, n=ENDINGS & counted)


class CaseYield(OfTwo):
    """CR7: persons convicted per case. Not a rate: it may pass 1 and has no interval."""

    measure = "cr7"
    title = _("Persons convicted per case")
    unit = _("persons per case")
    others = {"n": "casework.Case"}
    chart = ""
    definition = _(
        "Persons convicted by the as-of day in the cases opened in the period, divided by the "
        "number of these cases. It is a yield, not a rate: it can exceed 1 and has no interval. "
        "First instance, unless you ask for the final outcome. By place of the case; a person "
        "counts once per place. If you ask for one attribution, it is that of the judgments; all "
        "cases are still counted."
    )
    columns = (
        Column("k", _("Convicted")),
        Column("n", _("Cases opened")),
        Column("rate", _("Per case"), kind=NUMBER),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        cases = of_programme(Case.objects.countable_by(reader), params, "programme")
        opened = Q(**params.period("opened_on"))
        every = of_programme(decisions(reader, params), params)
        convicted = every.filter(CONVICTED, natural(ACCUSED), ours(params))
        in_them = Q(**params.period("case__opened_on"))
        return gather(cases, "jurisdiction", "pk", "programme", n=opened) | gather(
            convicted, CASE, person(ACCUSED), k=in_them
        )

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        k, n = len(at["k"]), len(at["n"])
        return {"k": k, "n": n, "rate": k / n if n else None, "low": None, "high": None}


class Reversal(OfTwo):
    """AP: of those whose appeal against a conviction was decided, the persons who won one."""

    measure = "reversal"
    title = _("Convictions reversed on appeal")
    definition = _(
        "Of the persons convicted at first instance whose appeal was finally decided in the "
        "period, by the date of the appeal judgment, those with at least one conviction reversed: "
        "the charge no longer ends in a conviction. A person with an open appeal on the charge is "
        "left out. Withdrawn appeals do not count. A conviction set aside for a new trial is no "
        "longer a conviction. By place of the court; a person counts once per place. Interval: "
        "Wilson, 95 %."
    )
    columns = rate_columns(_("Reversed"), _("Appeal decided"), _("Share"))

    def sets(self, reader: User, params: Params) -> Sets:
        rows = decisions(reader, params, instance="final").filter(
            ENDINGS,
            natural(ACCUSED),
            ours(params),
            Exists(convicted_at_first(params.as_of)),
            judgment__instance=Instance.APPEAL,
            **params.period("judgment__decided_on"),
        )
        return gather(rows, COURT, person(ACCUSED), k=~CONVICTED, n=EVERY)
