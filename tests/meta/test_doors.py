"""Every verb that a page offers is an endpoint, too: the same object, so the same words and access.

What has no endpoint of its own appears here: what only puts together for a page what endpoints
answer one by one, and what runs inside another verb.
"""

from __future__ import annotations

from core.services import SERVICES, service
from tests.meta.addresses import of_kind

# A page puts together what these endpoints answer.
READ_BY = {
    "accounts.services.keys.read_program": "service-account-detail key-list",
    "accounts.services.keys.read_programs": "service-account-list key-list",
    "accounts.services.people.read_changes": "account-change-list",
    "accounts.services.people.read_people": "user-list invitation-list",
    "accounts.services.people.read_person": "user-detail user-held",
    "aftercare.services.care.open_session_note": "session-note-detail",
    "aftercare.services.referrals.read_notes": "progress-note-list",
    "aftercare.services.referrals.read_received": "received-referral-list",
    "aftercare.services.staff.read_staff": "provider-staff-list",
    "aftercare.services.withdrawals.read_withdrawals": "received-withdrawal-list",
    "casework.services.documents.read_document": "document-detail",
    "casework.services.emergencies.read_emergencies": "emergency-list",
    "casework.services.emergencies.reads_under": "audit-event-list",
    "casework.services.notes.read_notes": "note-list note-open",
    "casework.services.site_page.read_site": "site-detail site-closing-list same-site-list",
    "casework.services.site_page.read_sites": "site-list",
    "casework.services.transfers.read_caseload": "case-list transfer-caseload",
    "casework.services.transfers.read_transfers": "transfer-list",
    "casework.services.transfers.transfer_cases": "transfer-list",
    "desk.lists.services.export_cases": "export-list",
    "desk.lists.services.export_events": "audit-event-list",
    "desk.lists.services.export_people": "user-list",
    "desk.lists.services.export_providers": "provider-list",
    "desk.lists.services.export_to_do": "task-list",
    "desk.lists.services.read_hearings": "hearing-list",
    "desk.lists.services.read_referrals": "referral-list",
    "desk.lists.services.read_survivors": "involvement-list",
    "desk.lists.services.read_suspects": "suspect-list",
    "desk.several.services.read_chosen_cases": "case-list",
    "desk.several.services.read_chosen_referrals": "referral-list",
    "desk.several.services.read_chosen_tasks": "task-list",
    "desk.services.read_case": "case-detail case-steps case-timeline involvement-list suspect-list",
    "desk.services.read_case_list": "case-list",
    "desk.services.read_case_readers": "audit-event-list",
    "desk.services.read_ledger": "entitlement-list compensation-claim-list",
    "desk.services.read_person_readers": "audit-event-list",
    "desk.services.read_rescue": "rescue-detail rescue-history",
    "desk.services.read_setting_up": "office-list user-list jurisdiction-list agency-list",
    "desk.services.read_survivor": "involvement-detail involvement-sections consent-list",
    "desk.services.read_long_overdue": "task-list",
    "desk.services.read_to_do": "task-list",
    "desk.services.read_today": "task-list rescue-list docket",
    "desk.services.read_trail": "audit-event-list",
    "desk.services.read_ways": "case-list",
    "backups.services.read_backups": "backup-list drill-list",
    "exchange.services.exports.read_export": "export-detail",
    "exchange.services.exports.read_exports": "export-list",
    "exchange.services.webhooks.read_webhook": "webhook-detail webhook-delivery-list",
    "exchange.services.hosts.read_hosts": "webhook-host-list",
    "exchange.services.webhooks.read_webhooks": "webhook-list",
    "intake.services.offer_choices": "case-list site-list",
    "intake.phones.services.phones.read_phones": "phone-list box-list extract-list",
    "intake.extracts.services.read_extract": "involvement-list hearing-list task-list",
    "aftercare.services.providers.register_providers": "provider-list",
    "accounts.services.offices.open_offices": "office-list",
    "places.services.agencies.add_agencies": "agency-list",
    "places.services.vacations.add_vacations": "jurisdiction-close-courts",
    "places.services.jurisdictions.add_places": "jurisdiction-list",
    "places.services.choices.change_choices": "choice-list",
    "prosecutions.services.matches.read_offender_matches": "offender-match-list",
    "prosecutions.services.networks.offer_networks": "network-list",
    "prosecutions.services.networks.read_networks": "network-list network-member-list",
    "prosecutions.services.persons.compare_perpetrators": "perpetrator-detail",
    "prosecutions.services.persons.offer_known": "perpetrator-candidates",
    "prosecutions.services.persons.read_person": "perpetrator-detail alias-list suspect-list",
    "questions.services.replies.open_reply": "reply-words-detail",
    "reports.outside.services.read_address": "outside-address-detail",
    "retention.services.erasures.read_due": "erasure-list tombstone-list",
    "retention.services.erasures.read_erasure": "erasure-detail",
    "retention.services.holds.read_holds": "legal-hold-list",
    "victims.services.match_list.read_confirmations": "confirmation-list",
    "victims.services.match_list.read_matches": "match-list",
    "victims.services.matches.read_match": "match-detail",
    "victims.services.merges.read_merges": "victim-merge-list",
    "victims.services.telling.read_told": "consent-share-list",
}
# Runs inside the verb that has the endpoint, or is nobody's to ask for.
WITHIN = {
    "aftercare.services.referrals.draft_referrals": "rescue-report-list",
    "casework.services.rescues.record_rescue": "rescue-report-list",
    "intake.phones.services.boxes.log_from_box": "rescue-report-list box-put-away",
    "intake.phones.services.boxes.take_in_box": "rescue-report-list",
    "prosecutions.services.namesakes.survivor_named": "suspect-list",
    "prosecutions.services.namesakes.survivors_arrested": "rescue-report-list",
    "prosecutions.services.namesakes.survivors_called": "suspect-write-name",
    "prosecutions.services.namesakes.suspects_called": "involvement-identify",
    "prosecutions.services.suspects.record_arrests": "rescue-report-list",
    "reports.schedules.services.run_schedule": "report-schedule-list",
    "victims.services.involving.bring_in": "involvement-list",
    "victims.services.survivors.add_survivors": "rescue-report-list",
}


# What a person shows by reading their own mail, which a program cannot.
BY_ONESELF = {"accounts.services.letters.ask_letter", "accounts.services.letters.note_letter"}
# By SCIM, whose addresses and shapes are of a standard (`accounts/api/scim.py`).
BY_SCIM = {
    "accounts.services.off_boarding.off_board",
    "accounts.services.off_boarding.read_linked",
}


def named(verb):
    return f"{verb.__module__}.{verb.__qualname__}"


def verbs():
    return {named(verb) for verb in SERVICES if not verb.__module__.startswith("tests.")}


def with_endpoint():
    return {
        named(verb)
        for address in of_kind("api")
        for action in address.view.actions.values()
        if (verb := address.cls.services.get(action))
    }


def without():
    """Verbs that no program can ask for, and that nothing here explains."""
    return sorted(verbs() - with_endpoint() - READ_BY.keys() - WITHIN.keys() - BY_ONESELF - BY_SCIM)


def offered_within():
    """What a page offers by itself is no part of another verb."""
    offered = {named(a.cls.service) for a in of_kind("page") if getattr(a.cls, "service", None)}
    return sorted(offered & WITHIN.keys())


def test_every_verb_is_an_endpoint():
    assert without() == []
    assert offered_within() == []
    assert len(with_endpoint()) > 250


def test_what_is_said_of_the_others_is_true():
    """They exist, have no endpoint meanwhile, and what is named beside them exists."""
    explained = READ_BY | WITHIN
    assert explained.keys() <= verbs() - with_endpoint()
    routes = {address.name for address in of_kind("api")}
    assert {name for names in explained.values() for name in names.split()} <= routes


def test_a_verb_without_an_endpoint_is_found():
    """Planted: one more verb, which only a page calls."""

    def plant(*, actor):
        return actor

    plant.__module__, plant.__qualname__ = "desk.services", "plant"
    verb = service("casework.view_case")(plant)
    try:
        assert without() == ["desk.services.plant"]
    finally:
        SERVICES.remove(verb)
