"""What evaluations found: how many of how many said so, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.intervals import wilson
from reports.base import SHARE, Column
from reports.measures import Figure, Measure, Measures
from reports.sets import within
from studies.models import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params

WHO = {"yes": _("From outside"), "no": _("From inside")}


class Evaluations(Measures):
    """Findings of evaluations, one line each."""

    slug = "evaluations"
    title = _("Findings of evaluations")
    unit = _("people asked")
    definition = _(
        "Findings of evaluations whose last year is in the period and had begun by the as-of day: "
        "how many of the people asked said so. Interval: Wilson, 95 %. Where an evaluation gives "
        "no numbers, only its words are shown, because a share means nothing without the number of "
        "people asked."
    )
    measures = {"said_so": Measure(_("Said so"), kind=SHARE)}
    keys = (
        Column("evaluation", _("Evaluation")),
        Column("external", _("By whom"), words=WHO),
        Column("place", _("Place")),
        Column("years", _("Years")),
        Column("question", _("Question")),
        Column("quote", _("In words")),
    )
    lead = "evaluation"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        rows = Finding.objects.countable_by(reader).filter(
            evaluation__last_year__lte=params.until.year,
            **({"evaluation__last_year__gte": params.start.year} if params.start else {}),
        )
        rows = within(rows, params, "evaluation__jurisdiction", "evaluation__programme")
        rows = rows.select_related("evaluation__jurisdiction")
        ordered = rows.order_by("evaluation__last_year", "evaluation__title", "created_at", "pk")
        return [_figure(row) for row in ordered]


def _figure(row: Finding) -> Figure:
    of = row.evaluation
    own = {
        "evaluation": of.title,
        "external": "yes" if of.is_external else "no",
        "years": f"{of.first_year}–{of.last_year}",
        "question": row.question,
        "quote": row.quote,
    }
    if row.k is None or row.n is None:
        return Figure("said_so", own=own, place=of.jurisdiction)
    interval = wilson(row.k, row.n)
    low, high = interval or (None, None)
    return Figure("said_so", row.k, row.n, row.k / row.n, low, high, own, place=of.jurisdiction)
