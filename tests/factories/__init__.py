"""One row of every table, made directly by the owner of the database, without services.

`FACTORIES[model]()` makes one row with everything it needs; `case=` places it in a case.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import (
    AccountChange,
    ApiKey,
    Invitation,
    Membership,
    Notice,
    Office,
    User,
)
from aftercare.models import Provider, ProviderStaff, Referral, ServiceRecord
from casework.enums import Part
from casework.models import (
    Assignment,
    BreakGlass,
    Case,
    Conflict,
    Disclosure,
    Narrative,
    Rescue,
    RescueAgency,
    RescueSite,
    Seal,
    Site,
    SitePlace,
)
from core.models import AuditEvent
from places.models import Agency
from prosecutions.models import (
    Appeal,
    Arrest,
    CalendarFeed,
    Charge,
    ChargeDecision,
    Complaint,
    ComplaintSuspect,
    Custody,
    Hearing,
    Judgment,
    Perpetrator,
    Prosecution,
    Provision,
    Sentence,
    Suspect,
)
from reports.models import Snapshot
from tests.factories.people import (
    account_change,
    api_key,
    invitation,
    membership,
    notice,
    office,
    place,
    user,
)
from victims.models import Consent, FormerIdentity, Identity, Involvement, Victim

_numbers = itertools.count(1)


def case(at: Office | None = None, **fields: Any) -> Case:
    number = next(_numbers)
    at = at or office()
    values = {
        "reference": f"{at.prefix}-2026-{number:04d}",
        "programme": "csec",
        "jurisdiction": place(),
        "opened_on": date(2026, 3, 1),
    }
    return Case.objects.create(office=at, **(values | fields))


def assignment(case: Case | None = None, user: User | None = None, **fields: Any) -> Assignment:
    return Assignment.objects.create(case=case or _case(), user=user or _user(), **fields)


_case, _user = case, user


def seal(case: Case | None = None, **fields: Any) -> Seal:
    """In force, a case has one; `level` of the case is the test's to set."""
    case = case or _case()
    known = Seal.objects.in_force().filter(case=case).first()
    values = {"reason": "Invented reason", "sealed_by": user()}
    return known or Seal.objects.create(case=case, **(values | fields))


def conflict(case: Case | None = None, user: User | None = None, **fields: Any) -> Conflict:
    values = {"kind": "relative", "declared_by": user or _user()}
    values |= {"user": values["declared_by"]}
    return Conflict.objects.create(case=case or _case(), **(values | fields))


def disclosure(case: Case | None = None, user: User | None = None, **fields: Any) -> Disclosure:
    """Confirmed, unless said otherwise, with every part."""
    values = {
        "user": user or _user("prosecutor"),
        "parts": Part.values,
        "basis": "order",
        "document": "Invented order 12 of 2026",
        "reason": "Invented reason",
        "status": "confirmed",
        "proposed_by": _user("legal_officer"),
        "confirmed_by": _user("case_manager"),
        "confirmed_at": timezone.now(),
        "expires_at": timezone.now() + timedelta(days=30),
    }
    return Disclosure.objects.create(case=case or _case(), **(values | fields))


def break_glass(case: Case | None = None, user: User | None = None, **fields: Any) -> BreakGlass:
    values = {"user": user or _user(), "reason": "Invented emergency of tonight"}
    return BreakGlass.objects.create(case=case or _case(), **(values | fields))


def site(case: Case | None = None, **fields: Any) -> Site:
    values = {"code": f"P-{next(_numbers)}", "kind": "brothel", "jurisdiction": place()}
    return Site.objects.create(case=case or _case(), **(values | fields))


def site_place(case: Case | None = None, text: str = "Invented lane 4") -> SitePlace:
    case = case or _case()
    return SitePlace.objects.create(case=case, site=site(case), text=text)


def rescue(case: Case | None = None, **fields: Any) -> Rescue:
    values = {
        "occurred_at": datetime(2026, 3, 10, 5, 40, tzinfo=UTC),
        "occurred_on": date(2026, 3, 10),
        "jurisdiction": place(),
    }
    led_by = fields.pop("led_by", None) or user()
    return Rescue.objects.create(case=case or _case(), led_by=led_by, **(values | fields))


def rescue_site(case: Case | None = None) -> RescueSite:
    case = case or _case()
    return RescueSite.objects.create(case=case, rescue=rescue(case), site=site(case))


def agency(**fields: Any) -> Agency:
    values = {"name": f"Invented unit {next(_numbers)}", "kind": "police_unit"}
    return Agency.objects.create(jurisdiction=place(), **(values | fields))


def rescue_agency(case: Case | None = None) -> RescueAgency:
    case = case or _case()
    return RescueAgency.objects.create(case=case, rescue=rescue(case), agency=agency())


def narrative(case: Case | None = None, text: str = "Invented account") -> Narrative:
    case = case or _case()
    return Narrative.objects.create(case=case, rescue=rescue(case), text=text)


def involvement(case: Case | None = None, victim: Victim | None = None, **fields: Any) -> Any:
    victim = victim or Victim.objects.create(sex="female", age_min_months=150, age_max_months=150)
    values = {"code": f"S-{next(_numbers)}"}
    return Involvement.objects.create(case=case or _case(), victim=victim, **(values | fields))


def victim(case: Case | None = None) -> Victim:
    return involvement(case).victim


def identity(case: Case | None = None, full_name: str = "Invented Name") -> Identity:
    return Identity.objects.create(victim=victim(case), full_name=full_name)


def former_identity(case: Case | None = None, value: str = "Invented Earlier") -> FormerIdentity:
    return FormerIdentity.objects.create(
        victim=victim(case), field="full_name", value=value, replaced_by=user()
    )


def suspect(case: Case | None = None, name: str = "", **fields: Any) -> Suspect:
    values = {"code": f"A-{next(_numbers)}", "role": "owner"}
    perpetrator = Perpetrator.objects.create(name=name)
    return Suspect.objects.create(
        case=case or _case(), perpetrator=perpetrator, **(values | fields)
    )


def perpetrator(case: Case | None = None, name: str = "Invented Offender") -> Perpetrator:
    return suspect(case, name=name).perpetrator


def arrest(case: Case | None = None) -> Arrest:
    case = case or _case()
    return Arrest.objects.create(case=case, suspect=suspect(case), arrested_on=date(2026, 3, 10))


def provider(**fields: Any) -> Provider:
    values = {"name": f"Invented shelter {next(_numbers)}"}
    return Provider.objects.create(jurisdiction=place(), **(values | fields))


def referral(case: Case | None = None) -> Referral:
    case = case or _case()
    return Referral.objects.create(case=case, involvement=involvement(case), need="medical")


def consent(case: Case | None = None) -> Consent:
    case = case or _case()
    return Consent.objects.create(
        case=case,
        involvement=involvement(case),
        recipient_id=provider().pk,
        given_by="self",
        given_on=date(2026, 3, 11),
        language="bn",
    )


def service_record(case: Case | None = None, **fields: Any) -> ServiceRecord:
    case = case or _case()
    values = {"kind": "shelter", "provided_on": date(2026, 3, 12)}
    person = fields.pop("involvement", None) or involvement(case)
    return ServiceRecord.objects.create(case=case, involvement=person, **(values | fields))


def provider_staff(provider: Provider | None = None, user: User | None = None) -> ProviderStaff:
    return ProviderStaff.objects.create(
        provider=provider or _provider(), user=user or _user(role="provider_partner")
    )


_provider = provider


def provision(number: str = "4", statute: str = "ITPA") -> Provision:
    return Provision.objects.get(statute=statute, number=number)


def complaint(case: Case | None = None) -> Complaint:
    return Complaint.objects.create(
        case=case or _case(), number="12/2026", filed_on=date(2026, 3, 11), jurisdiction=place()
    )


def complaint_suspect(case: Case | None = None) -> ComplaintSuspect:
    case = case or _case()
    return ComplaintSuspect.objects.create(
        case=case, complaint=complaint(case), suspect=suspect(case)
    )


def prosecution(case: Case | None = None, **fields: Any) -> Prosecution:
    values = {"jurisdiction": place("IN-WB"), "filed_on": date(2026, 4, 1)}
    return Prosecution.objects.create(case=case or _case(), **(values | fields))


def charge(case: Case | None = None, **fields: Any) -> Charge:
    before = fields.pop("prosecution", None) or prosecution(case)
    values = {
        "suspect": fields.pop("suspect", None) or suspect(before.case),
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


def custody(case: Case | None = None, **fields: Any) -> Custody:
    of = fields.pop("suspect", None) or suspect(case)
    return Custody.objects.create(
        case=of.case, suspect=of, **({"since": date(2026, 3, 12)} | fields)
    )


def feed(user: User | None = None) -> CalendarFeed:
    digest = next(_numbers).to_bytes(32)
    return CalendarFeed.objects.create(user=user or _user(), digest=digest)


def sentence(case: Case | None = None) -> Sentence:
    given = decision(case)
    return Sentence.objects.create(
        case=given.case, judgment=given.judgment, suspect=given.charge.suspect, months=84
    )


def snapshot(**fields: Any) -> Snapshot:
    values = {
        "report": "conviction-rate",
        "report_version": 1,
        "params": {},
        "as_of": date(2026, 11, 24),
        "scope_key": "0" * 64,
        "rows": [],
        "behind": {},
        "digest": "0" * 64,
    }
    return Snapshot.objects.create(**(values | fields))


def audit_event(case: Case | None = None, **fields: Any) -> AuditEvent:
    """Somebody read a case."""
    case = case or _case()
    values = {"kind": "read", "action": "case.read", "target_type": "casework.Case"}
    values |= {"at": datetime(2026, 3, 12, tzinfo=UTC), "target_id": str(case.pk)}
    values |= {"case_id": case.pk, "subjects": [case.pk], "actor_id": _user().pk}
    return AuditEvent.objects.create(**(values | fields))


FACTORIES: dict[Any, Any] = {
    Office: office,
    User: user,
    Membership: membership,
    ApiKey: api_key,
    Notice: notice,
    Invitation: invitation,
    AccountChange: account_change,
    Agency: agency,
    Provider: provider,
    Case: case,
    Assignment: assignment,
    Site: site,
    SitePlace: site_place,
    Seal: seal,
    Conflict: conflict,
    Disclosure: disclosure,
    BreakGlass: break_glass,
    Rescue: rescue,
    RescueSite: rescue_site,
    RescueAgency: rescue_agency,
    Narrative: narrative,
    Involvement: involvement,
    Victim: victim,
    Identity: identity,
    FormerIdentity: former_identity,
    Suspect: suspect,
    Perpetrator: perpetrator,
    Arrest: arrest,
    Referral: referral,
    Consent: consent,
    ServiceRecord: service_record,
    ProviderStaff: provider_staff,
    Provision: provision,
    Complaint: complaint,
    ComplaintSuspect: complaint_suspect,
    Prosecution: prosecution,
    Charge: charge,
    Judgment: judgment,
    ChargeDecision: decision,
    Appeal: appeal,
    Hearing: hearing,
    Custody: custody,
    CalendarFeed: feed,
    Sentence: sentence,
    Snapshot: snapshot,
    AuditEvent: audit_event,
}
