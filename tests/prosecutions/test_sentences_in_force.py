"""A sentence is in force while a conviction it rests on holds: everywhere it is shown or asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.services import Refused
from desk.rules import justice
from desk.survivor.ledger_court import ordered
from prosecutions.checks.warnings import checks_of
from prosecutions.models import ChargeDecision, Sentence
from prosecutions.services.compensation import record_compensation_payment
from prosecutions.services.courts import record_sentence
from tests import factories

pytestmark = pytest.mark.django_db
CONVICTED, BEFORE, REVERSED, AFTER = (date(2026, 9, day) for day in (1, 19, 20, 21))


@pytest.fixture
def sentence(case):
    """Of 1 September: 84 months, INR 9,000 of compensation."""
    row = factories.sentence(case)
    row.compensation, row.currency = Decimal(9000), "INR"
    row.save()
    return row


def on_appeal(charge, disposition, day=REVERSED, against=None):
    """What a court of appeal decided of a charge; the judgment."""
    against = against or charge.decisions.earliest("created_at").judgment
    made = factories.judgment(
        prosecution=charge.prosecution,
        instance="appeal",
        appeal=factories.appeal(judgment=against),
        decided_on=day,
    )
    factories.decision(charge=charge, judgment=made, disposition=disposition)
    return made


def charge_of(sentence):
    return sentence.judgment.decisions.earliest("created_at").charge


def upheld(sentence):
    on_appeal(charge_of(sentence), "convicted_trial")


def reversed_(sentence):
    on_appeal(charge_of(sentence), "acquitted")


def one_of_two_reversed(sentence):
    of = {"prosecution": sentence.judgment.prosecution, "suspect": sentence.suspect}
    of["offence_on"] = date(2026, 3, 9)
    factories.decision(charge=factories.charge(**of), judgment=sentence.judgment)
    reversed_(sentence)


def restored(sentence):
    charge = charge_of(sentence)
    on_appeal(charge, "convicted_trial", AFTER, on_appeal(charge, "acquitted"))


def of_another_reversed(sentence):
    other = factories.charge(prosecution=sentence.judgment.prosecution)
    factories.decision(charge=other, judgment=sentence.judgment)
    on_appeal(other, "acquitted")


def sent_back(sentence):
    ChargeDecision.objects.update(lifted_on=REVERSED, lifted_for="retrial")


def in_error(sentence):
    ChargeDecision.objects.update(lifted_on=CONVICTED, lifted_for="error")


# what came -> in force today, and on the days CONVICTED, BEFORE, REVERSED
IN_FORCE = {
    lambda sentence: None: (True, [True, True, True]),
    upheld: (True, [True, True, True]),
    one_of_two_reversed: (True, [True, True, True]),
    restored: (True, [True, True, False]),
    of_another_reversed: (True, [True, True, True]),
    reversed_: (False, [True, True, False]),
    sent_back: (False, [True, True, False]),
    in_error: (False, [False, False, False]),
}


@pytest.mark.parametrize(("came", "today", "days"), [(c, *e) for c, e in IN_FORCE.items()])
def test_it_is_in_force_while_its_conviction_holds(sentence, came, today, days):
    came(sentence)
    rows = Sentence.objects
    assert rows.in_force().exists() is today
    assert rows.with_in_force().get().in_force is today
    on = [rows.in_force(day).exists() for day in (CONVICTED, BEFORE, REVERSED)]
    assert on == days


def test_measures_of_first_instance_leave_appeals_aside(sentence):
    reversed_(sentence)
    assert Sentence.objects.given_by(AFTER).exists()
    ChargeDecision.objects.first_instance().update(lifted_on=REVERSED, lifted_for="retrial")
    assert Sentence.objects.given_by(BEFORE).exists()
    assert not Sentence.objects.given_by(REVERSED).exists()


def test_of_a_conviction_reversed_nothing_is_asked(sentence):
    assert justice.unpaid(AFTER).get() == sentence
    reversed_(sentence)
    assert not justice.unpaid(AFTER).exists()
    assert not justice.unsentenced(AFTER).exists()


def test_a_new_conviction_asks_for_a_sentence_of_its_own(case, sentence, lawyer, page, said):
    """The former sentence fills no gap any more."""
    sent_back(sentence)
    again = factories.decision(charge=charge_of(sentence), decided_on=AFTER)
    factories.suspect(case)
    assert justice.unsentenced(AFTER).get() == again
    assert ChargeDecision.objects.without_sentence().get() == again
    missing = [one for one in checks_of(case, lawyer) if one.code == "conviction_without_sentence"]
    assert [one.row for one in missing] == [again.judgment]
    assert "Sentence Not recorded" in said(page.get(f"/cases/{case.pk}/court/"))


def test_the_case_page_says_that_it_is_lifted(case, sentence, page, said):
    before = said(page.get(f"/cases/{case.pk}/court/"))
    assert "Sentence 7 years of imprisonment A-" in before
    assert "INR 9,000.00 ordered, 0.00 paid, 9,000.00 open" in before
    reversed_(sentence)
    after = said(page.get(f"/cases/{case.pk}/court/"))
    assert "7 years of imprisonment: lifted" in after
    assert "INR 9,000.00 ordered, 0.00 paid; the sentence is lifted" in after
    assert f"/sentences/{sentence.pk}/payments/new/" not in after


def test_the_timeline_says_that_it_is_lifted(case, sentence, page, said):
    address = f"/cases/{case.pk}/timeline/"
    assert "Sentence: 7 years of imprisonment" in said(page.get(address))
    reversed_(sentence)
    assert "Sentence, lifted since: 7 years of imprisonment" in said(page.get(address))


def test_the_ledger_says_that_it_is_lifted(case, sentence, lawyer, page, said):
    person = factories.involvement(case)
    (row,) = ordered(person, lawyer)
    assert (row["lifted"], row["settled"]) == (False, False)
    reversed_(sentence)
    (row,) = ordered(person, lawyer)
    assert row["lifted"]
    assert row["words"] == "INR 9,000.00 ordered, 0.00 paid; the sentence is lifted"
    shown = said(page.get(f"/survivors/{person.pk}/ledger/"))
    assert "Ordered by a court Lifted" in shown


def test_programs_read_that_it_is_lifted(api, sentence, lawyer):
    address = f"sentences/{sentence.pk}/"
    factories.compensation_payment(sentence=sentence, amount=5000)
    row = api(lawyer).get(address).json()
    assert (row["in_force"], row["paid"], row["left"]) == (True, "5000.00", "4000.00")
    reversed_(sentence)
    row = api(lawyer).get(address).json()
    assert (row["in_force"], row["paid"], row["left"]) == (False, "5000.00", "0.00")


def test_a_sentence_recorded_after_the_reversal_is_born_lifted(api, case, lawyer):
    end = factories.decision(case)
    on_appeal(end.charge, "acquitted")
    body = {"judgment": str(end.judgment_id), "suspect": str(end.charge.suspect_id), "months": 12}
    assert api(lawyer).post("sentences/", body).json()["in_force"] is False


@pytest.mark.parametrize("end", ["acquitted", "abated", "archived"])
def test_who_was_not_convicted_is_not_sentenced(case, lawyer, end):
    end = factories.decision(case, disposition=end)
    with pytest.raises(Refused, match="did not convict this person"):
        record_sentence(end.judgment, suspect=end.charge.suspect, months=12, actor=lawyer)


def test_nothing_is_paid_of_a_sentence_that_was_lifted(api, sentence, lawyer):
    reversed_(sentence)
    body = {"sentence": str(sentence.pk), "amount": "10", "paid_on": str(AFTER)}
    answer = api(lawyer).post("compensation-payments/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["paid_on"])
    facts = {"amount": Decimal(10), "actor": lawyer}
    with pytest.raises(Refused, match="lifted by then"):
        record_compensation_payment(sentence, paid_on=REVERSED, **facts)
    record_compensation_payment(sentence, paid_on=BEFORE, **facts)
