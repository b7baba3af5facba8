"""What we hold of a survivor, for the survivor: without who else is in it, and with who saw it.

Only columns that say something of this person are in it, one by one
(`retention/bundle_contents.py`). What somebody wrote in words of their own (notes, statements,
what stands about relatives) may name others: it is left out, and the file says so. Who works here
is told by role and office, not by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Perm
from accounts.roles import Role
from core import audit
from core.access import IDENTITY
from core.models import AuditEvent, AuditKind
from core.services import service
from core.verbs.arguments import Column
from retention.bundle_contents import PART, PERSON, SECTIONS
from victims.models import Involvement
from victims.persons import parts_of, records_of
from victims.sections import CODES, LABELS

if TYPE_CHECKING:
    from datetime import date, datetime

MOST_SEEN = 5000
ASKED = ("background", "exploitation")  # tables of answers: their labels are the questions


@dataclass(frozen=True)
class Bundle:
    """Sections of rows, each of labels and values; and who saw the record, newest first."""

    made_at: datetime
    sections: list[dict[str, Any]]
    seen: list[dict[str, Any]]


@service(Perm.BUNDLE_MAKE, fresh=True, label=gettext_lazy("A file for the survivor"))
def make_bundle(
    involvement: Involvement,
    *,
    language: Annotated[
        str,
        Column(codes=settings.LANGUAGES, label=gettext_lazy("Language of the survivor")),
    ] = "en",
    actor: User,
) -> Bundle:
    """Make a file of all we hold about a survivor and who saw it, without other people’s names.
    Hand it over in person or in a safe way: it is not locked. It is recorded that it was made."""
    if not actor.scope.reaches(involvement.case, IDENTITY):
        raise PermissionDenied("identity")
    records = records_of(involvement.victim, actor)
    parts = list(parts_of(records, actor))
    ids = {PERSON: [row.pk for row in records], PART: [row.pk for row in parts]}
    with translation.override(language):
        bundle = Bundle(timezone.now(), list(_sections(ids, actor)), _seen(ids, actor))
    audit.read(
        "bundle.made", involvement, actor=actor, shown=[*ids[PERSON], *ids[PART]], language=language
    )
    return bundle


def _sections(ids: dict[str, list[Any]], actor: User) -> Any:
    for title, label, path, columns in SECTIONS:
        model: Any = apps.get_model(label)
        of = PERSON if path.startswith("victim") or label == "victims.Victim" else PART
        records = model.objects.visible_to(actor).filter(**{path: ids[of]}).order_by("pk")
        rows = [_told(row, columns) for row in records]
        if rows:
            yield {"title": str(title), "rows": rows}


def _told(row: Any, columns: tuple[str, ...]) -> list[dict[str, str]]:
    facts = []
    for name in columns:
        value = _value(row, name)
        if value != "":
            asked = LABELS.get(name) if row._meta.model_name in ASKED else None
            label = str(asked or row._meta.get_field(name).verbose_name)
            facts.append({"label": label[:1].upper() + label[1:], "value": value})
    return facts


def _value(row: Any, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, list):
        return ", ".join(str(CODES[name](code).label) for code in value)
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _day(value) if hasattr(value, "isoformat") else str(value)


def _day(value: date) -> str:
    return date_format(value, "j M Y")


def _seen(ids: dict[str, list[Any]], actor: User) -> list[dict[str, Any]]:
    """Each day and role once, with how often."""
    events = AuditEvent.objects.visible_to(actor).naming([*ids[PERSON], *ids[PART]])
    rows = events.filter(kind__in=(AuditKind.READ, AuditKind.INTENTION)).order_by("-at")
    who = rows.values_list("actor_id", "at")[:MOST_SEEN]
    roles = _roles({actor_id for actor_id, _at in who if actor_id})
    counted: dict[tuple[str, str], int] = {}
    for actor_id, at in who:
        key = (_day(at), roles.get(actor_id, _("The system itself")))
        counted[key] = counted.get(key, 0) + 1
    return [{"day": day, "who": by, "times": times} for (day, by), times in counted.items()]


def _roles(ids: set[Any]) -> dict[Any, str]:
    people: Any = User.objects.filter(pk__in=ids).prefetch_related("memberships__office")
    roles = {}
    for person in people:
        held = sorted({f"{Role(m.role).label}, {m.office.name}" for m in person.memberships.all()})
        roles[person.pk] = "; ".join(held) or _("Somebody who no longer works here")
    return roles
