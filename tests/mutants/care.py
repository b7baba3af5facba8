"""Faults of consent and care: told without leave, two beds in a night, paid beyond what is owed."""

from __future__ import annotations

from accounts.services import leaving
from aftercare import closing
from aftercare.models import Provider, RehabilitationScheme
from aftercare.querysets import NoteQuerySet, ReferralQuerySet
from aftercare.services import (
    certificates,
    entitlements,
    payments,
    placements,
    referrals,
    staff,
    withdrawals,
)
from casework.services import documents
from desk.case import summary
from desk.parts.of_person import OfPerson
from instruments import answers
from instruments import services as instrument_services
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace
from victims.models import Withdrawal
from victims.services import basis, consents, coverage, shares

CONSENTS = "tests/victims/test_consents.py"
CLOSING = "tests/aftercare/test_closing_plans.py"
IMPORTED = "tests/instruments/test_importing.py"
PLACES = "tests/aftercare/test_placements.py"
BEDS = "tests/aftercare/test_placement_machine.py"
ONE = "tests/aftercare/test_one_person.py"
OWED = "tests/aftercare/test_rehabilitation.py"
NEVER_MORE = "tests/aftercare/test_entitlement_machine.py"
RECEIVED = "tests/meta/test_received.py"


@fault(f"{CONSENTS}::test_a_withdrawn_consent_never_shares")
def a_withdrawn_consent_carries():
    """Somebody is told on a consent that is withdrawn."""
    replace(basis, "_holds", lambda row, today, until: row.given_on <= today)


@fault(f"{CONSENTS}::test_a_withdrawal_reaches_everyone_who_was_told")
def a_withdrawal_nobody_hears_of():
    """Who was told never learns that the consent is withdrawn."""
    replace(consents, "tell_recipients", lambda consent: 0)


@fault("tests/victims/test_photos.py")
def photos_are_handed_to_anybody():
    """A photo of a survivor is handed over without asking."""
    replace(documents, "given_out", [])


@fault(f"{CONSENTS}::test_a_referral_that_waits_is_taken_back_with_the_consent")
def a_referral_outlives_its_consent():
    """A referral that waits for an answer stands although the consent is withdrawn."""
    others = [verb for verb in consents.taken_back if verb != withdrawals.take_back]
    replace(consents, "taken_back", others)


@fault(RECEIVED)
def a_provider_reads_on():
    """The provider still finds a referral of which the consent is withdrawn."""
    replace(ReferralQuerySet, "_withdrawn", lambda self: Withdrawal.objects.none())


@fault(RECEIVED)
def the_wall_lets_a_provider_read_on():
    """Row security shows the provider what ended with the consent; only the queryset hides it."""
    return (
        "alter policy received on aftercare_referral using (status <> 'draft' and provider_id in"
        " (select s.provider_id from aftercare_providerstaff s where s.ended_at is null and"
        " s.user_id = nullif(current_setting('app.user_id', true), '')::uuid))"
    )


@fault(RECEIVED)
def notes_outlive_the_referral():
    """The notes under a referral that ended with its consent are read on."""
    replace(NoteQuerySet, "received_by", lambda self, user: self.exclude(referral__status="draft"))


@fault("tests/aftercare/test_plans.py::test_without_an_agreement_in_force_nothing_is_sent")
def sent_without_an_agreement():
    """A referral goes to a provider with whom no agreement is in force."""
    replace(referrals, "_require_sharing", lambda provider, day: None)


@fault("tests/victims/test_coverage.py::test_what_tells_of_people_needs_their_consent")
def testimony_without_consent():
    """A disclosure on consent shows what survivors told a court, and asks none of them."""
    replace(coverage, "ABOUT_PEOPLE", coverage.ABOUT_PEOPLE - {"court"})


@fault("tests/aftercare/test_carried.py")
def accepted_on_a_consent_that_is_over():
    """A provider takes somebody in whose consent has run out or is withdrawn."""
    replace(referrals, "_require_carried", lambda referral: None)


@fault(RECEIVED)
def the_wall_keeps_what_is_over_open():
    """Row security shows a provider completed and declined referrals of who does not agree."""
    return (
        "alter policy received on aftercare_referral using (status <> 'draft' and provider_id in"
        " (select s.provider_id from aftercare_providerstaff s where s.ended_at is null and"
        " s.user_id = nullif(current_setting('app.user_id', true), '')::uuid) and not (status ="
        " 'withdrawn' and exists (select 1 from victims_withdrawal w where w.recipient_id ="
        " aftercare_referral.provider_id and w.involvement_id = aftercare_referral.involvement_id"
        " and w.created_at > aftercare_referral.sent_at)))"
    )


@fault(
    "tests/victims/test_told.py::test_police_court_and_embassy_hear_of_a_withdrawal_like_everyone"
)
def told_late_and_never_called_back():
    """Who was told before a withdrawal, and written down after it, never hears of it."""
    replace(shares, "tell_recipients", lambda consent: 0)


@fault(
    "tests/desk/test_closing.py::test_a_sheet_for_outside_leaves_out_who_has_not_agreed_and_says_how_many"
)
def a_sheet_for_anyone():
    """A sheet that is given out shows survivors who have not agreed to it."""
    replace(summary, "who_agreed", lambda people, purpose, recipient: (people, 0))


STAFF = "tests/aftercare/test_staff.py"


@fault(f"{STAFF}::test_the_end_takes_sessions_keys_and_sight")
def a_partner_who_left_keeps_the_way_in():
    """Who answers for a provider no more stays signed in, and so do the programs."""
    replace(staff.keys, "revoke_all", lambda user: 0)
    replace(staff.sessions, "end_all", lambda user, **_: 0)


@fault(f"{STAFF}::test_who_loses_the_role_answers_for_nobody_also_when_it_comes_back")
def a_role_that_comes_back_with_its_provider():
    """A partner's role is ended and given again: the old house is open again by itself."""
    others = [verb for verb in leaving.left if verb != staff.leave_providers]
    replace(leaving, "left", others)


@fault(f"{ONE}::test_merged_nobody_applies_a_second_time", NEVER_MORE)
def freed_and_owed_twice():
    """One person, in two records, has two certificates and two titles."""
    return (
        "drop index aftercare_certificate_one_a_person;"
        " drop index aftercare_entitlement_one_a_person"
    )


@fault(f"{PLACES}::test_who_is_full_is_known_over_cases_one_may_not_see", BEDS)
def a_bed_that_is_not_there():
    """A full house takes one more."""
    replace(placements, "full_nights", lambda placement, sex: [])


@fault(PLACES)
def anybody_overrides():
    """A worker places somebody against the rules of a provider."""
    replace(placements, "_require_override", lambda broken, override, actor: None)


@fault(f"{PLACES}::test_brothers_and_sisters_stay_together_or_a_reason_is_kept")
def siblings_apart_without_a_word():
    """Brothers and sisters sleep apart, and nobody is asked why."""
    replace(placements, "is_apart", lambda placement, reader: False)


@fault(f"{PLACES}::test_the_database_refuses_it_by_itself", BEDS)
def two_beds_in_one_night():
    """The database lets somebody sleep in two places in one night."""
    return "alter table aftercare_placement drop constraint aftercare_placement_one_a_night"


@fault(ONE)
def a_second_bed_by_a_merge():
    """Two records become one person who sleeps in two places."""
    return "drop trigger aftercare_placement_follow_merge on victims_victim"


@fault(f"{ONE}::test_the_page_shows_danger_cases_and_siblings_of_the_whole_person")
def danger_of_the_other_record():
    """That a person is in danger shows only with the record in which it was written."""
    replace(OfPerson, "records", property(lambda reader: [reader.person.victim]))


@fault(f"{OWED}::test_no_part_is_paid_beyond_itself")
def more_paid_than_owed():
    """A payment of a scheme is checked against nothing, and only the database refuses it."""
    replace(payments, "check_paid", lambda *rows: None)


@fault(NEVER_MORE)
def more_paid_than_owed_by_anybody():
    """A payment of a scheme is checked against nothing, and the database takes it."""
    replace(payments, "check_paid", lambda *rows: None)
    return "drop trigger aftercare_payment_within on aftercare_rehabilitationpayment"


@fault(f"{OWED}::test_a_certificate_something_is_owed_by_stays_issued_under_its_version")
def a_certificate_taken_away():
    """The certificate is refused afterwards although something is owed by it."""
    replace(certificates, "_check_owed", lambda certificate, issued, day: None)


@fault(f"{OWED}::test_before_2016_everyone_is_owed_the_same")
def the_newest_scheme_pays():
    """The newest version of a scheme pays, whatever the day of the certificate."""
    versions = RehabilitationScheme.objects
    replace(
        entitlements, "scheme_on", lambda place, day: versions.order_by("-in_force_from").first()
    )


@fault("tests/instruments/test_instruments.py")
def a_domain_of_one_answer():
    """One answer is enough for a domain."""

    def first(items, given):
        return next((float(given[i["code"]]) for i in items if given.get(i["code"])), None)

    replace(answers, "domain_score", first)


@fault(f"{CLOSING}::test_goals_met_needs_a_person_who_is_restored_by_the_last_assessment")
def goals_met_by_word_alone():
    """A plan is closed as met although the last assessment says otherwise."""
    replace(closing, "_require_restored", lambda plan, day: None)


@fault(f"{CLOSING}::test_contact_is_lost_after_three_attempts_on_different_days")
def contact_given_up_at_once():
    """Contact counts as lost without any attempt."""
    replace(closing, "_require_attempts", lambda plan, least, day, tried: None)


@fault("tests/aftercare/test_beds.py::test_nobody_is_placed_where_a_bed_was_taken_away")
def beds_that_never_change():
    """Every night is counted by the beds of today."""
    replace(Provider, "bed_changes", lambda self, since, until: [])
    replace(
        Provider,
        "places_on",
        lambda self, night: {kind: number or 0 for kind, number in self.beds.items()},
    )


@fault(f"{IMPORTED}::test_the_interface_shows_it_and_adds_what_was_shown")
def another_instrument_than_was_shown():
    """What is added need not be what was looked at."""
    replace(
        instrument_services.import_instrument,
        "run",
        lambda *, instrument, digest, actor: instrument_services.added(instrument, actor=actor),
    )
