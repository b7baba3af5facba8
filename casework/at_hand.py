"""Cases at hand: those a person pinned, and those they opened last.

Kept are ids, for that person alone; what is shown of a case is read anew and only while it is open
to them. Of the opened ones the latest few stay.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F

from casework.models import Case, OpenedCase

if TYPE_CHECKING:
    from accounts.models import User

MOST_PINNED, MOST_OPENED = 20, 10
OPENED = """
with old as (
  delete from casework_openedcase o
   where o.user_id = %(user)s and o.pinned_at is null and o.of_case <> %(case)s
     and o.id not in (select l.id from casework_openedcase l
                       where l.user_id = %(user)s and l.pinned_at is null
                         and l.of_case <> %(case)s and l.opened_at is not null
                       order by l.opened_at desc, l.id limit %(others)s))
insert into casework_openedcase as o (id, user_id, of_case, opened_at)
values (%(id)s, %(user)s, %(case)s, statement_timestamp())
on conflict (user_id, of_case) do update set opened_at = excluded.opened_at
returning pinned_at is not null
"""


@dataclass(frozen=True)
class AtHand:
    """A case that is open to the reader now."""

    case: Case
    pinned: bool


def note_opened(case: Case, user: User) -> bool:
    """It is the one opened last; what is older than the latest few is forgotten. Says whether it is
    pinned."""
    values: dict[str, uuid.UUID | int] = {
        "id": uuid.uuid4(),
        "user": user.pk,
        "case": case.pk,
        "others": MOST_OPENED - 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(OPENED, values)
        ((pinned,),) = cursor.fetchall()
    return bool(pinned)


def is_pinned(case: Case, user: User) -> bool:
    rows = OpenedCase.objects.visible_to(user).filter(of_case=case.pk, pinned_at__isnull=False)
    return rows.exists()


def at_hand(user: User) -> list[AtHand]:
    """The pinned ones by reference, then those opened last. Two statements."""
    rows = OpenedCase.objects.visible_to(user).order_by(F("opened_at").desc(nulls_last=True), "pk")
    kept = list(rows[: MOST_PINNED + MOST_OPENED])
    if not kept:
        return []
    records = Case.objects.visible_to(user).filter(pk__any_of=[row.of_case for row in kept])
    cases = {case.pk: case for case in records.select_related("jurisdiction")}
    entries = [
        AtHand(cases[row.of_case], row.pinned_at is not None)
        for row in kept
        if row.of_case in cases
    ]
    pinned = sorted(
        (entry for entry in entries if entry.pinned), key=lambda entry: entry.case.reference
    )
    return [*pinned, *(entry for entry in entries if not entry.pinned)]
