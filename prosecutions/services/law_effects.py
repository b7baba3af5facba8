"""What a change of law would change in open cases and in figures, before it is proposed or
confirmed.

Only cases that the reader may read are counted, so nobody learns of one by this. Of figures it is
the rows that they count for this reader, rounded up to tens; of survivors only for readers who may
open their rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit, context
from core.context import counting_as
from core.services import service
from prosecutions.enums import LawKind
from prosecutions.law_contents import CONTENTS, FIGURES
from prosecutions.laws import supposing
from prosecutions.limitation import last_days
from prosecutions.limits import country_of, derived
from prosecutions.models import Charge, Custody, LawVersion, Suspect

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from casework.models import Case

EXAMPLES, TENS = 3, 10


@dataclass(frozen=True)
class Effect:
    """`number`: how many records it would change, of cases that the reader sees; `cases`: some.
    `figures`: the reports that read it, title by slug; `rows`: how many of their rows, at most;
    none where that is not told."""

    number: int
    cases: tuple[Case, ...]
    figures: dict[str, str]
    rows: int | None


@service(Perm.LAW_DECIDE, label=gettext_lazy("See what would change"))
def read_effect(law: LawVersion, *, actor: User) -> Effect:
    """How many records of open cases it would change, of those that you may read, and in which
    figures. Nothing is changed."""
    rows = _changed_by(law, actor)
    cases = tuple({row.case_id: row.case for row in rows}.values())[:EXAMPLES]
    seen = [case.pk for case in cases]
    audit.read("law.effect_read", law, actor=actor, shown=seen, number=len(rows))
    figures = {slug: str(title) for slug, title in FIGURES.get(law.kind, {}).items()}
    return Effect(len(rows), cases, figures, _counted(law, actor) if figures else 0)


def effect_before(propose: Callable[[], LawVersion], *, actor: User) -> Effect:
    """What it would change once it is proposed and confirmed. The proposal itself is rolled back:
    the record, its history, notices and mail."""
    with audit.deeds(), transaction.atomic():  # of deeds as well: nobody is told of one
        law = propose()
        transaction.set_rollback(True)
    context.refresh(actor)
    return read_effect(law, actor=actor)


def _counted(law: LawVersion, reader: User) -> int | None:
    """Where no app says otherwise, what is on record stays, and figures with it.

    Not told of survivors to who only counts them: by two laws of neighbouring days tens would say
    on which day one of them was helped.
    """
    content = CONTENTS.get(law.kind)
    if content is None:
        return 0
    needed = [Perm.REPORT_VIEW, *([Perm.VICTIM_VIEW] if content.of_survivors else [])]
    if not all(map(reader.has_perm, needed)):
        return None
    reader.counting  # noqa: B018 - resolved before the database counts for this reader
    with counting_as(reader.pk):
        return -(-content.counted(law, reader) // TENS) * TENS


def _changed_by(law: LawVersion, reader: User) -> list[Any]:
    """A new provision changes nothing."""
    if content := CONTENTS.get(law.kind):
        return list(content.changed(law, reader))
    if law.kind == LawKind.END:
        return _charges(law, reader)
    if law.kind == LawKind.LIMITATION:
        return _suspects(law, reader)
    return _custodies(law, reader) if law.is_limit else []


def _charges(law: LawVersion, reader: User) -> list[Charge]:
    """Those of later offences under a provision that ends, which do not stand under it."""
    under = Q(provision=law.provision, final_provision__isnull=True)
    under |= Q(final_provision=law.provision)
    charges = Charge.objects.visible_to(reader).undecided().filter(under)
    later = charges.filter(offence_on__gte=law.begins_on).select_related("case")
    return list(later.order_by("-offence_on", "pk"))


def _custodies(law: LawVersion, reader: User) -> list[Custody]:
    """Those whose limit would be another day or hour."""
    held = Custody.objects.visible_to(reader).in_force()
    rows = held.filter(limit_reason="", since__gte=law.begins_on).order_by("-since", "pk")
    rows = rows.select_related("case__jurisdiction", "provision__jurisdiction")
    with supposing(law.limit):
        return [
            row
            for row in rows
            if country_of(row.case, row.provision) == law.country.code
            and derived(row.case, row.provision, row.since, row.since_at)
            != (row.court_by, row.charge_by)
        ]


def _suspects(law: LawVersion, reader: User) -> list[Suspect]:
    """Those not accused yet, for whom time would run out on another day."""
    rows = Suspect.objects.visible_to(reader).still_unaccused().select_related("case__jurisdiction")
    rows = rows.filter(offence_until__gte=law.begins_on)
    there = [row for row in rows if row.case.jurisdiction.country == law.country.code]
    before = [_first_end(law, row) for row in there]
    with supposing(law.limit):
        return [row for row, end in zip(there, before, strict=True) if _first_end(law, row) != end]


def _first_end(law: LawVersion, row: Any) -> object:
    return min(
        (day for _limit, day in last_days(law.country.code, row.offence_until)), default=None
    )
