"""How proceedings end: one docket, decided when its last charge is, by its gravest outcome.

Shared by what counts proceedings: the NCRB tables and the clearance of courts, on one stock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Q, When

from prosecutions.enums import Disposition, Instance
from prosecutions.models import Appeal, Charge, Prosecution
from reports.numbers import Ids
from reports.sets import PROGRAMME, row_by_row
from reports.together import is_alone, once
from reports.verdicts import ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accounts.models import User
    from prosecutions.querysets import ProsecutionQuerySet
    from reports.params import Params
    from reports.sets import Sets

# Of the outcomes of its charges the first of these is that of the whole docket.
GRAVITY = (
    Disposition.CONVICTED_TRIAL,
    Disposition.CONVICTED_PLEA,
    Disposition.ACQUITTED,
    Disposition.DISCHARGED,
    Disposition.DISMISSED,
    Disposition.WITHDRAWN,
    Disposition.ABATED,
    Disposition.QUASHED,
    Disposition.TRANSFERRED,
    Disposition.ARCHIVED,
    Disposition.STAYED,
    Disposition.PROVISIONAL,
)
STOCK = ("pending_start", "incoming", "pending_end")


class Docket(NamedTuple):
    """One proceeding. Without `ended_on` it is pending; else `ending` says how it ended."""

    pk: int
    filed_on: date
    ended_on: date | None
    ending: str


def dockets(
    reader: User, params: Params, day: date | None = None
) -> Iterable[tuple[tuple[object, str], Docket]]:
    """Every proceeding filed by a day, with its place and programme, as it stood then.

    Without one, by the as-of day. A charge filed later, or taken up again, takes a proceeding back
    among the pending ones. Asked whose work it was, those ended by a judgment so attributed.
    """
    day = day or params.as_of
    key = ("dockets", day, params.attribution or ())
    every = partial(_dockets, reader, params, day)
    return every() if is_alone() else once(key, lambda: list(every()))


def _dockets(
    reader: User, params: Params, day: date
) -> Iterator[tuple[tuple[object, str], Docket]]:
    decided = Q(
        charges__filed_on__lte=day,
        charges__decisions__judgment__instance=Instance.FIRST,
        charges__decisions__judgment__decided_on__lte=day,
    ) & (Q(charges__decisions__lifted_on__isnull=True) | Q(charges__decisions__lifted_on__gt=day))
    attributed = decided & ours(params, "charges__decisions__judgment")
    rank = [When(charges__decisions__disposition=name, then=i) for i, name in enumerate(GRAVITY)]
    rows = (
        Prosecution.objects.countable_by(reader)
        .filter(filed_on__lte=day)
        .order_by()
        .annotate(
            filed=Count("charges", distinct=True, filter=Q(charges__filed_on__lte=day)),
            over=Count("charges", distinct=True, filter=decided),
            last=Max("charges__decisions__judgment__decided_on", filter=decided),
            gravest=Min(Case(*rank), filter=decided),
            ours=Count("charges", filter=attributed),
        )
    )
    if params.attribution:
        rows = rows.filter(ours__gt=0)
    columns = ("jurisdiction", PROGRAMME, "filed_on", "filed", "over", "last", "gravest")
    same: dict[Any, Any] = {}  # a place or a day is held once, however many have it
    for pk, place, programme, filed_on, filed, over, last, gravest in row_by_row(
        rows, "pk", *columns
    ):
        where, begun, ended_on = (
            same.setdefault(it, it) for it in ((place, programme), filed_on, last)
        )
        ended = filed > 0 and filed == over
        docket = Docket(pk, begun, ended_on, GRAVITY[gravest]) if ended else None
        yield where, docket or Docket(pk, begun, None, "")


def standing(reader: User, params: Params) -> Sets:
    """Proceedings pending at the start, come in, pending at the end, and ended by each outcome.

    Asked is what stood on the eve of the period and on its last day, so that the end of one period
    is the start of the next. Without a start the period begins with the first record, and nothing
    was pending before it.
    """
    sets: Sets = {name: defaultdict(Ids) for name in (*STOCK, *GRAVITY)}
    pending = _pending_before(reader, params)
    for where, docket in dockets(reader, params, params.until):
        for name in moves(docket, params.start, docket.pk in pending):
            sets[name][where].add(docket.pk)
    return sets


def _pending_before(reader: User, params: Params) -> Ids:
    """What was pending on the eve of the period."""
    if params.start is None or params.start == date.min:
        return Ids()
    eve = min(params.start - timedelta(days=1), params.as_of)
    before = dockets(reader, replace(params, attribution=()), eve)
    return Ids(docket.pk for _where, docket in before if docket.ended_on is None)


def moves(docket: Docket, start: date | None, before: bool) -> Iterator[str]:
    """Where a proceeding stands in the stock of a period, and how it ended in it.

    `docket` as on the last day; `before`: it was pending on the eve. Ended before the period and
    open in it once more, it has come in again.
    """
    first, ended = start or date.min, docket.ended_on
    if before:
        yield "pending_start"
    elif ended is None or max(docket.filed_on, ended) >= first:
        yield "incoming"
    if ended is None:
        yield "pending_end"
    elif ended >= first:
        yield docket.ending


def open_on(rows: ProsecutionQuerySet, day: date) -> ProsecutionQuerySet:
    """Proceedings in which something was left to decide: a charge, an appeal, or none filed yet.

    Each of the three is found once for all of them, not for every proceeding there is.
    """
    charged = Charge.objects.filed_by(day).filter(prosecution=OuterRef("pk"))
    appeals = (
        Appeal.objects.filter(filed_on__lte=day)
        .exclude(withdrawn_on__lte=day)
        .exclude(outcome__decided_on__lte=day)
    )
    left = Charge.objects.undecided_on(day).values("prosecution")
    left = left.union(
        appeals.values("judgment__prosecution"), rows.filter(~Exists(charged)).values("pk")
    )
    return rows.filter(pk__in=left, filed_on__lte=day)
