"""Which tables hold nothing of a case, or of a survivor: what a page asks of all tables is not
asked of these."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import connection

from aftercare.models import (
    Assessment,
    CarePlan,
    CompensationClaim,
    Entitlement,
    Placement,
    ProgressNote,
    Referral,
    ReleaseCertificate,
    Repatriation,
    ServiceRecord,
    SessionNote,
)
from casework.models import Case, LeadWords, RescuePlan, StepWords
from core.arrays import Array
from core.days import clock
from desk.rules import RULES
from desk.timeline import SOURCES
from prosecutions.models import (
    Accusation,
    ChargeVictim,
    CompensationPayment,
    Participation,
    ProtectiveMeasure,
)
from questions.models import Reply
from victims.models import Consent, Share, Sibling, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from django.db.models import Model

    from desk.rules import Rule
    from desk.timeline.stream import Source
    from victims.models import Involvement

# What the page of a case has beside the timeline and the rules, and most cases have not.
BESIDE = (CompensationPayment, LeadWords, ProgressNote, Reply, RescuePlan, SessionNote, StepWords)
# What the page of a survivor asks, and by what a row is of one of these parts or records.
OF_PART = "involvement_id = any(%(parts)s::uuid[])"
OF_PERSON: Mapping[type[Model], str] = dict.fromkeys(
    (
        *(Accusation, ChargeVictim, Participation, ProtectiveMeasure),
        *(Assessment, CarePlan, Placement, Referral, ServiceRecord),
        *(CompensationClaim, Entitlement, ReleaseCertificate, Repatriation),
        *(Consent, Share, Withdrawal),
    ),
    OF_PART,
) | {
    ProgressNote: "referral_id in (select id from aftercare_referral"
    " where involvement_id = any(%(parts)s::uuid[]))",
    SessionNote: "service_id in (select id from aftercare_servicerecord"
    " where involvement_id = any(%(parts)s::uuid[]))",
    Sibling: "victim_id = any(%(records)s::uuid[])",
}


def lacking(case: Case) -> frozenset[type[Model]]:
    """The tables of the page without a row of this case: one statement."""
    return _empty(dict.fromkeys(_tables(), "case_id = %(case)s"), case=case.pk)


def lacking_of(parts: Iterable[Involvement]) -> frozenset[type[Model]]:
    """The tables of the page of a survivor without a row of these parts of hers: one statement."""
    rows = list(parts)
    ids, records = (Array(attrgetter(of)(row) for row in rows) for of in ("pk", "victim_id"))
    return _empty(OF_PERSON, parts=ids.text, records=records.text)


def _empty(tables: Mapping[type[Model], str], **of: object) -> frozenset[type[Model]]:
    """Those of these tables in which no row fits."""
    quote = connection.ops.quote_name
    holds = ", ".join(
        f"exists (select from {quote(model._meta.db_table)} where {fits})"
        for model, fits in tables.items()
    )
    ids: Any = of
    with connection.cursor() as cursor:
        cursor.execute(f"select {holds}", ids)
        values = cursor.fetchone()
    return frozenset(model for model, some in zip(tables, values, strict=True) if not some)


def sources_beyond(lacked: Set[object], kind: str = "") -> list[Source]:
    """What can tell anything of a case without rows of these tables."""
    return [
        source for source in SOURCES if source.model not in lacked and kind in ("", source.kind)
    ]


def rules_beyond(lacked: Set[object]) -> list[Rule]:
    """What can ask anything of such a case."""
    return [rule for rule in RULES if _model_of(rule.rows) not in lacked]


@cache
def _tables() -> tuple[type[Model], ...]:
    models = {source.model for source in SOURCES} | {_model_of(rule.rows) for rule in RULES}
    models |= {*BESIDE}
    return tuple(sorted(models - {Case}, key=lambda model: model._meta.db_table))


@cache
def _model_of(rows: Any) -> Any:
    return rows(clock.today()).model
