"""What the tests of the interface send, and a row for every list and every create."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.models import Job
from reports.params import parse
from reports.readers import scope_key
from tests import factories
from tests.api import paper_bodies, phone_bodies, place_bodies, retention_bodies, study_bodies
from tests.api import question_bodies as own_bodies
from tests.api.account_bodies import of_accounts
from tests.api.across_borders import of_borders
from tests.api.before_courts import of_courts, of_hearings
from tests.api.care_bodies import (
    of_care,
    of_plans,
    our_provider,
    received_referral,
    received_withdrawal,
)
from tests.api.duplicate_bodies import of_duplicates
from tests.api.exchange_bodies import of_exchange
from tests.api.field_bodies import of_field
from tests.api.knowing_bodies import of_knowing
from tests.api.ledger_bodies import of_ledgers
from tests.api.life_bodies import of_life
from tests.api.persons_bodies import of_completed
from tests.api.release_bodies import of_releases
from tests.api.to_do_bodies import of_tasks
from tests.factories import (
    care,
    duplicates,
    exports,
    field,
    justice,
    ledger,
    persons,
    programs,
    releases,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBLEM = "application/problem+json"
REPORT: dict[str, Any] = {
    "occurred_at": "2026-11-20T05:52:00+05:30",
    "jurisdiction": "IN-WB-KOL",
    "programme": "csec",
    "narrative": "Invented account",
    "people": [
        {"sex": "female", "age_months": 150, "client_id": "a"},
        {"sex": "male", "age_band": "unknown"},
    ],
    "arrests": [{"role": "owner", "name": "Invented Offender"}],
    "needs": ["medical"],
}

TOLD = {"born_on": "2010-02-28", "contacts": "An invented aunt", "documents": "None yet"}


def _caller() -> Any:
    """The caller of these tests."""
    return our_provider().staff.get().user


def _figures() -> Any:
    return factories.snapshot(scope_key=scope_key(_caller()), params=parse({}).as_json())


# Every list of the interface, and how to make one more row of it.
LISTS: dict[str, Any] = {
    "account-changes/": factories.account_change,
    "accusations/": justice.accusation,
    "agencies/": factories.agency,
    "aliases/": justice.alias,
    "assessments/": care.assessment,
    "care-plans/": care.care_plan,
    "follow-ups/": care.follow_up,
    "goals/": care.goal,
    "instruments/": None,  # as many as somebody imports
    "placements/": care.placement,
    "plan-reviews/": care.plan_review,
    "progress-notes/": care.progress_note,
    "session-notes/": care.session_note,
    "answers/": justice.answer,
    "appeals/": factories.appeal,
    "arrests/": factories.arrest,
    "assignments/": factories.assignment,
    "bank-references/": ledger.bank_reference,
    "claim-payments/": ledger.claim_payment,
    "compensation-claims/": ledger.claim,
    "entitlements/": ledger.entitlement,
    "escorts/": ledger.escort,
    "rehabilitation-payments/": ledger.rehabilitation_payment,
    "rehabilitation-schemes/": None,  # the versions are loaded after migrations
    "release-certificates/": ledger.certificate,
    "repatriations/": ledger.repatriation,
    "assistance-requests/": justice.assistance_request,
    "audit-events/": factories.audit_event,
    "case-links/": factories.case_link,
    "cases/": factories.case,
    "choices/": factories.choice,
    "charges/": factories.charge,
    "closings/": factories.closing,
    "conflicts/": factories.conflict,
    "compensation-payments/": justice.compensation_payment,
    "complaints/": lambda: factories.complaint_suspect().complaint,
    "disclosures/": factories.disclosure,
    "emergencies/": factories.break_glass,
    "invitations/": factories.invitation,
    "keys/": factories.api_key,
    "language-readings/": factories.language_reading,
    "service-accounts/": factories.service_account,
    "custodies/": factories.custody,
    "custody-clocks/": factories.courts.custody_clock,
    "consents/": factories.consent,
    "consent-shares/": persons.share,
    "evidence/": persons.evidence,
    "indicators/": persons.indicator,
    "particulars/": persons.particular,
    "received-withdrawals/": received_withdrawal,
    "route-stops/": persons.route_stop,
    "siblings/": persons.sibling,
    "withdrawals/": persons.withdrawal,
    "corridor-legs/": justice.corridor_leg,
    "corridors/": lambda: justice.corridor_leg().corridor,
    "hearings/": factories.hearing,
    "involvements/": factories.involvement,
    "judgments/": lambda: factories.decision().judgment,
    "jurisdictions/": None,  # the world is loaded after migrations
    "network-members/": justice.network_member,
    "networks/": justice.network,
    "views/": lambda: factories.saved_view(_caller()),
    "notices/": lambda: factories.notice(_caller()),
    "offices/": None,  # there are as many as the organisation has
    "participations/": justice.participation,
    "merges/": justice.merge,
    "offender-matches/": justice.offender_match,
    "perpetrators/": factories.perpetrator,
    "police-reports/": factories.police_report,
    "prosecutions/": factories.prosecution,
    "protective-measures/": justice.protective_measure,
    "providers/": factories.provider,
    "provider-staff/": factories.provider_staff,
    "law-versions/": factories.law_version,
    "provisions/": None,  # the law is loaded after migrations
    "received-referrals/": received_referral,
    "referrals/": factories.referral,
    "rescue-plans/": lambda: field.rescue_plan(factories.case(), _caller()),
    "rescues/": factories.rescue,
    "seals/": factories.seal,
    "sentences/": factories.sentence,
    "stages-reached/": factories.stage_reached,
    "service-records/": factories.service_record,
    "sites/": factories.site,
    "snoozes/": factories.snooze,
    "suspects/": factories.suspect,
    "task-rules/": None,  # one for each rule, loaded after migrations
    "tasks/": factories.task,
    "incident-survivors/": field.incident_survivor,
    "suspects-met/": field.suspect_met,
    "investigation-steps/": field.step,
    "leads/": field.lead,
    "online-incidents/": field.incident,
    "same-sites/": field.same_site,
    "site-closings/": field.site_closing,
    **(paper_bodies.LISTS | phone_bodies.LISTS | own_bodies.LISTS),
    **study_bodies.LISTS,
    "transfers/": factories.transfer,
    "users/": factories.user,
    "victims/": factories.victim,
    "exports/": lambda: exports.export(_caller()),
    "workbook-imports/": lambda: exports.workbook_import(_caller()),
    "htcds-imports/": programs.imported,
    "backups/": programs.backup,
    "drills/": programs.drill,
    "webhooks/": programs.webhook,
    "webhook-hosts/": programs.host,
    "webhook-deliveries/": programs.delivery,
    "confirmations/": duplicates.confirmation,
    "matches/": duplicates.match,
    "release-proposals/": lambda: releases.release_proposal(snapshot=_figures()),
    "releases/": releases.release,
    "release-letters/": releases.release_letter,
    "outside-addresses/": releases.outside_address,
    **retention_bodies.LISTS,
    "report-schedules/": lambda: releases.schedule(_caller()),
    "snapshots/": _figures,
    "victim-merges/": duplicates.victim_merge,
}


def creates(case: Any, user: Any) -> dict[str, tuple[Any, Any]]:
    """For every address that takes a key two good bodies, in or beside this case.

    Between them the two name every field. No second body: the step takes no words at all.
    """
    return dict(sending(case, user))


def sending(case: Any, user: Any) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The same to be sent at once, and those of figures before there is anything else.

    Whose figures count a sealed case releases none, and every sealing makes others of them.
    """
    yield from of_releases(user).items()
    yield from _of_the_rest(case, user).items()


def _of_the_rest(case: Any, user: Any) -> dict[str, tuple[Any, Any]]:
    return {
        **_of_cases(case, user),
        **(of_knowing(case, user) | phone_bodies.of_extracts(case, user)),
        **of_accounts(user),
        **of_exchange(user),
        **_of_justice(case),
        **_of_persons(case),
        **of_courts(case),
        **of_hearings(case),
        **of_completed(case),
        **_of_custody(case),
        **of_borders(case),
        **(_of_survivors(case) | _of_requests(case)),
        **of_ledgers(case),
        **(of_care(case) | of_tasks(case)),
        **of_plans(case),
        **own_bodies.of_questions(case),
        **of_field(case),
        **paper_bodies.of_papers(case),
        **of_life(case, user),
        **retention_bodies.of_retention(case),
        **of_duplicates(case),
        **(study_bodies.of_studies() | place_bodies.of_places() | place_bodies.of_laws()),
    }


def _of_cases(case: Any, user: Any) -> dict[str, tuple[Any, Any]]:
    place, here = {"jurisdiction": "IN-WB-KOL"}, {"case": str(case.pk)}
    return {
        "cases/": (
            place | {"programme": "csec"},
            place | {"programme": "osec", "office": "kolkata", "opened_on": "2026-03-02"},
        ),
        f"cases/{case.pk}/assign/": tuple(
            {"user": factories.user("legal_officer", case.office).username} for _ in range(2)
        ),
        "rescue-reports/": (REPORT, REPORT | {"needs": [], "replies": [own_bodies.reported()]}),
        "sites/": (
            place | here | {"kind": "brothel"},
            place | here | {"kind": "farm", "setting": "private", "exact_place": "Lane 4"},
        ),
        "report-runs/": (
            {"report": "conviction-rate"},
            {"report": "conviction-rate", "params": {"from": "2026-01-01", "programme": "csec"}},
        ),
        f"report-runs/{_run(user)}/cancel/": ({}, None),
        "dashboards/legal/compute/": ({}, {"from": "2026-01-01", "programme": "csec"}),
        f"involvements/{factories.involvement(case).pk}/identify/": (
            {"full_name": "Invented Name"},
            {"full_name": "Invented Other", "latin_name": "Invented Latin"} | TOLD,
        ),
    }


def _run(user: Any) -> Any:
    asked = {"report": "survivors-served", "params": {"as_of": "2026-11-01"}}
    return Job.objects.create(kind="report", requested_by=user, parameters=asked).pk


def _of_justice(case: Any) -> dict[str, tuple[Any, Any]]:
    here = {"case": str(case.pk)}
    suspect, other = (factories.suspect(case) for _ in range(2))
    merged, kept = str(other.perpetrator_id), suspect.perpetrator_id
    filed = here | {"jurisdiction": "IN-WB", "filed_on": "2026-04-01"}
    agency = str(factories.agency().pk)
    elsewhere = factories.suspect(factories.case(case.office), name="Invented Offender")
    return {
        "suspects/": (
            here | {"role": "owner", "name": "Invented Name"},
            here | {"role": "guard", "same_as": str(elsewhere.pk)},
        ),
        f"perpetrators/{kept}/merge/": (
            {"other": merged},
            {"other": str(elsewhere.perpetrator_id)},
        ),
        "complaints/": (
            filed | {"number": "4/2026", "suspects": [str(suspect.pk)]},
            filed | {"number": "5/2026", "agency": agency},
        ),
        "prosecutions/": (
            filed | {"docket": "SC 4/2026"},
            filed | {"court": agency, "complaint": str(factories.complaint(case).pk)},
        ),
    }


def _of_persons(case: Any) -> dict[str, tuple[Any, Any]]:
    named = {"perpetrator": str(factories.perpetrator(case).pk)}
    ordered = factories.sentence(case)
    ordered.compensation, ordered.currency = 90000, "INR"
    ordered.save()
    paid = {"sentence": str(ordered.pk), "amount": "2500.50", "paid_on": "2026-10-01"}
    reached = {"involvement": str(factories.involvement(case).pk), "received_on": "2026-10-09"}
    reached |= {"payer": "court", "currency": "INR"}
    return {
        "aliases/": (named | {"name": "Invented Alias"}, named | {"name": "Another Alias"}),
        f"aliases/{justice.alias(case).pk}/remove/": ({}, None),
        f"merges/{justice.merge(case).pk}/undo/": ({}, None),
        "offender-matches/": tuple(
            named | {"other": str(factories.perpetrator(case).pk), "answer": answer}
            for answer in ("different", "same")
        ),
        "compensation-payments/": (paid, paid | reached),
    }


def _of_custody(case: Any) -> dict[str, tuple[Any, Any]]:
    free, held = str(factories.suspect(case).pk), factories.custody(case)
    bailed = factories.custody(case, ended_on=date(2026, 4, 1), ended="bail")
    arrest = {"suspect": free, "arrested_on": "2026-04-02"}
    other = {"suspect": str(factories.suspect(case).pk), "since": "2026-04-02"}
    law = str(factories.provision().pk)
    terms = {"bail_conditions": ["report", "passport"], "sureties": 2}
    terms |= {"bail_amount": "50000.00", "bail_currency": "INR"}
    return {
        "arrests/": (
            arrest | {"agency": str(factories.agency().pk)},
            arrest | {"arrested_on": "2026-04-03", "arrested_at": "20:04", "attribution": "own"},
        ),
        f"arrests/{factories.arrest(case).pk}/release/": (
            {"ended_on": "2026-05-01", "ended": "bail"},
            {"ended_on": "2026-05-02", "ended": "default_bail"} | terms,
        ),
        "calendar-feed/stop/": ({}, None),
        "custodies/": (
            {"suspect": free, "since": "2026-04-02"},
            other
            | {"since_at": "06:30", "provision": law, "in_court_on": "2026-04-03"}
            | {"limit_reason": "extended", "court_hours": 72, "charge_by": "2026-12-01"},
        ),
        f"custodies/{held.pk}/release/": (
            {"ended_on": "2026-05-01", "ended": "bail"},
            {"ended_on": "2026-05-02", "ended": "default_bail"} | terms,
        ),
        f"custodies/{bailed.pk}/breach/": (
            {"breached_on": "2026-05-01", "breach": "absconded"},
            {"breached_on": "2026-05-02", "breach": "missed"},
        ),
    }


def _of_survivors(case: Any) -> dict[str, tuple[Any, Any]]:
    person = {"involvement": str(factories.involvement(case).pk)}
    court = {"prosecution": str(factories.prosecution(case).pk)}
    step, accused = person | {"happened_on": "2026-05-04"}, person | {"accused_on": "2026-05-04"}
    came = {"accompanied_by": "lawyer", "travelled_from": "KH"}
    asked = person | {"asked_on": "2026-05-04", "kind": "screen"}
    return {
        "participations/": (
            step | {"kind": "declined", "declined_for": "trauma"},
            step | {"kind": "testified"} | court | came,
        ),
        "protective-measures/": (asked, asked | court),
        "accusations/": (accused | {"offence": "theft"}, accused | {"offence": "documents"}),
    }


def _of_requests(case: Any) -> dict[str, tuple[Any, Any]]:
    waiting = justice.assistance_request(case)
    asked = {"case": str(case.pk), "jurisdiction": "IN-WB-KOL", "asked_on": "2026-05-04"}
    whom = {
        "agency": str(factories.agency().pk),
        "prosecution": str(factories.prosecution(case).pk),
    }
    return {
        "assistance-requests/": (
            asked | {"direction": "to", "kind": "laboratory"} | whom,
            asked | {"direction": "from", "kind": "evidence"},
        ),
        f"assistance-requests/{waiting.pk}/remind/": tuple(
            {"reminded_on": f"2026-05-0{day}"} for day in (5, 6)
        ),
    }


# What each is answered with: a row made, a step taken, work begun.
MAKING = (
    *("/assign/", "/assign-many/", "/caseload/", "/seal/", "/name/", "/identify/", "/versions/"),
    *("/met/", "/visits/", "/estimate/", "/scheme/", "/stages/"),
)


def status_of(path: str) -> int:
    later = path in {"report-runs/", "dashboards/legal/compute/", "workbook-imports/"}
    return 202 if later else 201 if path.count("/") == 1 or path.endswith(MAKING) else 200
