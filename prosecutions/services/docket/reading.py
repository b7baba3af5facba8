"""Reading the docket, and the list of causes of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from core import audit, clock
from core.services import service
from prosecutions.enums import HearingResult, Standing
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.docket.asking import CALENDAR, LIST, PAGE, TONES, Asked, Group, Only
from prosecutions.services.docket.asking import offered as choices
from prosecutions.services.docket.month import month_of
from prosecutions.services.docket.open_rows import standings, told_apart
from prosecutions.services.docket.parts import Parts
from prosecutions.services.docket.tiles import tiles

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from accounts.models import User

    Row = dict[str, Any]

FACETS = 1000
FACET = ("pk", "court", "court__name", "stage", "child")
CAUSES = 500  # hearings on a page of the cause list


@service(Perm.PROSECUTION_VIEW)
def read_docket(*, asked: Asked | None = None, actor: User) -> dict[str, Any]:
    """A page of the proceedings in groups, and what runs or is awaited; or a month of them."""
    asked, today = asked or Asked(), clock.today()
    parts = Parts(asked, actor)
    total = sum(n for _part, n in parts.shown)
    pages = max(1, -(-total // PAGE))
    first = asked.month or today.replace(day=1)
    number = min(asked.page, pages)
    month = asked.view == CALENDAR
    rows, cut = parts.month(first) if month else (parts.page(number), False)
    audit.read_rows(
        "prosecution.docket",
        Prosecution._meta.label,
        [row["id"] for row in rows if row["noun"] == "prosecutions"],
        actor=actor,
        shown=[row["case"] for row in rows],
    )
    return _choices(asked, actor) | {
        "asked": asked,
        "tiles": tiles(parts),
        "rows": rows,
        "groups": _groups(rows, parts),
        "count": sum(parts.of_group.values()),
        "total": total,
        "page": number,
        "pages": pages,
        "act_now": parts.act_now,
        "month": month_of(rows, asked, today) | {"cut": cut} if month else None,
        "today": today,
        **_addresses(asked, number, pages),
        "can_feed": actor.has_perm(Perm.HEARING_FEED),
    }


def _addresses(asked: Asked, number: int, pages: int) -> dict[str, str]:
    return {
        "all_url": Asked(view=asked.view, month=asked.month).url,
        "list_url": asked.but(view=LIST, month=None),
        "calendar_url": asked.but(view=CALENDAR),
        "next_url": asked.but(page=number + 1) if number < pages else "",
        "previous_url": asked.but(page=number - 1) if number > 1 else "",
    }


@service(Perm.PROSECUTION_VIEW)
def read_cause_list(*, day: date, page: int = 1, actor: User) -> dict[str, Any]:
    """What is listed on a day, court by court, to print: references, numbers, hours."""
    listed = Hearing.objects.visible_to(actor).filter(listed_on=day)
    listed = listed.exclude(result=HearingResult.VACATED)
    count = listed.count()
    pages = max(1, -(-count // CAUSES))
    number = min(page, pages)
    beside = ("case", "prosecution__court", "prosecution__jurisdiction")
    order = ("prosecution__court__name", "prosecution__jurisdiction__name", "listed_at")
    found = list(
        listed.select_related(*beside).order_by(*order, "prosecution__docket", "pk")[
            (number - 1) * CAUSES : number * CAUSES
        ]
    )
    audit.read_rows(
        "prosecution.cause_list",
        Hearing._meta.label,
        [row.pk for row in found],
        actor=actor,
        shown=[row.case_id for row in found],
    )
    courts: dict[tuple[str, str], list[Hearing]] = {}
    for row in found:
        of = row.prosecution
        courts.setdefault((of.court.name if of.court else "", of.jurisdiction.name), []).append(row)
    return {
        "day": day,
        "count": count,
        "page": number,
        "pages": pages,
        "courts": [
            {"court": court, "place": place, "rows": rows}
            for (court, place), rows in sorted(courts.items())
        ],
    }


def _choices(asked: Asked, actor: User) -> dict[str, object]:
    """The filters, each with its number among the first thousand proceedings."""
    offered = list(told_apart(actor, {Only.CHILD}).order_by().values_list(*FACET)[:FACETS])
    stand = standings([pk for pk, *_rest in offered], actor)
    return choices(asked, _facets(offered, stand))


def _facets(offered: list[Any], stand: dict[UUID, list[str]]) -> list[tuple[object, ...]]:
    """What the filters count: court, its name, stage, child, held, large."""
    return [
        (*facet, Standing.HELD in stand.get(pk, ()), Standing.LARGE in stand.get(pk, ()))
        for pk, *facet in offered
    ]


def _groups(rows: list[Row], parts: Parts) -> list[dict[str, object]]:
    """The rows of a page by their group, with how many there are of it on all pages."""
    of_group = {group: [row for row in rows if row["group"] == group] for group in Group}
    return [
        {
            "title": group.label,
            "tone": TONES.get(group, ""),
            "rows": of_group[group],
            "count": parts.counts[group],
        }
        for group in Group
        if of_group[group]
    ]
