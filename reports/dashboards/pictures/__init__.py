"""Pictures of panels: geometry and words for `templates/dashboards/_<name>.html`, and one sentence.

A picture takes what is seen of a panel and gives nothing where there is nothing to draw. Its table
says the same; `reports/charts` draws what reports have in common with dashboards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.charts import CHARTS
from reports.dashboards.pictures.places import places
from reports.dashboards.pictures.regions import regions
from reports.dashboards.pictures.sentences import of_forest, of_reasons, of_survival
from reports.dashboards.pictures.shares import shares
from reports.dashboards.pictures.years import counts, rates

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.dashboards.seen import Seen

Drawn = dict[str, Any]


def _chart(
    name: str, sentence: Callable[[Seen, Drawn], str] | None = None
) -> Callable[[Seen], dict[str, object]]:
    """A chart of reports; its sentence, where it does not say one itself."""

    def draw(seen: Seen) -> Drawn:
        drawn = CHARTS[name](seen.report, seen.rows, seen.params.as_json())
        if not drawn:
            return {}
        words = sentence(seen, drawn) if sentence else drawn["sentence"]
        own = {} if sentence else {"said": True}
        return drawn | own | {"template": f"reports/_chart_{name}.html", "sentence": words}

    return draw


def _own(name: str, function: Callable[[Seen], Drawn]) -> Callable[[Seen], dict[str, object]]:
    def draw(seen: Seen) -> Drawn:
        drawn = function(seen)
        return {"template": f"dashboards/_{name}.html"} | drawn if drawn else {}

    return draw


PICTURES: dict[str, Callable[[Seen], Drawn]] = {
    "forest": _chart("forest", of_forest),
    "funnel": _chart("funnel"),
    "survival": _chart("survival", of_survival),
    "reasons": _chart("reasons", of_reasons),
    "shares": _own("shares", shares),
    "map": _own("map", regions),
    "rates": _own("rates", rates),
    "counts": _own("counts", counts),
    "places": _own("places", places),
}


def picture(seen: Seen) -> Drawn:
    """What is drawn, and as what. Places of which no shape is known get bars, or intervals of
    their rates, in place of a map."""
    if seen.snapshot is None:
        return {}
    kinds = [seen.panel.picture]
    if kinds == ["map"]:
        kinds.append("forest" if seen.panel.shows == ("rate",) else "places")
    for kind in kinds:
        if drawn := PICTURES[kind](seen):
            return drawn | {"drawn_as": kind}
    return {}
