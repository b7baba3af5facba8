"""How proceedings end: one docket, decided when its last charge is, by its gravest outcome.

Shared by what counts proceedings: the NCRB tables and the clearance of courts, on one stock.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Q, When

from prosecutions.enums import Disposition, Instance
from prosecutions.models import Appeal, Charge, Prosecution
from reports.sets import PROGRAMME
from reports.verdicts import ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

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

    pk: Any
    filed_on: date
    ended_on: date | None
    ending: str


def dockets(reader: Any, params: Params) -> Iterator[tuple[tuple[Any, str], Docket]]:
    """Every proceeding filed by the as-of day, with its place and programme, as it stood then.

    A charge filed later takes a proceeding back among the pending ones. Asked whose work it was,
    those ended by a judgment so attributed.
    """
    day = params.as_of
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
        .values_list(
            "jurisdiction", PROGRAMME, "pk", "filed_on", "filed", "over", "last", "gravest"
        )
    )
    if params.attribution:
        rows = rows.filter(ours__gt=0)
    for place, programme, pk, filed_on, filed, over, last, gravest in rows:
        ended = filed > 0 and filed == over
        docket = Docket(str(pk), filed_on, last, GRAVITY[gravest]) if ended else None
        yield (place, programme), docket or Docket(str(pk), filed_on, None, "")


def standing(reader: Any, params: Params) -> Sets:
    """Proceedings pending at the start, come in, pending at the end, and ended by each outcome.

    Without a start the period begins with the first record, and nothing was pending before it.
    """
    found: Sets = {name: defaultdict(set) for name in (*STOCK, *GRAVITY)}
    for where, docket in dockets(reader, params):
        for name in moves(docket, params.start, params.until):
            found[name][where].add(docket.pk)
    return found


def moves(docket: Docket, start: date | None, until: date) -> Iterator[str]:
    """Where a proceeding stands in the stock of a period, and how it ended in it."""
    ended = docket.ended_on
    if start and docket.filed_on < start and (ended is None or ended >= start):
        yield "pending_start"
    if (start is None or docket.filed_on >= start) and docket.filed_on <= until:
        yield "incoming"
    if docket.filed_on <= until and (ended is None or ended > until):
        yield "pending_end"
    if ended and (start is None or ended >= start) and ended <= until:
        yield docket.ending


def open_on(rows: Any, day: date) -> Any:
    """Proceedings in which something was left to decide: a charge, an appeal, or none filed yet."""
    charges = Charge.objects.filter(prosecution=OuterRef("pk"))
    appeals = (
        Appeal.objects.filter(judgment__prosecution=OuterRef("pk"), filed_on__lte=day)
        .exclude(withdrawn_on__lte=day)
        .exclude(outcome__decided_on__lte=day)
    )
    return rows.filter(
        Exists(charges.undecided_on(day)) | ~Exists(charges.filed_by(day)) | Exists(appeals),
        filed_on__lte=day,
    )
