"""A page of the timeline: what lies ahead, what has happened, and where the next page begins."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.case_pages import address
from core.lists import pagination
from desk.present import lacking, sources_beyond
from desk.timeline import BY_NAME, Kind, stream
from desk.timeline.words import where

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

    Item = dict[str, Any]

ON_THE_CASE_PAGE, ON_A_PAGE, AHEAD = 20, 50, 20


def timeline(
    case: Case,
    user: User,
    *,
    kind: str = "",
    cursor: str = "",
    item: str = "",
    size: int = ON_THE_CASE_PAGE,
) -> dict[str, Any]:
    """`item` is one of the stream by its id: the page then begins with it.

    Two statements whatever the case holds; one more for the key of an item, or where more lies
    ahead than is shown.
    """
    lacked = lacking(case) if case.lacking is None else case.lacking
    sources = sources_beyond(lacked, kind)
    start = _key_of(item, case, user) if item else None
    if cursor or item:
        ahead = pagination.Page([], None, None)
        page = stream.past(sources, case, user, cursor=cursor, size=size, start=start)
    else:
        ahead, page = stream.first(sources, case, user, size=size, most=AHEAD)
    previous = page.previous or ahead.previous
    path, query = reverse("desk:timeline", args=[case.pk]), {"kind": kind} if kind else {}
    items = {"ahead": [_item(row, case) for row in ahead.rows]}
    items |= {"items": [_item(row, case) for row in page.rows]}
    return items | {
        "entries_ahead": _together(items["ahead"]),
        "entries": _together(items["items"]),
        "next": page.next,
        "previous": previous,
        "today": case.jurisdiction.today,
        "path": path,
        "kind": kind,
        "next_url": pagination.link(path, query, page.next),
        "previous_url": pagination.link(path, query, previous),
        "kinds": _kinds(path, kind),
        "closed": not user.scope.reads(case, Perm.CASE_VIEW),
    }


def _kinds(path: str, chosen: str) -> list[dict[str, object]]:
    every = [{"label": _("All"), "url": path, "on": not chosen}]
    return every + [
        {"label": kind.label, "url": f"{path}?kind={kind}", "on": kind == chosen} for kind in Kind
    ]


def _key_of(item: str, case: Case, user: User) -> stream.Key:
    """Where in the stream an item stands; 404 for what is not there, or not open to the reader."""
    name, _dot, pk = item.partition(".")
    try:
        source, key = BY_NAME[name], UUID(pk)
    except (KeyError, ValueError):
        raise Http404 from None
    row = source.rows(case, user).filter(stream_id=key).values_list(*stream.SHOWN).first()
    if row is None:
        raise Http404
    return stream.Row(*row).key


def _together(items: list[Item]) -> list[Item]:
    """Entries to read: what is alike on one day is one, with the codes of all it is about."""
    entries: dict[tuple[Any, ...], Item] = {}
    for item in items:
        alike = (item["source"], item["day"], item["title"], item["text"])
        key = alike if item["code"] else (item["id"],)  # of nobody: each stands for itself
        entry = entries.setdefault(key, item | {"codes": []})
        entry["codes"] += [item["code"]] if item["code"] else []
    return list(entries.values())


def _item(row: stream.Row, case: Case) -> Item:
    source, facts, name = BY_NAME[row.source], row.facts, f"{row.source}.{row.pk}"
    facts["is_over"] = row.day < case.jurisdiction.today
    return {
        "id": name,
        "source": row.source,
        "record": row.pk,
        "kind": source.kind,
        "icon": source.icon,
        "day": row.day,
        "hour": _hour(facts, case),
        "title": source.say(facts),
        "text": where(facts),
        "by": facts.get("by") or "",
        "code": facts.get("person_code") or "",
        "person": facts.get("person"),
        "is_ahead": row.day > case.jurisdiction.today,
        "url": address(case.pk, source.link) if source.link else "",
        "item_url": f"{reverse('desk:timeline', args=[case.pk])}?item={name}#{name}",
    }


def _hour(facts: dict[str, Any], case: Case) -> str:
    """Local time."""
    if moment := facts.get("moment"):
        zone = ZoneInfo(facts.get("zone") or case.jurisdiction.time_zone)
        return f"{datetime.fromisoformat(moment).astimezone(zone):%H:%M}"
    return (facts.get("hour") or "")[:5]
