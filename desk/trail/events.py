"""Events as a page shows them: who, when, what, of which kind of record; no content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.choosing import with_role
from accounts.models import Membership, User
from accounts.roles import Role
from core.lists.declared import List
from core.lists.filters import an_id, identifier, on_day
from core.lists.pages import ListPage
from core.lists.tables import Column, Table
from core.models import AuditEvent, AuditKind
from desk.trail.deeds import deed, reason_of, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.lists.forms import ListFilter
    from core.trail import AuditQuerySet

NAMING = an_id(lambda key: lambda events, _reader: events.naming([key]))
EVENTS = List(
    AuditEvent.objects.annotate(
        actor_name=Subquery(User.objects.filter(pk=OuterRef("actor_id")).values("name"))
    ),
    "kind action",
    {
        "actor": identifier("actor_id"),
        "case": NAMING,
        "about": NAMING,
        "at_from": on_day(lambda day: lambda events, _reader: events.between(day, None)),
        "at_to": on_day(lambda day: lambda events, _reader: events.between(None, day)),
    },
    orders={"newest": "-id"},
    changed="at",
)


def _events(count: int) -> str:
    return ngettext("%(count)s event", "%(count)s events", count)


WHEN, WHO, WHAT = (
    Column("when", gettext_lazy("When"), order="newest"),
    Column("who", gettext_lazy("Who")),
    Column("what", gettext_lazy("What")),
)
TRAIL = Table(
    EVENTS,
    *(WHEN, WHO, WHAT),
    Column("record", gettext_lazy("Record")),
    Column("request", gettext_lazy("Request")),
    name="audit",
    counted=_events,
)
READERS = Table(
    EVENTS,
    *(WHEN, WHO, WHAT),
    Column("record", gettext_lazy("Kind of record")),
    Column("reason", gettext_lazy("Reason")),
    counted=_events,
)
TONES = {
    AuditKind.INTENTION: "",
    AuditKind.READ: "info",
    AuditKind.DENIAL: "danger",
    AuditKind.SIGN_IN: "",
}


def event_list(
    rows: AuditQuerySet, form: ListFilter, query: Mapping[str, str], path: str
) -> dict[str, Any]:
    """One page of events, with its filter and its neighbours."""
    page = ListPage(form.table, form.narrow(rows), query, path, reader=form.user, form=form)
    return {"list": page, "events": described(page.rows)}


def described(events: Iterable[AuditEvent]) -> list[dict[str, object]]:
    """Three queries, however many events."""
    events = list(events)
    people = people_of(
        {pk for event in events for pk in (event.actor_id, event.account_tried) if pk}
    )
    return [
        {
            "id": event.pk,
            "at": event.at,
            "kind": AuditKind(event.kind).label,
            "tone": TONES[AuditKind(event.kind)],
            "who": people.get(event.actor_id) or {"name": _nobody(event), "roles": ""},
            "deed": deed(event),
            "record": record_of(event),
            "record_id": event.target_id,
            "address": event.action if event.kind == AuditKind.DENIAL else "",
            "reason": reason_of(event),
            "account": people.get(event.account_tried),
            "network": event.network_tried,
            "request": event.request_id,
        }
        for event in events
    ]


def _nobody(event: AuditEvent) -> str:
    return _("Not known") if event.kind == AuditKind.SIGN_IN else _("Casework itself")


def people_of(ids: set[object]) -> dict[object, dict[str, str]]:
    """By id the name of each person, and the roles the person holds today."""
    roles: dict[Any, list[str]] = {}
    memberships = Membership.objects.in_force().filter(user__in=ids).select_related("office")
    for row in memberships.order_by("started_at"):
        roles.setdefault(row.user_id, []).append(f"{Role(row.role).label}, {row.office.name}")
    return {
        user.pk: {"name": user.name, "roles": "; ".join(roles.get(user.pk, []))}
        for user in User.objects.filter(pk__in=ids)
    }


def choices_of(ids: Iterable[object]) -> list[tuple[str, str]]:
    """People to choose from, by name."""
    rows: Any = User.objects.filter(pk__in=list(ids)).order_by("name").with_offices()
    return [(str(person.pk), with_role(person)) for person in rows]
