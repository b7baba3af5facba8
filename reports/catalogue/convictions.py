"""Convictions of persons, by place of the court. The report's other measures: `rates.py`.

Which decisions count is said once for all of them, in `reports/verdicts.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from prosecutions.models import Charge
from reports.accused import (
    ACCUSED,
    CHARGED_AT,
    COURT,
    DECIDED_ON,
    JUDGED_BY,
    OTHER_ENDINGS,
    attributed,
    decided,
    undecided,
)
from reports.base import ByPlace, Column, Report, rate, rate_columns
from reports.sets import EVERY, gather
from reports.verdicts import (
    CONVICTED,
    ENDED_OTHERWISE,
    decisions,
    natural,
    ours,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from core.access import ScopedQuerySet
    from reports.params import Params
    from reports.sets import Ids, Sets

VARIANTS: dict[str, Report] = {}


class ConvictionRate(ByPlace):
    """CR2: persons convicted of persons with a verdict. A subclass is another of its measures."""

    slug = "conviction-rate"
    measure: ClassVar[str] = "cr2"
    version = 3
    title = _("Conviction rate")
    unit = _("persons")
    people = "prosecutions.Perpetrator"
    takes = ("measure", "instance", "attribution")
    chart = "forest"
    sums: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (("n", ("k",)),)
    definition = _(
        "Of the persons with at least one verdict in the period (convicted at trial or on plea, or "
        "acquitted), the share with at least one conviction, even if other charges are open or "
        "ended in an acquittal. First instance, unless you ask for the final outcome. The final "
        "outcome is the last decision on the charge, at its date. A charge with an open appeal "
        "does not count; an appeal that was withdrawn is ignored. By place of the court; a person "
        "counts once per place. Discharged, dismissed, withdrawn and abated are not verdicts and "
        "are counted separately. Pending: persons with no verdict by the as-of day and at least "
        "one charge without an end, that is undecided, archived, stayed, provisionally dismissed, "
        "or transferred to a court that has not charged them yet. If you ask for one attribution, "
        "pending persons count by the attribution of their arrest. Interval: Wilson, 95 %."
    )
    columns: ClassVar[tuple[Column, ...]] = (
        *rate_columns(_("Convicted"), _("With a verdict"), _("Rate")),
        Column("pending", _("Pending")),
        Column("discharged", _("Discharged")),
        Column("dismissed", _("Dismissed")),
        Column("withdrawn", _("Withdrawn")),
        Column("abated", _("Abated")),
    )

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "measure" in cls.__dict__:
            VARIANTS[cls.measure] = cls()

    def variant(self, measure: str | None) -> Report:
        return VARIANTS.get(measure or "", self)

    def sets(self, reader: User, params: Params) -> Sets:
        rows = decided(reader, params)
        counted = rows.during(params, DECIDED_ON) & attributed(rows, params, JUDGED_BY)
        endings = ("convicted", "verdict", *OTHER_ENDINGS)
        ended = rows.gather(COURT, **{name: rows[name] & counted for name in endings})
        left = undecided(reader, params)
        return (
            ended
            | rows.gather(COURT, ever=rows["verdict"])
            | left.gather(CHARGED_AT, undecided=left.every)
        )

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        members = self.members(at)
        figures = rate(len(members["k"]), len(members["n"]))
        figures["pending"] = len(members["pending"])
        return figures | {name: len(at[name]) for name in OTHER_ENDINGS}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        pending = at["undecided"] - at["ever"]
        named = {"k": at["convicted"], "n": at["verdict"], "pending": pending}
        return named | {name: at[name] for name in OTHER_ENDINGS}


class OfEnded(ConvictionRate):
    """CR3: persons convicted of those whose prosecution ended."""

    measure = "cr3"
    version = 2
    title = _("Convictions of ended prosecutions")
    sums = (("n", ("k",)), ("verdict", ("k",)), ("n", ("verdict", "otherwise")))
    definition = _(
        "Persons with at least one conviction in the period, of two groups together: persons with "
        "a verdict in the period, and persons all of whose charges in one prosecution ended "
        "otherwise (discharged, dismissed, withdrawn, abated or quashed), the last of them in the "
        "period. Archived, stayed, provisionally dismissed and transferred are not endings. This "
        "share is never higher than the rate among persons with a verdict. First instance, unless "
        "you ask for the final outcome. By place of the court; a person counts once per place. "
        "Pending: persons with no verdict by the as-of day and at least one charge without an end. "
        "Interval: Wilson, 95 %."
    )
    columns = (
        *rate_columns(_("Convicted"), _("Ended"), _("Rate")),
        Column("verdict", _("With a verdict")),
        Column("otherwise", _("All charges ended otherwise")),
        Column("pending", _("Pending")),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        rows = decisions(reader, params).annotate(person=person(ACCUSED))
        ended = rows.filter(
            ENDED_OTHERWISE,
            natural(ACCUSED),
            ours(params),
            ~Exists(_not_ended_otherwise(reader, params)),
            **params.period("judgment__decided_on"),
        )
        return super().sets(reader, params) | gather(ended, COURT, "person", otherwise=EVERY)

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        members = self.members(at)
        counts = {name: len(ids) for name, ids in members.items()}
        return counts | rate(counts["k"], counts["n"])

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        pending = at["undecided"] - at["ever"]
        both = {name: at[name] for name in ("verdict", "otherwise")}
        return {
            "k": at["convicted"],
            "n": at["verdict"] | at["otherwise"],
            "pending": pending,
        } | both


def _not_ended_otherwise(reader: User, params: Params) -> ScopedQuerySet:
    """Charges of the same person in the same prosecution that go on, or came to a verdict."""
    ended = decisions(reader, params).filter(
        ENDED_OTHERWISE, charge=OuterRef("pk"), judgment__decided_on__lte=params.until
    )
    return (
        Charge.objects.filed_by(params.as_of)
        .annotate(whose=person("suspect__perpetrator"))
        .filter(~Exists(ended), prosecution=OuterRef("judgment__prosecution"))
        .filter(whose=OuterRef("person"))
    )


class OfTwo(ConvictionRate):
    """A measure of two sets, `k` and `n`, and nothing beside them."""

    version = 2

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        return rate(len(at["k"]), len(at["n"]))

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        return {"k": at["k"], "n": at["n"]}


class PleaShare(OfTwo):
    """PR: of those convicted, the persons convicted on plea."""

    measure = "plea_share"
    title = _("Share of pleas")
    definition = _(
        "Of the persons with at least one conviction in the period, those with at least one "
        "conviction on plea, even if they were convicted of another offence than the one charged. "
        "First instance, unless you ask for the final outcome. By place of the court; a person "
        "counts once per place. Interval: Wilson, 95 %."
    )
    columns = rate_columns(_("On plea"), _("Convicted"), _("Share"))

    def sets(self, reader: User, params: Params) -> Sets:
        counted = Q(**params.period("judgment__decided_on")) & ours(params)
        return gather(
            decisions(reader, params).filter(natural(ACCUSED)),
            COURT,
            person(ACCUSED),
            k=Q(disposition="convicted_plea") & counted,
            n=CONVICTED & counted,
        )
