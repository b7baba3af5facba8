"""Compensation by survivor: who paid it, to whom, and when it reached her."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from prosecutions.models import CompensationPayment
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
DAY = "2026-10-01"


@pytest.fixture
def person(case):
    return factories.involvement(case, code="S-77")


@pytest.fixture
def ordered(case, person):
    """INR 100,000 in all, 60,000 of it for one survivor by name."""
    row = factories.sentence(case)
    row.compensation, row.currency = Decimal(100_000), "INR"
    row.save()
    justice.compensation_share(sentence=row, involvement=person, amount=60_000)
    return row


def test_paid_is_not_received_until_it_is_said(page, ordered, person, said):
    address = f"/sentences/{ordered.pk}/payments/new/"
    body = {"amount": "40000", "paid_on": DAY, "payer": "court", "involvement": str(person.pk)}
    assert page.post(address, body | {"key": "k"}).status_code == 302
    payment = CompensationPayment.objects.get()
    court = f"/cases/{ordered.case_id}/court/"
    assert "S-77 The court, from money paid in Not yet with the survivor" in said(page.get(court))
    ledger = f"/survivors/{person.pk}/ledger/"
    assert "INR 40,000.00 paid, 0.00 of it received" in said(page.get(ledger))
    change = f"/payments/{payment.pk}/correct/"
    right = body | {"received_on": "2026-10-20", "version": "1"}
    assert page.post(change, right).status_code == 302
    assert "Reached the survivor 20 Oct 2026" in said(page.get(court))
    assert "INR 40,000.00 paid, 40,000.00 of it received" in said(page.get(ledger))


REFUSED = {
    "more than hers": ({"amount": "60000.01"}, "for S-77 is still to be paid"),
    "before it was paid": ({"received_on": "2026-09-30"}, "before it was paid"),
    "not yet": ({"received_on": str(date.today() + timedelta(days=9))}, "in the future"),
    "to nobody": ({"involvement": None, "received_on": DAY}, "which survivor it reached"),
}


@pytest.mark.parametrize(("facts", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused(api, lawyer, ordered, person, facts, words):
    good = {"sentence": str(ordered.pk), "involvement": str(person.pk), "amount": "1"}
    answer = api(lawyer).post("compensation-payments/", good | {"paid_on": DAY} | facts)
    assert answer.status_code in (400, 409)
    assert words in answer.content.decode()
    assert not CompensationPayment.objects.exists()


def test_a_survivor_of_another_case_is_refused(api, lawyer, ordered, office):
    other = factories.case(office)
    factories.assignment(other, lawyer)
    stranger = {"involvement": str(factories.involvement(other).pk), "amount": "1"}
    body = {"sentence": str(ordered.pk), "paid_on": DAY} | stranger
    answer = api(lawyer).post("compensation-payments/", body)
    assert (answer.status_code, answer.json()["detail"]) == (400, "This belongs to another case.")


def test_a_share_is_not_made_less_than_was_paid(api, lawyer, ordered, person):
    justice.compensation_payment(sentence=ordered, involvement=person, amount=50_000)
    body = {"shares": [{"survivor": str(person.pk), "amount": "40000"}]}
    path = f"sentences/{ordered.pk}/share/"
    answer = api(lawyer).post(path, body, If_Match=f'"{ordered.version}"')
    assert answer.status_code in (400, 409)
    assert "was paid more" in answer.json()["detail"]


def test_programs_ask_what_has_not_arrived(api, lawyer, ordered, person):
    to = {"sentence": ordered, "involvement": person, "paid_on": DAY}
    there = justice.compensation_payment(received_on=DAY, amount=10, **to)
    waits = justice.compensation_payment(amount=20, **to)
    client = api(lawyer)

    def found(received):
        rows = client.get(f"compensation-payments/?received={received}").json()["results"]
        return [row["id"] for row in rows]

    assert (found("true"), found("false")) == ([str(there.pk)], [str(waits.pk)])
    row = client.get(f"sentences/{ordered.pk}/").json()
    assert (row["paid"], row["received"]) == ("30.00", "10.00")
    path = f"compensation-payments/{waits.pk}/"
    now = client.patch(path, {"received_on": "2026-10-09"}, If_Match='"1"').json()
    assert (now["received_on"], now["amount"]) == ("2026-10-09", "20.00"), "the rest stays"


def test_the_form_keeps_a_survivor_who_is_not_shown(page, ordered, person, monkeypatch):
    """Somebody puts the amount right who does not see for whom it was."""
    paid = justice.compensation_payment(sentence=ordered, involvement=person, amount=10)
    rows = type(person).objects.none()
    monkeypatch.setattr(type(person).objects, "visible_to", lambda user: rows)
    body = {"amount": "20", "paid_on": DAY, "involvement": "", "version": "1"}
    assert page.post(f"/payments/{paid.pk}/correct/", body).status_code == 302
    paid.refresh_from_db()
    assert (paid.amount, paid.involvement_id) == (20, person.pk)


def test_reports_say_what_reached_survivors(ordered, person):
    to = {"sentence": ordered, "involvement": person}
    justice.compensation_payment(amount=1000, received_on="2026-10-09", **to)
    justice.compensation_payment(amount=500, **to)

    def rows(slug, day):
        report = REPORTS[slug]
        return compute(report, Reporter(), parse({"as_of": day}, report)).rows

    def received(day):
        sums = [row["received"] for row in rows("sentences", day) if row["received"]]
        measures = {row["measure"]: row for row in rows("aftercare-outcomes", day)}
        reached = measures["compensated"]
        return (sums[0] if sums else None), (reached["k"], reached["n"])

    assert received("2026-10-09") == ({"INR": "1000.00"}, (1, 1))
    assert received("2026-10-08") == (None, (0, 1))
