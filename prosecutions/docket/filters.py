"""The filters of a docket: what a proceeding is filtered by, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from prosecutions.docket.asking import Only
from prosecutions.enums import StageMeaning, Standing
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from prosecutions.docket.asking import DocketQuery
    from prosecutions.docket.open_rows import Left, Open

OF_ACCUSED = {Only.HELD, Only.LARGE}


def takes(asked: DocketQuery, row: Open | Left, accused: Collection[str]) -> bool:
    """Whether this proceeding is asked for; `accused`: how those in it stand, where it matters."""
    if asked.courts and row.court not in asked.courts:
        return False
    if asked.stages and _meanings().get(row.stage or "", "") not in asked.stages:
        return False
    return flags_of(row, accused).issuperset(asked.only)


def flags_of(row: Open | Left, accused: Collection[str]) -> set[str]:
    """What the people of a proceeding make of it."""
    held = {Only.HELD: Standing.HELD in accused, Only.LARGE: Standing.LARGE in accused}
    return {flag for flag, holds in ({Only.CHILD: row.child} | held).items() if holds}


def offered(
    asked: DocketQuery, rows: Iterable[Open], stand: Mapping[UUID, Collection[str]] | None
) -> dict[str, Any]:
    """What there is to choose from, each with its number, and the chips of what is chosen.

    `rows`: open proceedings; `stand`: by proceeding how the accused in it stand; without it there
    is no number of what hangs on that.
    """
    courts, names, stages, only = Counter[Any](), {}, Counter[str](), Counter[str]()
    means = _meanings()
    for row in rows:
        courts[row.court] += 1
        names[row.court] = row.court_name
        stages[means.get(row.stage or "", "")] += 1
        only.update(flags_of(row, (stand or {}).get(row.pk, ())))
    of_people = [(o, o.label, None if stand is None and o in OF_ACCUSED else only[o]) for o in Only]
    named = sorted(((str(name), pk) for pk, name in names.items() if pk), key=lambda pair: pair[0])
    groups = (
        ("court", _("Court"), "courts", [(pk, name, courts[pk]) for name, pk in named]),
        ("stage", _("Stage"), "stages", [(m, m.label, stages[m]) for m in StageMeaning]),
        ("only", _("Show only"), "only", of_people),
    )
    filters, chips = [], []
    for name, label, kept, options in groups:
        chosen = getattr(asked, kept)
        boxes = [
            {"value": str(v), "label": text, "count": count, "on": v in chosen}
            for v, text, count in options
            if count != 0 or v in chosen
        ]
        filters.append({"name": name, "label": label, "options": boxes})
        chips += [
            {"label": text, "remove_url": asked.but(**{kept: _without(chosen, v)})}
            for v, text, _count in options
            if v in chosen
        ]
    return {"filters": [f for f in filters if f["options"]], "chips": chips}


@cache
def _meanings() -> dict[str, str]:
    """By the code of a stage what it means."""
    return {code: means for means in StageMeaning.values for code in StageTable.codes(means)}


def _without(chosen: tuple[object, ...], value: object) -> tuple[object, ...]:
    return tuple(other for other in chosen if other != value)
