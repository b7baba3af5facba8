"""By how much shares became less from baseline to endline, or why that cannot be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.base import SHARE, Column
from reports.measures import Figure, Measure, Measures
from reports.sets import within
from studies.comparing import Comparison, Reason, compare, share_of
from studies.enums import StratumKind
from studies.models import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params
    from studies.statistics import Reduction

SIDES = ("baseline", "endline")
PLACE, FORM = "endline__stratum__jurisdiction", "endline__stratum__study__programme"
ALONG = tuple(f"{side}__stratum__{to}" for side in SIDES for to in ("study", "jurisdiction"))

SEASONS = "other_season"
MARKS = dict(Reason.choices) | {SEASONS: _("They were counted in different seasons.")}


class BaselineEndline(Measures):
    """Pairs of published estimates."""

    slug = "baseline-endline"
    version = 2
    title = _("Before and after: reduction of the share of minors")
    unit = _("people counted")
    definition = _(
        "The reduction is one minus the endline share divided by the baseline share. It is worked "
        "out for pairs of published estimates whose endline ended in the period, as known on the "
        "as-of day. The 95 % interval is that of the ratio on the log scale, worked out twice: "
        "from plain counts, and from counts divided by the design effects. A count of zero has no "
        "interval. No reduction is worked out where the two sides differ in place, method, frame, "
        "definition of a minor, form, stratum or the way the estimate was made, or where a side is "
        "not representative; the line gives the reason. Two different seasons are marked. A "
        "smaller share does not say how many children there are."
    )
    measures = {
        "reduction": Measure(_("Reduction"), kind=SHARE),
        "with_effect": Measure(_("Reduction, with design effects"), kind=SHARE),
    }
    keys = (
        Column("place", _("Place")),
        Column("stratum", _("Stratum"), words=dict(StratumKind.choices)),
        Column("baseline", _("Baseline")),
        Column("endline", _("Endline")),
        Column("note", _("Mark"), words=MARKS),
    )
    columns = (
        *Measures.columns,
        Column("before", _("Share before"), kind=SHARE),
        Column("after", _("Share after"), kind=SHARE),
    )
    lead = "place"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        published = Q(**{f"{side}__published_on__isnull": False for side in SIDES})
        rows = Pair.objects.countable_by(reader).filter(
            published, **params.period("endline__stratum__study__fieldwork_to")
        )
        rows = within(rows, params, PLACE, FORM).select_related(*ALONG)
        for pair in rows.order_by("created_at", "pk"):
            comparison = compare(pair.baseline, pair.endline)
            yield _figure(comparison, "reduction", comparison.reduction)
            if comparison.with_effect and comparison.with_effect != comparison.reduction:
                yield _figure(comparison, "with_effect", comparison.with_effect)


def _figure(comparison: Comparison, measure: str, reduced: Reduction | None) -> Figure:
    before, after = comparison.baseline, comparison.endline
    own = {
        "stratum": after.stratum.kind,
        "baseline": before.stratum.study.title,
        "endline": after.stratum.study.title,
        "note": _note(comparison),
    }
    place = after.stratum.jurisdiction
    if reduced is None:
        return Figure(measure, own=own, place=place)
    shares = {"before": share_of(before), "after": share_of(after)}
    return Figure(measure, after.k, after.n, *reduced, own, shares, place)


def _note(comparison: Comparison) -> str:
    if comparison.reasons:
        return "+".join(comparison.reasons)
    return "" if comparison.same_season else SEASONS
