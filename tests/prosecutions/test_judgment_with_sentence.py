"""A judgment and its sentences in one form, and in one call of a program: all of it or nothing."""

from __future__ import annotations

import pytest

from core.models import AuditEvent
from prosecutions.models import Judgment, Sentence
from tests import factories

pytestmark = pytest.mark.django_db
DAY = {"decided_on": "2026-09-01", "attribution": "supported"}


@pytest.fixture
def charges(case):
    """One charge each of two accused."""
    first = factories.charge(case)
    return [first, factories.charge(prosecution=first.prosecution)]


@pytest.fixture
def address(charges):
    return f"/prosecutions/{charges[0].prosecution_id}/judgments/new/"


def of(charge, **said):
    """Boxes of a charge and of the sentence of its accused."""
    end = {f"charge-{charge.pk}": said.pop("end")} if "end" in said else {}
    years = {"years": f"months-{charge.suspect_id}_years"}
    boxes = {years.get(name, f"{name}-{charge.suspect_id}"): said[name] for name in said}
    return end | boxes


def deeds():
    names = ("judgment.recorded", "sentence.recorded")
    done = AuditEvent.objects.filter(action__in=names).order_by("id")
    return list(done.values_list("action", flat=True))


def test_two_accused_are_judged_and_sentenced_by_one_press(page, charges, address, said):
    first, second = charges
    typed = of(first, end="convicted_trial", years="7", months="6", fine="5000")
    typed |= of(second, end="convicted_plea", life="on", compensation="20000")
    done = page.post(address, DAY | typed | {"currency": "inr"})
    assert done.status_code == 302
    rows = {row.suspect_id: row for row in Sentence.objects.all()}
    one, other = rows[first.suspect_id], rows[second.suspect_id]
    assert (one.months, one.life, one.fine, one.currency) == (90, False, 5000, "INR")
    assert (other.months, other.life, other.compensation) == (None, True, 20000)
    assert one.judgment == other.judgment == Judgment.objects.get()
    assert sorted(deeds()) == ["judgment.recorded", *["sentence.recorded"] * 2]
    words = said(page.get(done["Location"]))
    assert "7 years, 6 months of imprisonment, fine INR 5,000.00" in words
    assert "Recorded a judgment." in words


def test_one_answer_for_all_convicts_and_a_sentence_may_wait(page, charges, address, said):
    first, second = charges
    typed = DAY | {"rest": "convicted_trial"} | of(first, years="3")
    done = page.post(address, typed)
    assert done.status_code == 302
    assert list(Sentence.objects.values_list("suspect", "months")) == [(first.suspect_id, 36)]
    assert f"Not recorded {second.suspect.code}" in said(page.get(done["Location"]))


FAULTS = {
    "life and years": ({"years": "7", "life": "on"}, "months", "A life sentence cannot"),
    "no figure": ({"years": "seven"}, "months", "whole number"),
    "longer than a life": ({"years": "99", "months": "13"}, "months", "longer than 100"),
    "only suspended": ({"suspended": "on"}, "months", "Enter the sentence."),
    "below zero": ({"fine": "-1"}, "fine", "greater than or equal to 0"),
}


@pytest.mark.parametrize(("typed", "box", "words"), FAULTS.values(), ids=FAULTS)
def test_each_fault_stands_at_its_box_and_nothing_is_saved(
    page, charges, address, typed, box, words
):
    first, second = charges
    good = of(first, end="convicted_trial", years="7")
    answer = page.post(address, DAY | good | of(second, end="convicted_trial", **typed))
    assert answer.status_code == 400
    errors = answer.context["form"].errors
    assert list(errors) == [f"{box}-{second.suspect_id}"]
    assert words in str(errors)
    assert not Judgment.objects.exists()
    assert deeds() == []
    shown = answer.content.decode()
    assert f'name="months-{first.suspect_id}_years" value="7"' in shown.replace("\n", " ")


def test_money_needs_its_currency_and_the_one_of_the_court_is_there(page, charges, address):
    first, _second = charges
    assert page.get(address).context["form"]["currency"].value() == "INR"
    typed = of(first, end="convicted_trial", fine="5000") | {"currency": ""}
    errors = page.post(address, DAY | typed).context["form"].errors
    assert list(errors) == ["currency"]


def test_whoever_is_not_convicted_gets_no_sentence(page, charges, address):
    first, second = charges
    typed = of(first, end="convicted_trial") | of(second, end="acquitted", years="7")
    answer = page.post(address, DAY | typed)
    assert answer.status_code == 400
    at = answer.context["form"].errors[f"months-{second.suspect_id}"]
    assert at == ["This judgment did not convict this person."]
    assert not Judgment.objects.exists()


def test_the_day_of_the_hearing_for_the_judgment_stands_there(page, charges, address):
    court = charges[0].prosecution
    factories.hearing(prosecution=court, listed_on="2026-09-01", purpose="judgment")
    assert str(page.get(address).context["form"]["decided_on"].value()) == "2026-09-01"
    factories.hearing(prosecution=court, listed_on="2026-09-03", purpose="arguments")
    assert page.get(address).context["form"]["decided_on"].value() is None


def test_who_may_not_record_sentences_is_not_asked_for_them(
    page, charges, address, lawyer, monkeypatch
):
    may = type(lawyer).has_perm
    monkeypatch.setattr(
        type(lawyer),
        "has_perm",
        lambda self, name, *more: name != "prosecutions.record_sentence" and may(self, name, *more),
    )
    assert f"months-{charges[0].suspect_id}" not in page.get(address).content.decode()
    assert "Sentences of those convicted" not in page.get(address).content.decode()


def test_the_only_convict_is_chosen_and_years_are_asked(page, case):
    end = factories.decision(case)
    address = f"/judgments/{end.judgment_id}/sentences/new/"
    assert page.get(address).context["form"]["suspect"].value() == end.charge.suspect_id
    typed = {"suspect": str(end.charge.suspect_id), "months_years": "2", "months": "3"}
    assert page.post(address, typed).status_code == 302
    (given,) = Sentence.objects.all()
    assert given.months == 27
    shown = page.get(f"/sentences/{given.pk}/correct/").content.decode().replace("\n", " ")
    assert 'name="months_years" value="2"' in shown
    assert 'name="months" value="3"' in shown


def test_a_program_sends_both_in_one_call(api, lawyer, charges):
    first, second = charges
    ends = [{"charge": str(row.pk), "disposition": "convicted_trial"} for row in charges]
    body = {"prosecution": str(first.prosecution_id), "decisions": ends} | DAY
    ours = {"suspect": str(first.suspect_id), "months": 84}
    theirs = {"suspect": str(second.suspect_id), "fine": "500.00", "currency": "INR"}
    caller = api(lawyer)
    twice = caller.post("judgments/", body | {"sentences": [ours, ours]})
    assert (twice.status_code, Judgment.objects.count(), Sentence.objects.count()) == (400, 0, 0)
    assert list(twice.json()["errors"]) == ["sentences[1].suspect"]
    bare = caller.post("judgments/", body | {"sentences": [ours, {**theirs, "fine": None}]})
    assert list(bare.json()["errors"]) == ["sentences[1].fine"]
    stranger = caller.post(
        "judgments/", body | {"sentences": [ours | {"suspect": str(factories.suspect().pk)}]}
    )
    assert list(stranger.json()["errors"]) == ["sentences[0].suspect"]
    assert caller.post("judgments/", body | {"sentences": [ours, theirs]}).status_code == 201
    given = Sentence.objects.order_by("created_at").values_list("months", "fine")
    assert list(given) == [(84, None), (None, 500)]
