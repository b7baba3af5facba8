"""Policies, holds, erasures, and what an erasure leaves."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.days import clock
from places.models import Jurisdiction
from reports.models import AnonymousRow
from retention.models import Erasure, LegalHold, Policy, Tombstone
from tests import factories

if TYPE_CHECKING:
    from casework.models import Case

LAW = "Invented Act 2001, section 4"


def country(code: str = "IN") -> Jurisdiction:
    return Jurisdiction.objects.get(code=code)


def policy(**fields: Any) -> Policy:
    """In force; a `outcome=""` waits for a second person."""
    values = {"kind": "survivors", "person": "child", "years": 5, "legal_source": LAW}
    values |= {"country": country(), "begins_on": date(2020, 1, 1)}
    values["proposed_by"] = fields.pop("proposed_by", None) or factories.user("data_officer")
    if fields.get("outcome", "confirmed"):
        values |= {"outcome": "confirmed", "decided_at": "2020-01-01T00:00:00Z"}
        values["decided_by"] = factories.user("safeguarding_lead")
    return Policy.objects.create(**(values | fields))


def longer() -> dict[str, str]:
    """What keeps an erasure for another year."""
    until = clock.today() + timedelta(days=366)
    return {"kept_until": str(until), "kept_for": "Invented reason of a court"}


def policies(years: int = 5) -> list[Policy]:
    """All that cases of India need."""
    kinds = [("survivors", "child"), ("survivors", "adult"), ("inquiry", "")]
    return [policy(kind=kind, person=person, years=years) for kind, person in kinds]


def hold(case: Case | None = None, **fields: Any) -> LegalHold:
    values = {"reason": "An invented court asked for it"}
    values["asked_by"] = fields.pop("asked_by", None) or factories.user("legal_officer")
    return LegalHold.objects.create(case=case or factories.case(), **(values | fields))


def closed_case(**fields: Any) -> Case:
    values = {"status": "closed", "opened_on": date(2010, 3, 1), "closed_on": date(2011, 3, 1)}
    return factories.case(**(values | fields))


def erasure(case: Case | None = None, **fields: Any) -> Erasure:
    values = {"country": country(), "due_on": date(2016, 3, 1), "basis": LAW}
    return Erasure.objects.create(of_case=(case or closed_case()).pk, **(values | fields))


def confirmed_erasure(case: Case | None = None, **fields: Any) -> Erasure:
    """By two persons, and the thirty days are over."""
    values = {"status": "confirmed", "first_by": factories.user("data_officer")}
    values |= {"second_by": factories.user("case_manager")}
    values |= dict.fromkeys(("first_at", "second_at", "not_before"), "2026-01-01T00:00:00Z")
    return erasure(case, **(values | fields))


def tombstone(**fields: Any) -> Tombstone:
    values = {"id": uuid.uuid4(), "erased_on": date(2026, 5, 4), "basis": LAW}
    return Tombstone.objects.create(**({"country": country()} | values | fields))


def anonymous_row(**fields: Any) -> AnonymousRow:
    values = {"what": "rescued", "year": 2011, "programme": "csec", "band": "0-12"}
    return AnonymousRow.objects.create(**({"country": country()} | values | fields))


FACTORIES: dict[Any, Any] = {
    Policy: policy,
    LegalHold: hold,
    Erasure: erasure,
    Tombstone: tombstone,
    AnonymousRow: anonymous_row,
}
