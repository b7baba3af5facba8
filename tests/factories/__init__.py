"""One row of every table, made directly by the owner of the database, without services.

`FACTORIES[model]()` makes one row with everything it needs; `case=` places it in a case.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

from accounts.models import (
    AccountChange,
    ApiKey,
    Invitation,
    LanguageReading,
    Membership,
    Notice,
    Office,
    SavedView,
    ServiceAccount,
    User,
)
from aftercare.models import Provider, ProviderStaff, Referral, ServiceRecord
from casework.models import (
    Assignment,
    Case,
    CaseLink,
    Narrative,
    Rescue,
    RescueAgency,
    RescueSite,
    Site,
    SitePlace,
)
from core.models import AuditEvent
from places.models import Agency, Choice, Outline
from prosecutions.models import (
    Arrest,
    Perpetrator,
    Suspect,
)
from reports.models import Snapshot
from tests.factories import (
    care,
    courts,
    duplicates,
    exports,
    field,
    justice,
    kept,
    knowing,
    ledger,
    life,
    papers,
    persons,
    phones,
    programs,
    questions,
    releases,
    retention,
    studies,
    tasks,
)
from tests.factories.courts import (
    appeal,
    charge,
    complaint,
    complaint_suspect,
    custody,
    decision,
    feed,
    hearing,
    judgment,
    law_version,
    officer_in,
    prosecution,
    provision,
    sentence,
)
from tests.factories.justice import (
    accusation,
    alias,
    assistance_request,
    charge_victim,
    compensation_payment,
    corridor,
    corridor_leg,
    merge,
    network,
    network_member,
    participation,
    police_report,
    protective_measure,
    stage_reached,
)
from tests.factories.knowing import break_glass, conflict, disclosure, seal
from tests.factories.life import closing, transfer
from tests.factories.people import (
    account_change,
    api_key,
    invitation,
    language_reading,
    link,
    membership,
    notice,
    office,
    place,
    saved_view,
    service_account,
    user,
)
from tests.factories.tasks import snooze, task
from victims.models import Consent, FormerIdentity, Identity, Involvement, Victim

_numbers = itertools.count(5001)  # far from those that services give


def case(at: Office | None = None, **fields: Any) -> Case:
    number = next(_numbers)
    at = at or office()
    values = {
        "reference": f"{at.prefix}-2026-{number}",
        "programme": "csec",
        "jurisdiction": place(),
        "opened_on": date(2026, 3, 1),
    }
    return Case.objects.create(office=at, **(values | fields))


def assignment(case: Case | None = None, user: User | None = None, **fields: Any) -> Assignment:
    return Assignment.objects.create(case=case or _case(), user=user or _user(), **fields)


_case, _user = case, user


def case_link(case: Case | None = None, **fields: Any) -> CaseLink:
    case = case or _case()
    other = fields.pop("other", None) or _case(case.office, level=case.level)
    values = {"other": other, "kind": "related"}
    return CaseLink.objects.create(case=case, **(values | fields))


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
    return Agency.objects.create(**({"jurisdiction": place()} | values | fields))


def choice(code: str = "", **fields: Any) -> Choice:
    """A code of the organisation's own."""
    values = {"listed": "site_kind", "code": code or f"own_{next(_numbers)}", "is_own": True}
    return Choice.objects.create(**({"labels": {"en": values["code"]}} | values | fields))


def outline(place_code: str = "IN-WB", **fields: Any) -> Outline:
    """A triangle round Kolkata."""
    ring = [[87.5, 22.0], [89.0, 22.0], [89.0, 23.5], [87.5, 22.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return Outline.objects.create(**({"place": place(place_code), "geometry": shape} | fields))


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
    perpetrator = fields.pop("perpetrator", None) or Perpetrator.objects.create(name=name)
    return Suspect.objects.create(
        case=case or _case(), perpetrator=perpetrator, **(values | fields)
    )


def perpetrator(case: Case | None = None, name: str = "Invented Offender") -> Perpetrator:
    return suspect(case, name=name).perpetrator


def arrest(case: Case | None = None, **fields: Any) -> Arrest:
    who = fields.pop("suspect", None) or suspect(case)
    values = {"arrested_on": date(2026, 3, 10)}
    return Arrest.objects.create(case=who.case, suspect=who, **(values | fields))


def provider(**fields: Any) -> Provider:
    values: dict[str, Any] = {
        "name": f"Invented shelter {next(_numbers)}",
        "agreement_from": date(2020, 1, 1),
    }
    values |= {"services": ["safe_place"]}
    return Provider.objects.create(**({"jurisdiction": place()} | values | fields))


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


def snapshot(**fields: Any) -> Snapshot:
    values = {
        "report": "conviction-rate",
        "report_version": 1,
        "params": {},
        "as_of": date(2026, 11, 24),
        "scope_key": "0" * 64,
        "rows": [],
        "digest": "0" * 64,
    }
    behind = fields.pop("behind", {})
    made = Snapshot.objects.create(**(values | fields))
    kept.put(made, behind)
    return made


def audit_event(case: Case | None = None, **fields: Any) -> AuditEvent:
    """Somebody read a case."""
    case = case or _case()
    values = {"kind": "read", "action": "case.read", "target_type": "casework.Case"}
    values |= {"at": datetime(2026, 3, 12, tzinfo=UTC), "target_id": str(case.pk)}
    values |= {"case_id": case.pk, "subjects": [case.pk], "actor_id": _user().pk}
    return AuditEvent.objects.create(**(values | fields))


FACTORIES: dict[Any, Any] = (
    {
        Office: office,
        User: user,
        Membership: membership,
        ApiKey: api_key,
        ServiceAccount: service_account,
        Notice: notice,
        SavedView: saved_view,
        LanguageReading: language_reading,
        Invitation: invitation,
        AccountChange: account_change,
        Agency: agency,
        Choice: choice,
        Outline: outline,
        Provider: provider,
        Case: case,
        Assignment: assignment,
        CaseLink: case_link,
        Site: site,
        SitePlace: site_place,
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
        Snapshot: snapshot,
        AuditEvent: audit_event,
    }
    | knowing.FACTORIES
    | courts.FACTORIES
    | justice.FACTORIES
    | ledger.FACTORIES
    | tasks.FACTORIES
    | care.FACTORIES
    | field.FACTORIES
    | papers.FACTORIES
    | life.FACTORIES
    | persons.FACTORIES
    | duplicates.FACTORIES
    | studies.FACTORIES
    | releases.FACTORIES
    | kept.FACTORIES
    | programs.FACTORIES
    | phones.FACTORIES
    | exports.FACTORIES
    | questions.FACTORIES
    | retention.FACTORIES
)
