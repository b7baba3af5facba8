"""What the worker does: propose what is due, erase what was confirmed, and go on after a kill.

1. The rows go, in one transaction of the database; what is still to be done is written down in it.
2. The line of the ledger, outside the database.
3. The files.
4. The erasure forgets which case it was.

Two to four may be done again as often as a worker is killed.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from casework.files.received import discard
from core import audit
from exchange.exports.files import destroy
from retention import answers, ledger
from retention.enums import ErasureStatus
from retention.models import Erasure, Tombstone
from retention.services import old
from retention.services.erasures import UNSAID

if TYPE_CHECKING:
    from datetime import date

DUE = """
select k.of_case, k.country, k.due_on, k.basis from retention_clock(%(today)s) k
 where k.due_on <= %(today)s and not k.held
   and not exists (select from retention_erasure e where e.of_case = k.of_case
                    and e.of_person is null
                    and (e.status <> 'kept' or e.kept_until >= %(today)s))
 order by k.due_on, k.of_case
"""

# Until the rows are gone nothing of it is said elsewhere.
UNNAMED: dict[str, Any] = {"tombstone": None, "digest": "", "digests": []}


def propose_due(today: date) -> int:
    """Put on the list what is closed longer than its policies say, nothing that is held; and
    survivors who were kept until a day that is over."""
    kept = Erasure.objects.filter(of_person__isnull=False, status=ErasureStatus.KEPT)
    again = list(kept.filter(kept_until__lt=today))
    for erasure in again:
        _write(erasure, status=ErasureStatus.PROPOSED)
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"today": today})
        due = cursor.fetchall()
    proposed = again + Erasure.objects.bulk_create(
        Erasure(of_case=case, country_id=country, due_on=due_on, basis=basis[:1000])
        for case, country, due_on, basis in due
    )
    proposed += old.propose(today)
    if proposed:
        audit.record_each("erasure.proposed", proposed, actor=None)
        tell(User.objects.holding(Perm.ERASURE_DECIDE), "erasures-due", target=proposed[0])
    return len(proposed)


def to_erase() -> list[Any]:
    """What may be erased now, and what a killed worker left."""
    confirmed = Erasure.objects.filter(
        status=ErasureStatus.CONFIRMED, not_before__lte=timezone.now()
    )
    begun = Erasure.objects.filter(status=ErasureStatus.ERASING)
    return [*confirmed.values_list("pk", flat=True), *begun.values_list("pk", flat=True)]


def erase_rows(pk: Any) -> bool:
    """The first step. What is held or open again by now is proposed anew, for two persons."""
    erasure = Erasure.objects.select_for_update().get(pk=pk)
    if erasure.status != ErasureStatus.CONFIRMED:
        return erasure.status == ErasureStatus.ERASING
    if erasure.of_kind:
        return old.begin(erasure)
    erasure.tombstone = uuid.uuid4()
    with connection.cursor() as cursor:
        erasure.digest, *erasure.digests = map(ledger.digest, _named(cursor, erasure))
        erasure.keep("tombstone", "digest", "digests")
        cursor.execute("select refused, gone, files, taken from retention_erase(%s)", [pk])
        refused, gone, files, taken = cursor.fetchone()
        if not refused:
            answers.forget(cursor, gone)
    if refused == "unconfirmed":
        return False
    if refused:
        _write(erasure, status=ErasureStatus.PROPOSED, **UNNAMED, **UNSAID)
        audit.record("erasure.stopped", erasure, actor=None, why=refused)
        return False
    _write(erasure, status=ErasureStatus.ERASING, files=files, taken=taken)
    audit.record("erasure.begun", erasure, actor=None, rows=len(gone), files=len(files))
    return True


def _named(cursor: Any, erasure: Erasure) -> list[Any]:
    """Whom a line of the ledger names: the case; or the survivor, then every record and paper."""
    if erasure.of_person is None:
        return [erasure.of_case]
    cursor.execute("select retention_records_of(%s)", [erasure.of_person])
    return [erasure.of_person, *(pk for (pk,) in cursor.fetchall()), *erasure.papers]


def finish(pk: Any) -> None:
    """The other steps; each may be done twice."""
    erasure = Erasure.objects.select_for_update(of=("self",)).select_related("country").get(pk=pk)
    if erasure.status != ErasureStatus.ERASING:
        return
    if erasure.of_kind:
        old.finish(erasure)
        return
    stone: Tombstone = Tombstone.objects.get(pk=str(erasure.tombstone))
    ledger.append(
        ledger.Line(
            stone=str(stone.pk),
            day=stone.erased_on.isoformat(),
            country=erasure.country.code,
            basis=erasure.basis,
            digest=erasure.digest,
            person=erasure.of_person is not None,
            also=erasure.digests,
        )
    )
    discard(erasure.files)
    for name in erasure.taken:
        destroy(name)
    _write(
        erasure,
        status=ErasureStatus.ERASED,
        of_case=None,
        of_person=None,
        papers=[],
        digest="",
        digests=[],
        files=[],
        taken=[],
        erased_at=timezone.now(),
    )
    audit.record("erasure.done", erasure, actor=None)


def _write(erasure: Erasure, **values: Any) -> None:
    for name, value in values.items():
        setattr(erasure, name, value)
    erasure.keep(*values)
