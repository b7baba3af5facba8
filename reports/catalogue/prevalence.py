"""Shares of minors that studies found and we published, each with its interval and its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from reports.base import NUMBER, SHARE, Column
from reports.measures import Figure, Measure, Measures
from reports.sets import within
from studies.comparing import interval_of, share_of
from studies.enums import Basis, Figuring, StratumKind
from studies.models import Estimate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params

PLACE, FORM = "stratum__jurisdiction", "stratum__study__programme"
STANDS = {"yes": _("Representative"), "no": _("Not representative")}


class Prevalence(Measures):
    """Published estimates, stratum by stratum."""

    slug = "prevalence"
    title = _("Prevalence of minors in studies")
    unit = _("people counted")
    definition = _(
        "Share of minors among the people counted by a study, for each stratum, as published here. "
        "If several estimates were made in the same way, the newest is shown. Studies whose "
        "fieldwork ended in the period, by the as-of day. Interval of 95 %: the one published "
        "elsewhere, or else Wilson’s on the number of people divided by the design effect. A share "
        "that is not representative describes the people found, not the place. A share is "
        "published only with the number of people it is of."
    )
    measures = {"share": Measure(_("Share of minors"), kind=SHARE)}
    keys = (
        Column("study", _("Study")),
        Column("place", _("Place")),
        Column("stratum", _("Stratum"), words=dict(StratumKind.choices)),
        Column("basis", _("Found"), words=dict(Basis.choices)),
        Column("figuring", _("Worked out"), words=dict(Figuring.choices)),
        Column("representative", _("Stands for its place"), words=STANDS),
    )
    columns = (*Measures.columns, Column("effect", _("Design effect"), kind=NUMBER))
    lead = "study"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        rows = Estimate.objects.countable_by(reader).filter(
            published_on__isnull=False, **params.period("stratum__study__fieldwork_to")
        )
        rows = within(rows, params, PLACE, FORM).select_related("stratum__study", PLACE)
        newest: dict[Any, Estimate] = {}
        for row in rows.order_by("created_at", "pk"):
            newest[row.stratum_id, row.basis, row.figuring] = row
        ordered = sorted(newest.values(), key=lambda row: row.stratum.study.fieldwork_to)
        return [_figure(row) for row in ordered]


def _figure(row: Estimate) -> Figure:
    interval, study = interval_of(row), row.stratum.study
    return Figure(
        "share",
        row.k,
        row.n,
        share_of(row),
        interval.low if interval else None,
        interval.high if interval else None,
        {
            "study": study.title,
            "stratum": row.stratum.kind,
            "basis": row.basis,
            "figuring": row.figuring,
            "representative": "yes" if study.is_representative else "no",
        },
        {"effect": float(row.design_effect) if row.design_effect else None},
        row.stratum.jurisdiction,
    )
