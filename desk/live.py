"""What is new while a page is open: notices, and what others changed of what the page is about.

Each open page asks every 30 seconds (`static/js/live.js`), so an answer costs the session, its
person and one statement. It writes nothing, no line of the history either, and no session lives
longer by it (`accounts/screen.py`). The statement goes through the wall of the database; where it
finds something, the walls are asked once more for the very rows that were changed. Of a row that is
not open to the reader nothing is said, not even that it changed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import UUIDField
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from accounts.permissions import Perm
from casework.models import Case
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused
from desk.parts.of_person import way_to
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

MOST, DIGITS = 50, 7
NEWS = """
select told.unseen, done.actor_id, done.at, done.target_type, done.target_id
  from (select count(*) as unseen from accounts_notice
         where user_id = %(me)s and seen_at is null) told
  left join lateral (
    select actor_id, at, target_type, target_id from core_auditevent
     where case_id = %(case)s and kind = 'intention' and at > %(since)s and actor_id <> %(me)s
     order by at desc limit %(most)s) done on true
"""


@dataclass(frozen=True)
class LiveQuery:
    """Since when, and what the page is about: a case, and of it one survivor or everything."""

    since: datetime
    case: UUID | None
    person: UUID | None


@dataclass(frozen=True)
class Change:
    """That somebody else did something to a row; what, is said by the row alone."""

    actor: UUID
    at: datetime
    label: str
    pk: str


@dataclass(frozen=True)
class News:
    """How many notices wait, and who changed something, in words."""

    unseen: int
    said: str


def asked_of(query: Mapping[str, str]) -> LiveQuery:
    """What a page asks. Raises `Refused` with the field."""
    case, person = (_id(query, name) for name in ("case", "person"))
    return LiveQuery(_since(query), case, person)


def news(asked: LiveQuery, user: User) -> News:
    unseen, changes = _told(asked, user)
    change = _first_open(changes, asked, user) if changes else None
    words = _in_words(change, asked, user) if change else ""
    return News(unseen, words)


def _told(asked: LiveQuery, user: User) -> tuple[int, list[Change]]:
    values = {"me": user.pk, "case": asked.case, "since": asked.since, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(NEWS, values)
        rows = cursor.fetchall()
    changes = [Change(*done) for _unseen, *done in rows if done[0]]
    return rows[0][0], changes


def _first_open(changes: list[Change], asked: LiveQuery, user: User) -> Change | None:
    """The latest of them of which the row is open to the reader, and is what the page is about."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for change in changes:
        ids[change.label].add(change.pk)
    seen = {(label, pk) for label, of in ids.items() for pk in _open_rows(label, of, asked, user)}
    return next((entry for entry in changes if (entry.label, entry.pk) in seen), None)


def _open_rows(label: str, ids: Iterable[str], asked: LiveQuery, user: User) -> set[str]:
    model: Any = apps.get_model(label)
    rows = model.objects.visible_to(user).filter(pk__in=ids)
    if asked.person:
        way = "pk" if model is Involvement else way_to(model)
        rows = rows.filter(**{way: asked.person}) if way else rows.none()
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def _in_words(change: Change, asked: LiveQuery, user: User) -> str:
    """Who, to those who may know who works on the case, and at what hour of the reader's office."""
    at = change.at.astimezone(clock.of(user)).strftime("%H:%M")
    case = Case.objects.visible_to(user).filter(pk=asked.case).first()
    knows = case and user.has_perm(Perm.TEAM_VIEW) and user.scope.reads(case, Perm.TEAM_VIEW)
    name = User.objects.filter(pk=change.actor).values_list("name", flat=True).first()
    if not (knows and name):
        return gettext("Somebody changed this at %(time)s.") % {"time": at}
    return gettext("%(name)s changed this at %(time)s.") % {"name": name, "time": at}


def _id(query: Mapping[str, str], name: str) -> UUID | None:
    text = query.get(name, "")
    try:
        return UUIDField().to_python(text) if text else None
    except ValidationError:
        raise Refused(_("This is not the number of a record."), name) from None


def _since(query: Mapping[str, str]) -> datetime:
    """By how many seconds ago it was: no clock but that of the server counts."""
    text = query.get("ago", "")
    ago = int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else 0
    if not 0 < ago <= settings.SESSION_LONGEST.total_seconds():
        raise Refused(_("Say how many seconds ago the page was shown."), "ago")
    return timezone.now() - timedelta(seconds=ago)
