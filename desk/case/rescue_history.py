"""What was changed in the record of a rescue, by whom and when: from the history of its values.

One amendment is one transaction and one version of the rescue. What hangs on it and changed at
that moment belongs to it; who made it stands on that version. Words that lie encrypted are in no
history; that some were added is said.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Perm
from casework.models import Narrative, Site
from core.shortcuts.together import read_together
from places.models import Agency, Jurisdiction
from prosecutions.models import Suspect
from victims.enums import Outcome
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from casework.models import Rescue
    from core.access import ScopedQuerySet

    Change = dict[str, str]  # what, before, after
    Codes = dict[Any, str]
    Rows = Iterable[Any]
    Changes = dict[datetime, list[Change]]


def rescue_history(rescue: Rescue, user: User) -> list[dict[str, object]]:
    """Newest first: when, by whom, and each change in words. A fixed number of queries."""
    codes = [of.values_list("pk", "code") for of in _open_to(rescue, user)]
    notes = Narrative.objects.visible_to(user).filter(rescue=rescue)  # for those who may open it
    versions = _events("casework.Rescue", pgh_obj_id=rescue.pk)
    agencies = _events("casework.RescueAgency", rescue_id=rescue.pk)
    read_together(*codes, notes, versions, agencies)
    sites, people, suspects = (dict(of) for of in codes)
    there = _events("casework.RescueSite", rescue_id=rescue.pk, site_id__in=list(sites))
    met = _events("victims.Involvement", pgh_obj_id__in=list(people))
    gone = _events("prosecutions.SuspectMet", rescue_id=rescue.pk, suspect_id__in=list(suspects))
    read_together(there, met, gone)
    changes: defaultdict[datetime, list[Change]] = defaultdict(list)
    for made in (
        _of_rescue(list(versions)),
        _of_sites(there, sites),
        _of_agencies(list(agencies)),
        _of_people(met, people),
        _of_suspects(gone, suspects),
    ):
        for moment, change in made:
            changes[moment].append(change)
    who = {row.pgh_created_at: row.amended_by_id or row.led_by_id for row in versions}
    logged = versions[0].pgh_created_at if versions else None
    entries = [(at, who.get(at), parts) for at, parts in changes.items() if at != logged]
    parts = [_change(_("Note written"))]
    entries += [(row.created_at, row.told_by_id, parts) for row in notes]
    entries += [(logged, who[logged], [_change(_("Logged"))])] if logged else []
    names = _names({pk for _at, pk, _told in entries if pk}, rescue, user)
    entries.sort(key=lambda entry: entry[0], reverse=True)
    return [{"at": at, "by": names.get(pk, ""), "changes": parts} for at, pk, parts in entries]


def _open_to(rescue: Rescue, user: User) -> tuple[ScopedQuerySet, ScopedQuerySet, ScopedQuerySet]:
    """Sites, people and suspects of which changes are told to this reader."""
    return (
        Site.objects.visible_to(user).filter(case=rescue.case_id),
        Involvement.objects.visible_to(user).filter(rescue=rescue),
        Suspect.objects.visible_to(user).filter(case=rescue.case_id),
    )


def _events(label: str, **which: object) -> ScopedQuerySet:
    model: Any = apps.get_model(f"{label}Event")
    return model.objects.filter(**which).order_by("pgh_id")


def _change(what: str, before: str = "", after: str = "") -> Change:
    return {"what": what, "before": before, "after": after}


def _of_rescue(versions: list[Any]) -> Iterator[tuple[datetime, Change]]:
    places = Jurisdiction.objects.in_bulk({row.jurisdiction_id for row in versions})
    for before, after in itertools.pairwise(versions):
        at = after.pgh_created_at
        here, there = places[before.jurisdiction_id], places[after.jurisdiction_id]
        was, now = here.clock(before.occurred_at), there.clock(after.occurred_at)
        if before.occurred_at != after.occurred_at:
            yield at, _change(_("When"), _moment(was), _moment(now))
        if here != there:
            yield at, _change(_("Place"), here.name, there.name)


def _of_sites(rows: Rows, sites: Codes) -> Iterator[tuple[datetime, Change]]:
    for row in rows:
        yield row.pgh_created_at, _change(_("Site"), *_came_or_went(row, sites[row.site_id]))


def _of_agencies(rows: Rows) -> Iterator[tuple[datetime, Change]]:
    names = dict(
        Agency.objects.filter(pk__in={row.agency_id for row in rows}).values_list("pk", "name")
    )
    led: dict[Any, bool] = {}
    for row in rows:
        at, name, before = row.pgh_created_at, names[row.agency_id], led.get(row.pgh_obj_id)
        if before is None or row.removed_at:
            yield at, _change(_("Took part"), *_came_or_went(row, name))
        if row.led != bool(before) and not row.removed_at:
            yield at, _change(_("Led it"), *(("", name) if row.led else (name, "")))
        led[row.pgh_obj_id] = row.led


def _of_people(rows: Rows, codes: Codes) -> Iterator[tuple[datetime, Change]]:
    last: dict[Any, str] = {}
    for row in rows:
        code, before = codes[row.pgh_obj_id], last.get(row.pgh_obj_id)
        if before is None:
            yield row.pgh_created_at, _change(_("Person met"), "", code)
        elif row.outcome != before:
            yield row.pgh_created_at, _change(code, _outcome(before), _outcome(row.outcome))
        last[row.pgh_obj_id] = row.outcome


def _of_suspects(rows: Rows, codes: Codes) -> Iterator[tuple[datetime, Change]]:
    """Met and not arrested."""
    for row in rows:
        yield (
            row.pgh_created_at,
            _change(_("Suspect met"), *_came_or_went(row, codes[row.suspect_id])),
        )


def _came_or_went(row: Any, name: str) -> tuple[str, str]:
    return (name, "") if row.removed_at else ("", name)


def _outcome(code: str) -> str:
    return str(Outcome(code).label) if code else _("none")


def _moment(clock: datetime) -> str:
    return date_format(clock, "j M Y, H:i")


def _names(people: set[object], rescue: Rescue, user: User) -> dict[object, str]:
    """Of colleagues, for those who are to know who works on the case."""
    if not (user.has_perm(Perm.TEAM_VIEW) and user.scope.reads(rescue.case, Perm.TEAM_VIEW)):
        return {}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
