"""What stands on a page is there for programs as well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftercare.services.showing import shown_to_provider
from tests import factories
from tests.factories import care, ledger, persons

pytestmark = pytest.mark.django_db


def test_a_referral_is_looked_at_before_it_is_sent_and_nobody_is_told(api, worker, case):
    draft = factories.referral(case)
    shown = api(worker).get(f"referrals/{draft.pk}/preview/")
    assert shown.status_code == 200
    told = shown.json()
    digest = told.pop("digest")
    assert told == shown_to_provider(draft)
    consent = persons.consent(draft.involvement)
    body = {"provider": str(factories.provider().pk), "digest": "0" * 64}
    refused = api(worker).post(f"referrals/{draft.pk}/send/", body)
    assert (refused.status_code, consent.shares.count()) == (409, 0)
    draft.refresh_from_db()
    assert draft.status == "draft"
    sent = api(worker).post(f"referrals/{draft.pk}/send/", body | {"digest": digest})
    assert sent.json()["status"] == "sent"


def test_what_is_owed_says_what_is_left_and_how_late_it_is(api, worker, case):
    today = case.jurisdiction.today
    paper = ledger.certificate(case, applied_on=None, answered_on=today - timedelta(days=40))
    owed = ledger.entitlement(certificate=paper)
    path = f"entitlements/{owed.pk}/"
    before = api(worker).get(path).json()
    assert (before["paid"], before["balance"]) == ("0.00", before["total"])
    assert before["due_by"] == (today - timedelta(days=10)).isoformat()
    assert before["days_late"] == 10
    ledger.rehabilitation_payment(
        entitlement=owed, tranche="immediate", amount=1000, paid_on=today - timedelta(days=1)
    )
    after = api(worker).get(path).json()
    assert after["paid"] == "1000.00"
    assert float(after["balance"]) == float(after["total"]) - 1000
    assert after["days_late"] == 0
    struck = owed.payments.get()
    struck.not_counted = "twice"
    struck.save()
    assert api(worker).get(path).json()["balance"] == before["balance"]


def test_sections_say_how_far_they_are_and_nothing_else(api, worker, case):
    person = factories.involvement(case)
    rows = api(worker).get(f"involvements/{person.pk}/sections/").json()
    assert [row["code"] for row in rows][:2] == ["age", "background"]
    assert {row["state"] for row in rows} <= {"not_started", "in_progress", "complete", "not_known"}
    assert set(rows[0]) == {"code", "label", "state"}


def test_the_note_of_a_session_is_read_by_the_team_and_leaves_a_mark(
    api, worker, manager, case, field_officer
):
    note = care.session_note(case)
    assert api(worker).get(f"session-notes/{note.pk}/").json()["text"] == "Invented words"
    found = api(worker).get(f"session-notes/?service={note.service_id}").json()["results"]
    assert [row["id"] for row in found] == [str(note.pk)]
    colleague = factories.user("aftercare_worker", case.office)
    assert api(colleague).get(f"session-notes/{note.pk}/").status_code == 404


def test_the_change_since_intake_stands_beside_each_part_of_life(api, worker, case):
    plan = care.care_plan(case)
    empty = api(worker).get(f"care-plans/{plan.pk}/progress/").json()
    assert (empty["days"], empty["restored"]) == ([], None)
    care.assessment(plan=plan, assessed_on=date(2026, 4, 1), answers=care.all_at(1))
    care.assessment(plan=plan, assessed_on=date(2026, 9, 1), answers=care.all_at(3))
    found = api(worker).get(f"care-plans/{plan.pk}/progress/").json()
    assert found["days"] == ["2026-04-01", "2026-09-01"]
    assert found["restored"] is True
    safety = found["domains"][0]
    assert (safety["code"], safety["means"], safety["change"]) == ("safety", [1.0, 3.0], 2.0)
