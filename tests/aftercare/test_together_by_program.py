"""Referrals of a rescue sent together by a program: all of them, or none."""

from __future__ import annotations

import pytest

from tests import factories
from tests.aftercare.rescued import drafted, statuses, survivor
from victims.models import Share

pytestmark = pytest.mark.django_db


def body(sends, **more):
    to = [{"provider": str(one.pk), "referrals": [str(r.pk) for r in rows]} for one, rows in sends]
    people = {str(row.involvement_id) for _one, rows in sends for row in rows}
    return {
        "sends": to,
        "agreed": sorted(people),
        "given_on": "2026-03-11",
        "language": "bn",
    } | more


def test_programs_send_together_once_per_key(api, case, worker, seven, clinic, house):
    sent = body([(clinic, seven[:7]), (house, seven[7:])])
    client = api(worker)
    first, again = (client.post("referrals/together/", sent, Idempotency_Key="a") for _ in range(2))
    assert (first.status_code, len(first.json())) == (200, 14), first.json()
    assert again.json() == first.json()
    assert {row["status"] for row in first.json()} == {"sent"}
    assert client.post("referrals/together/", sent).status_code == 409
    assert Share.objects.count() == 14


def test_one_that_does_not_fit_stops_all(api, case, worker, seven, clinic):
    answer = api(worker).post("referrals/together/", body([(clinic, seven)]))
    assert answer.status_code == 400
    code = seven[0].involvement.code
    words = f"{code}, Safe place, Clinic by the Canal: Does not offer this."
    assert words in answer.json()["errors"]["sends"][0]
    assert statuses(case) == ["draft"] * 14


def test_a_wrong_body_says_where(api, case, worker, seven, clinic, house):
    rows = [(clinic, seven[:2])]
    others = drafted(factories.case(case.office), [], [])
    for wrong, field in (
        ({"sends": []}, "sends"),
        ({"agreed": ["x"]}, "agreed[0]"),
        ({"relation": "aunt"}, "relation"),
        ({"nothing": 1}, "nothing"),
        ({"sends": [{"provider": str(clinic.pk), "referrals": []}]}, "sends[0].referrals"),
        (
            {
                "sends": [
                    {
                        "provider": str(clinic.pk),
                        "referrals": [str(seven[0].pk)],
                        "digests": ["a", "b"],
                    }
                ]
            },
            "sends[0].digests",
        ),
    ):
        answer = api(worker).post("referrals/together/", body(rows) | wrong)
        assert answer.status_code == 400, wrong
        assert field in answer.json()["errors"], answer.json()
    assert not others
    assert statuses(case) == ["draft"] * 14


def test_drafts_of_two_cases_are_two_presses(api, case, worker, seven, clinic):
    other = factories.case(case.office)
    factories.assignment(other, worker)
    far = drafted(other, [survivor(other)], ["medical"])
    answer = api(worker).post("referrals/together/", body([(clinic, [seven[0], *far])]))
    assert answer.status_code == 400
    assert "several cases" in answer.json()["errors"]["sends"][0]


def test_one_need_goes_to_one_provider(api, case, worker, seven, clinic):
    second = factories.provider(services=["medical"])
    sends = [(clinic, seven[:1]), (second, seven[:1])]
    answer = api(worker).post("referrals/together/", body(sends))
    assert answer.status_code == 400
    assert "is listed twice" in answer.json()["errors"]["sends"][0]
