"""Records of police and courts put right: the rules hold, too late is said, the reason is kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEvent
from core.services import Refused, Stale
from prosecutions.corrections.services.records import enter_in_error
from prosecutions.models import Charge, Provision, Sentence
from prosecutions.services.courts import file_appeal, open_prosecution, record_judgment
from tests import factories
from tests.case_pages import whole
from tests.factories.people import place

pytestmark = pytest.mark.django_db
MAY, JUNE, SEPT = (date(2026, month, 2) for month in (5, 6, 9))
FUTURE = date(2999, 1, 1)


@pytest.fixture
def decided(case):
    """A conviction of 1 September with a sentence."""
    return factories.sentence(case)


def charge_of(sentence):
    return Charge.objects.get(suspect=sentence.suspect)


def good(case):
    """By noun a row and what may be put right of it."""
    sentence = factories.sentence(case)
    appeal = factories.appeal(judgment=sentence.judgment)
    return [
        (factories.suspect(case), {"role": "recruiter"}),
        (factories.complaint(case), {"number": "17/2026", "filed_on": date(2026, 3, 13)}),
        (factories.prosecution(case), {"docket": "SC 7/2026", "filed_on": date(2026, 4, 2)}),
        (factories.charge(case), {"offence_on": date(2026, 3, 9)}),
        (factories.judgment(case), {"decided_on": date(2026, 9, 3)}),
        (appeal, {"appellant": "prosecution", "suspect": sentence.suspect}),
        (sentence, {"months": 96, "fine": 500, "currency": "INR"}),
    ]


def test_every_noun_is_put_right_with_its_reason(case, correct, lawyer):
    for row, changes in good(case):
        before = row.version
        corrected = correct(row, **changes)
        assert {name: getattr(corrected, name) for name in changes} == changes
        assert corrected.version == before + 1
        events = AuditEvent.objects.filter(kind="intention", action="court.corrected")
        event = events.get(target_id=str(row.pk))
        assert (event.actor_id, event.detail["reason"]) == (lawyer.pk, "typing")
        assert corrected.events.filter(pgh_label="changed").exists(), "the former values are kept"


def test_the_version_is_checked_and_nothing_is_no_correction(case, correct):
    row = factories.complaint(case)
    with pytest.raises(Stale):
        correct(row, number="17/2026", version=9)
    with pytest.raises(Refused, match="You have not changed anything"):
        correct(row, number=row.number)


def test_who_may_not_is_refused(case, correct, office):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(case, worker)
    for actor in (worker, factories.user("legal_officer", office)):
        with pytest.raises(PermissionDenied):
            correct(factories.complaint(case), number="17/2026", actor=actor)


def law(statute, number):
    return Provision.objects.get(statute=statute, number=number)


def bad_days(sentence, other):
    charge = charge_of(sentence)
    of = sentence.judgment
    return [
        (charge.prosecution, {"filed_on": SEPT}, "recorded for an earlier day"),
        (charge.prosecution, {"filed_on": FUTURE}, "future"),
        (charge, {"filed_on": date(2026, 3, 1)}, "before the offence"),
        (charge, {"filed_on": date(2026, 3, 11)}, "before its prosecution"),
        (
            charge,
            {"filed_on": date(2026, 9, 2)},
            "Something earlier is already recorded about this charge",
        ),
        (charge, {"offence_on": date(1950, 1, 1)}, "not in force"),
        (charge, {"provision": law("RA9208", "s.4")}, "not a law of"),
        (charge, {"suspect": other}, "It is decided"),
        (of, {"decided_on": date(2026, 3, 20)}, "for a later day"),
        (of, {"decided_on": date(2026, 9, 21)}, "followed from it"),
        (sentence, {"life": True}, "A life sentence cannot also have a number of months"),
        (sentence, {"fine": 5}, "currency"),
    ]


def test_the_rules_hold_after_a_correction(case, correct, decided):
    factories.appeal(judgment=decided.judgment, filed_on=date(2026, 9, 20))
    for row, changes, words in bad_days(decided, factories.suspect(case)):
        with pytest.raises(Refused, match=words):
            correct(row, **changes)


def test_what_a_court_decided_stays_with_whom_it_convicted(case, correct, lawyer):
    """Sent back for a new trial the charge is open, but the conviction was this person's."""
    given = factories.sentence(case)
    charge, appeal = charge_of(given), factories.appeal(judgment=given.judgment)
    facts = {"decided_on": date(2026, 10, 1), "attribution": "own", "actor": lawyer}
    record_judgment(charge.prosecution, appeal=appeal, decisions=[(charge, "remanded")], **facts)
    other = factories.suspect(case)
    with pytest.raises(Refused, match="It is decided"):
        correct(charge, suspect=other)
    charge.decisions.update(lifted_for="error")
    assert correct(charge, suspect=other).suspect == other


def test_a_judgment_in_error_has_no_day(case, correct):
    charge = factories.charge(case)
    ended = factories.decision(charge=charge, decided_on=MAY)
    with pytest.raises(Refused, match="Something earlier is already recorded about this charge"):
        correct(charge, filed_on=JUNE)
    type(ended).objects.update(lifted_on=MAY, lifted_for="error")
    assert correct(charge, filed_on=JUNE).filed_on == JUNE


def test_money_paid_and_appeals_decided_bind(case, correct, decided):
    Sentence.objects.update(compensation=9000, currency="INR")
    factories.compensation_payment(sentence=decided, amount=5000)
    for changes, words in (
        ({"compensation": 4000}, "More than that was already paid"),
        ({"compensation": None}, "Enter the sentence|already paid"),
        ({"currency": "USD"}, "former currency"),
    ):
        with pytest.raises(Refused, match=words):
            correct(decided, **changes)
    correct(decided, compensation=6000)
    appeal = factories.appeal(judgment=decided.judgment)
    factories.judgment(
        prosecution=decided.judgment.prosecution,
        instance="appeal",
        appeal=appeal,
        decided_on=date(2026, 10, 1),
    )
    for changes, words in (
        ({"suspect": decided.suspect}, "already decided"),
        ({"filed_on": date(2026, 10, 2)}, "It ended on an earlier day"),
    ):
        with pytest.raises(Refused, match=words):
            correct(appeal, **changes)


def test_a_charge_is_not_corrected_into_a_twin(case, correct):
    one = factories.charge(case)
    other = factories.charge(prosecution=one.prosecution)
    with pytest.raises(Refused, match="already filed"):
        correct(other, suspect=one.suspect)


def test_the_day_of_the_filing_takes_its_stage_along(case, correct, lawyer):
    facts = {"jurisdiction": place("IN-WB"), "filed_on": MAY, "actor": lawyer}
    court = open_prosecution(case, **facts)
    correct(court, filed_on=JUNE)
    assert court.stages.get().reached_on == JUNE


def test_the_day_of_a_judgment_takes_along_what_it_did(case, correct, lawyer):
    charge = factories.charge(case)
    facts = {"attribution": "own", "decisions": [(charge, "convicted_trial")], "actor": lawyer}
    first = record_judgment(charge.prosecution, decided_on=MAY, **facts)
    appeal = file_appeal(first, filed_on=MAY, appellant="accused", actor=lawyer)
    facts["decisions"] = [(charge, "remanded")]
    back = record_judgment(charge.prosecution, decided_on=JUNE, appeal=appeal, **facts)
    correct(back, decided_on=SEPT)
    assert set(charge.decisions.values_list("lifted_on", flat=True)) == {SEPT}
    with pytest.raises(Refused, match="recorded for a later day"):
        correct(back, decided_on=date(2026, 5, 1))


@pytest.fixture
def error(lawyer):
    def error(judgment, *charges, **facts):
        judgment.refresh_from_db()
        facts = {"version": judgment.version, "reason": "person", "actor": lawyer} | facts
        return enter_in_error(judgment, charges=charges, **facts)

    return error


def test_a_judgment_on_the_wrong_defendant_is_entered_in_error(decided, error, lawyer, recorded):
    charge, wrong = charge_of(decided), decided.judgment
    error(wrong, charge)
    assert recorded("judgment.error") == [(lawyer.pk, str(wrong.pk))]
    end = charge.decisions.get()
    assert (end.lifted_on, end.lifted_for) == (wrong.decided_on, "error")
    assert Charge.objects.undecided().get() == charge
    assert Charge.objects.undecided_on(wrong.decided_on).exists(), "it never stood"
    assert not Sentence.objects.in_force().exists()
    with pytest.raises(Refused, match="Choose charges"):
        error(wrong, charge)
    facts = {"decided_on": SEPT, "attribution": "own", "actor": lawyer}
    record_judgment(charge.prosecution, decisions=[(charge, "acquitted")], **facts)


def test_what_rests_on_it_is_settled_first(decided, error, lawyer):
    charge, of = charge_of(decided), decided.judgment
    appeal = factories.appeal(judgment=of)
    with pytest.raises(Refused, match="Withdraw the appeal first"):
        error(of, charge)
    appeal.delete()
    Sentence.objects.update(compensation=9000, currency="INR")
    payment = factories.compensation_payment(sentence=decided, amount=5000)
    with pytest.raises(Refused, match="was paid"):
        error(of, charge)
    payment.delete()
    with pytest.raises(Refused, match="Choose charges"):
        error(of)
    error(of, charge)


def test_an_order_of_a_new_trial_in_error_restores_what_it_set_aside(case, error, lawyer):
    charge = factories.charge(case)
    facts = {"attribution": "own", "decisions": [(charge, "convicted_trial")], "actor": lawyer}
    first = record_judgment(charge.prosecution, decided_on=MAY, **facts)
    appeal = file_appeal(first, filed_on=MAY, appellant="accused", actor=lawyer)
    facts["decisions"] = [(charge, "remanded")]
    back = record_judgment(charge.prosecution, decided_on=JUNE, appeal=appeal, **facts)
    error(back, charge)
    assert charge.decisions.standing().get().judgment == first
    facts["decisions"] = [(charge, "acquitted")]
    record_judgment(charge.prosecution, decided_on=JUNE, appeal=appeal, **facts)


PAGES = {
    "suspects": {"role": "recruiter", "identified_on": "2026-03-02"},
    "complaints": {"number": "17/2026", "filed_on": "2026-03-13", "jurisdiction": "IN-WB"},
    "prosecutions": {"docket": "SC 7/2026", "filed_on": "2026-04-01", "jurisdiction": "IN-WB"},
    "judgments": {"decided_on": "2026-09-03"},
    "sentences": {"months": "96"},
    "appeals": {"filed_on": "2026-09-04", "appellant": "prosecution"},
    "charges": {"offence_on": "2026-03-09", "filed_on": "2026-04-01"},
}


def test_every_page_corrects_and_shows_what_others_changed(page, case, said):
    rows = {f"{type(row)._meta.model_name}s": row for row, _changes in good(case)}
    offered = whole(page, case.pk)
    for noun, values in PAGES.items():
        row = rows[noun]
        row.refresh_from_db()
        address = f"/{noun}/{row.pk}/correct/"
        assert f'href="{address}"' in offered, noun
        assert page.get(address).status_code == 200, noun
        body = values | {"reason": "paper", "version": row.version}
        if noun == "charges":
            body |= {"suspect": row.suspect_id, "provision": row.provision_id}
        stale = page.post(f"{address}", body | {"version": row.version + 5})
        assert stale.status_code == 409, noun
        assert page.post(address, body | {"reason": ""}).status_code == 400, noun
        assert page.post(address, body).status_code == 302, noun
        row.refresh_from_db()
        assert row.version == body["version"] + 1


def test_programs_correct_by_version_and_with_a_reason(api, case, lawyer):
    caller = api(lawyer)
    for row, changes in good(case):
        row.refresh_from_db()
        noun = f"{type(row)._meta.model_name}s/{row.pk}/"
        body = {name: str(getattr(value, "pk", value)) for name, value in changes.items()}
        body |= {name: value for name, value in changes.items() if isinstance(value, int)}
        sent = body | {"reason": "court"}
        assert caller.patch(noun, body, If_Match=f'"{row.version}"').status_code == 400, noun
        assert caller.patch(noun, sent, If_Match='"99"').status_code == 412, noun
        assert caller.patch(noun, sent).status_code == 428, noun
        answer = caller.patch(noun, sent, If_Match=f'"{row.version}"')
        assert (answer.status_code, answer.json()["version"]) == (200, row.version + 1), noun
    assert caller.patch(noun, sent, If_Match=f'"{row.version + 1}"').status_code == 409


def test_programs_enter_a_judgment_in_error(api, decided, lawyer):
    address = f"judgments/{decided.judgment_id}/enter-in-error/"
    body = {"charges": [str(charge_of(decided).pk)], "reason": "person"}
    answer = api(lawyer).post(address, body, If_Match='"1"')
    assert answer.status_code == 200
    assert answer.json()["decisions"][0]["lifted_for"] == "error"


def test_the_page_enters_a_judgment_in_error(page, decided, said):
    address = f"/judgments/{decided.judgment_id}/error/"
    assert address in page.get(f"/cases/{decided.case_id}/court/").content.decode()
    body = {"charges": [charge_of(decided).pk], "reason": "person", "version": 1}
    assert page.post(address, body).status_code == 302
    assert "Entered in error, 1 Sep 2026" in said(page.get(f"/cases/{decided.case_id}/court/"))
