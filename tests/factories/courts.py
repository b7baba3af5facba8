"""Rows of proceedings before the courts."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from prosecutions.models import (
    Appeal,
    CalendarFeed,
    Charge,
    ChargeDecision,
    Complaint,
    ComplaintSuspect,
    Custody,
    CustodyClock,
    Hearing,
    Judgment,
    LawVersion,
    Prosecution,
    Provision,
    Sentence,
)
from prosecutions.models.laws import PROPOSED
from tests import factories
from tests.factories.people import place

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

_numbers = itertools.count(5001)


def provision(number: str = "4", statute: str = "ITPA") -> Provision:
    return Provision.objects.get(statute=statute, number=number)


def law_version(**fields: Any) -> LawVersion:
    """A provision of an invented statute that waits for a second person."""
    number = str(next(_numbers))
    terms = {field.name: field.get_default() for field in PROPOSED}
    terms |= {"statute": "IVA", "title": "Invented Act", "number": number, "offence": "holding"}
    values = {
        "kind": "provision",
        "country": place("IN"),
        "begins_on": date(2026, 5, 4),
        "terms": terms | {"max_years": "7", "in_force_from": "2026-05-04"},
        "source": "Invented Gazette 2026, p. 12",
    }
    by = fields.pop("proposed_by", None) or factories.user("legal_officer")
    return LawVersion.objects.create(**(values | fields), proposed_by=by)


def officer_in(case: Case, country: str = "NP") -> User:
    """A legal officer of the team of a case of this country, by default one of which no law is on
    record."""
    case.jurisdiction = place(country)
    case.save()
    user = factories.user("legal_officer", case.office)
    factories.assignment(case, user)
    return user


def complaint(case: Case | None = None, number: str = "12/2026") -> Complaint:
    return Complaint.objects.create(
        case=case or factories.case(),
        number=number,
        filed_on=date(2026, 3, 11),
        jurisdiction=place(),
    )


def complaint_suspect(case: Case | None = None) -> ComplaintSuspect:
    case = case or factories.case()
    return ComplaintSuspect.objects.create(
        case=case, complaint=complaint(case), suspect=factories.suspect(case)
    )


def prosecution(case: Case | None = None, **fields: Any) -> Prosecution:
    values = {"jurisdiction": place("IN-WB"), "filed_on": date(2026, 4, 1)}
    return Prosecution.objects.create(case=case or factories.case(), **(values | fields))


def charge(case: Case | None = None, **fields: Any) -> Charge:
    before = fields.pop("prosecution", None) or prosecution(case)
    values = {
        "suspect": fields.pop("suspect", None) or factories.suspect(before.case),
        "provision": provision(),
        "offence_on": date(2026, 3, 10),
        "filed_on": before.filed_on,
    }
    return Charge.objects.create(case=before.case, prosecution=before, **(values | fields))


def judgment(case: Case | None = None, **fields: Any) -> Judgment:
    before = fields.pop("prosecution", None) or prosecution(case)
    values = {"decided_on": date(2026, 9, 1), "attribution": "supported"}
    return Judgment.objects.create(case=before.case, prosecution=before, **(values | fields))


def decision(case: Case | None = None, **fields: Any) -> ChargeDecision:
    """A charge and how it ended, on one day; by default convicted at trial."""
    charged = fields.pop("charge", None) or charge(case)
    days = {"decided_on": fields.pop("decided_on")} if "decided_on" in fields else {}
    by = fields.pop("judgment", None) or judgment(prosecution=charged.prosecution, **days)
    values = {"disposition": "convicted_trial"}
    return ChargeDecision.objects.create(
        case=charged.case, charge=charged, judgment=by, **(values | fields)
    )


def appeal(case: Case | None = None, **fields: Any) -> Appeal:
    against = fields.pop("judgment", None) or judgment(case)
    values = {"filed_on": against.decided_on}
    return Appeal.objects.create(case=against.case, judgment=against, **(values | fields))


def hearing(case: Case | None = None, **fields: Any) -> Hearing:
    """Listed, without a result."""
    of = fields.pop("prosecution", None) or prosecution(case)
    values = {"listed_on": date(2026, 5, 4), "purpose": "evidence"}
    return Hearing.objects.create(case=of.case, prosecution=of, **(values | fields))


def custody_clock(case: Case | None = None, **fields: Any) -> CustodyClock:
    """Somebody was arrested a while ago, and has hours left; the database writes the row."""
    made_at = timezone.now()
    values = {"arrested_on": made_at.date(), "presumed_until": made_at + timedelta(hours=20)}
    arrest = factories.arrest(case, **(values | fields))
    return CustodyClock.objects.get(case=arrest.case, court_by=arrest.presumed_until)


def custody(case: Case | None = None, **fields: Any) -> Custody:
    of = fields.pop("suspect", None) or factories.suspect(case)
    return Custody.objects.create(
        case=of.case, suspect=of, **({"since": date(2026, 3, 12)} | fields)
    )


def feed(user: User | None = None) -> CalendarFeed:
    digest = next(_numbers).to_bytes(32)
    end = timezone.now() + timedelta(days=180)
    return CalendarFeed.objects.create(user=user or factories.user(), digest=digest, expires_at=end)


def sentence(case: Case | None = None, *, of: ChargeDecision | None = None) -> Sentence:
    given = of or decision(case)
    return Sentence.objects.create(
        case=given.case, judgment=given.judgment, suspect=given.charge.suspect, months=84
    )


FACTORIES: dict[Any, Any] = {
    Appeal: appeal,
    CalendarFeed: feed,
    Charge: charge,
    ChargeDecision: decision,
    Complaint: complaint,
    ComplaintSuspect: complaint_suspect,
    Custody: custody,
    CustodyClock: custody_clock,
    Hearing: hearing,
    Judgment: judgment,
    LawVersion: law_version,
    Prosecution: prosecution,
    Provision: provision,
    Sentence: sentence,
}
