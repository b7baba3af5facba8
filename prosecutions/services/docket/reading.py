"""Reading the docket, and the list of causes of a day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from core import audit
from core.services import service
from prosecutions.enums import HearingResult, Standing
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.docket import others, rows
from prosecutions.services.docket.asking import (
    CALENDAR,
    LIST,
    MOST,
    TILES,
    TONES,
    Asked,
    Group,
    Only,
)
from prosecutions.services.docket.asking import offered as choices
from prosecutions.services.docket.month import month_of
from prosecutions.services.docket.open_rows import asleep, open_proceedings, standings, told_apart
from prosecutions.services.docket.sentences import with_sentence

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from accounts.models import User

    Row = dict[str, Any]

FACETS = 1000
MOST_KINDS = 3
FACET = ("pk", "court", "court__name", "stage", "child")


@service(Perm.PROSECUTION_VIEW)
def read_docket(*, asked: Asked | None = None, actor: User) -> dict[str, Any]:
    """The open proceedings in groups, and what runs or is awaited; list and month are one."""
    asked = asked or Asked()
    found = list(open_proceedings(actor, asked)[: MOST + 1])
    cut, found = len(found) > MOST, found[:MOST]
    offered = list(told_apart(actor, {Only.CHILD}).order_by().values_list(*FACET)[:FACETS])
    stand = standings(list({row.pk for row in found} | {pk for pk, *_rest in offered}), actor)
    every = _rows(found, asked, stand, actor)
    audit.read_rows(
        "prosecution.docket",
        Prosecution._meta.label,
        [row.pk for row in found],
        actor=actor,
        shown=[row["case"] for row in every],
    )
    shown = [row for row in every if asked.show in ("", row["group"])]
    today = timezone.localdate()
    return choices(asked, _facets(offered, stand)) | {
        "asked": asked,
        "tiles": [_tile(group, every, asked) for group in Group],
        "rows": shown,
        "groups": _groups(shown),
        "count": len(found),
        "cut": cut,
        "act_now": sum(row["late"] for row in every),
        "month": month_of(shown, asked, today) if asked.view == CALENDAR else None,
        "today": today,
        "all_url": Asked(view=asked.view, month=asked.month).url,
        "list_url": asked.but(view=LIST, month=None),
        "calendar_url": asked.but(view=CALENDAR),
        "can_feed": actor.has_perm(Perm.HEARING_FEED),
    }


@service(Perm.PROSECUTION_VIEW)
def read_cause_list(*, day: date, actor: User) -> dict[str, Any]:
    """What is listed on a day, court by court, to print: references, numbers, hours."""
    found = list(
        Hearing.objects.visible_to(actor)
        .filter(listed_on=day)
        .exclude(result=HearingResult.VACATED)
        .select_related("case", "prosecution__court", "prosecution__jurisdiction")
        .order_by("listed_at", "prosecution__docket", "pk")[: MOST + 1]
    )
    audit.read_rows(
        "prosecution.cause_list",
        Hearing._meta.label,
        [row.pk for row in found],
        actor=actor,
        shown=[row.case_id for row in found],
    )
    courts: dict[tuple[str, str], list[Hearing]] = {}
    for row in found[:MOST]:
        of = row.prosecution
        courts.setdefault((of.court.name if of.court else "", of.jurisdiction.name), []).append(row)
    return {
        "day": day,
        "count": len(found[:MOST]),
        "cut": len(found) > MOST,
        "courts": [
            {"court": court, "place": place, "rows": listed}
            for (court, place), listed in sorted(courts.items())
        ],
    }


def _facets(offered: list[Any], stand: dict[UUID, list[str]]) -> list[tuple[Any, ...]]:
    """What the filters count: court, its name, stage, child, held, large."""
    return [
        (*facet, Standing.HELD in stand.get(pk, ()), Standing.LARGE in stand.get(pk, ()))
        for pk, *facet in offered
    ]


def _rows(found: list[Any], asked: Asked, stand: dict[UUID, list[str]], actor: User) -> list[Row]:
    """The rows of what was asked for. Narrowed, nothing but of the proceedings found."""
    keys, cases = [row.pk for row in found], {row.case_id for row in found}
    limits, unseen = others.limits_near(actor), others.unseen(actor)
    requests, complaints = others.unanswered(actor), others.unreported(actor)
    protected = others.protection(list(cases), actor)
    made = rows.Rows(actor, stand, limits, requests, protected)
    if asked.narrows:
        limits = [row for row in limits if row.case_id in cases]
        unseen = [row for row in unseen if row.case_id in cases]
        requests = [row for row in requests if row.prosecution_id in keys]
        complaints = []
    return [
        *(with_sentence(row, made.proceeding(row), actor) for row in found),
        *map(rows.unseen, unseen),
        *map(rows.held, limits),
        *map(rows.asked, requests),
        *map(made.sleeping, asleep(actor, asked)[:MOST]),
        *map(rows.unreported, complaints),
    ]


def _groups(shown: list[Row]) -> list[dict[str, Any]]:
    of_group = {group: [row for row in shown if row["group"] == group] for group in Group}
    return [
        {"title": group.label, "tone": TONES.get(group, ""), "rows": of_group[group]}
        for group in Group
        if of_group[group]
    ]


def _tile(group: Group, every: list[Row], asked: Asked) -> dict[str, Any]:
    mine, on = [row for row in every if row["group"] == group], asked.show == group
    return {
        "name": group.value,
        "label": TILES[group],
        "count": len(mine),
        "tone": TONES.get(group, ""),
        "note": _note(group, mine),
        "url": asked.but(show="" if on else group.value),
        "on": on,
    }


def _note(group: Group, mine: list[Row]) -> str:
    """What a group is made of, where there is something in it."""
    if not mine:
        return ""
    if group == Group.OVERDUE:
        return _("hearing held, no result recorded")
    if group == Group.NO_DATE:
        return _("could be lost from the list")
    if group in (Group.COURT, Group.CUSTODY):
        return f"{mine[0]['who']}, {mine[0]['ready'].words}"
    if group == Group.SOON:
        children = sum(row["child"] for row in mine)
        said = ngettext("%(n)s with a child witness", "%(n)s with child witnesses", children)
        return said % {"n": children} if children else ""
    if group == Group.WAITING:
        kinds = Counter(row.get("kind_label") or _("Judgment") for row in mine)
        return ", ".join(f"{kind} {n}" for kind, n in kinds.most_common(MOST_KINDS))
    return ""
