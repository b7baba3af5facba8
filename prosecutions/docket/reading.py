"""Reading the docket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from core import audit
from core.days import clock
from core.services import service
from prosecutions.docket.asking import CALENDAR, LIST, PAGE, TONES, DocketQuery, Group
from prosecutions.docket.month import month_of
from prosecutions.docket.parts import Parts
from prosecutions.docket.tiles import tiles
from prosecutions.models import Prosecution

if TYPE_CHECKING:
    from accounts.models import User

    Row = dict[str, Any]


@service(Perm.PROSECUTION_VIEW)
def read_docket(*, asked: DocketQuery | None = None, actor: User) -> dict[str, Any]:
    """A page of the proceedings in groups, and what runs or is awaited; or a month of them."""
    asked, today = asked or DocketQuery(), clock.today()
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
    return parts.known.offered(asked) | {
        "asked": asked,
        "tiles": tiles(parts),
        "rows": rows,
        "groups": _groups(rows, parts),
        "awaits": any(row.get("awaited") for row in rows),
        "count": len(parts.open),
        "total": total,
        "page": number,
        "pages": pages,
        "act_now": parts.act_now,
        "month": month_of(rows, asked, today) | {"cut": cut} if month else None,
        "today": today,
        **_addresses(asked, number, pages),
        "can_feed": actor.has_perm(Perm.HEARING_FEED),
    }


def _addresses(asked: DocketQuery, number: int, pages: int) -> dict[str, str]:
    return {
        "all_url": DocketQuery(view=asked.view, month=asked.month).url,
        "list_url": asked.but(view=LIST, month=None),
        "calendar_url": asked.but(view=CALENDAR),
        "next_url": asked.but(page=number + 1) if number < pages else "",
        "previous_url": asked.but(page=number - 1) if number > 1 else "",
    }


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
