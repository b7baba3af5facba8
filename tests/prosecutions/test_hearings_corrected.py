"""Put right of a hearing with a result: its day, hour and purpose, and that the result was none."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEvent
from core.services import Refused, Stale
from prosecutions.corrections.services.hearings import take_back_result
from prosecutions.docket import read_docket
from prosecutions.models import Hearing
from prosecutions.services.hearings import record_hearing
from tests import factories

pytestmark = pytest.mark.django_db
FUTURE = date(2999, 1, 1)


@pytest.fixture
def court(case):
    """A proceeding of 1 April 2026 with an open charge."""
    return factories.charge(case).prosecution


@pytest.fixture
def first(court, lawyer):
    """Heard on 4 May, adjourned to 18 May, for evidence."""
    hearing = factories.hearing(prosecution=court)
    facts = {"result": "adjourned", "adjourned_for": "judge_absent"}
    return record_hearing(hearing, next_on=date(2026, 5, 18), **facts, actor=lawyer)


@pytest.fixture
def second(first):
    return Hearing.objects.get(follows=first)


@pytest.fixture
def take_back(lawyer):
    def take_back(row, **changes):
        row.refresh_from_db()
        facts = {"version": row.version, "reason": "person", "actor": lawyer}
        return take_back_result(row, **facts | changes)

    return take_back


def at(field, words):
    return pytest.raises(Refused, match=words, check=lambda refusal: refusal.field == field)


def test_day_hour_and_purpose_are_put_right_with_the_reason(first, correct, lawyer):
    new = {"listed_on": date(2026, 5, 5), "listed_at": time(10, 30), "purpose": "arguments"}
    row = correct(first, **new)
    assert {name: getattr(row, name) for name in new} == new
    assert (row.result, row.adjourned_for, row.version) == ("adjourned", "judge_absent", 3)
    event = AuditEvent.objects.get(kind="intention", action="court.corrected")
    assert (event.actor_id, event.target_id) == (lawyer.pk, str(row.pk))
    assert event.detail["reason"] == "typing"
    former = row.events.order_by("-pgh_id").values_list("listed_on", flat=True)
    assert date(2026, 5, 4) in former


def test_it_stays_between_the_one_before_and_the_one_after(first, second, correct, lawyer):
    with at("listed_on", "The next hearing is on 18 May 2026"):
        correct(first, listed_on=date(2026, 5, 18))
    record_hearing(second, result="held", no_next_date="reserved", actor=lawyer)
    with at("listed_on", "The previous hearing was on 4 May 2026"):
        correct(second, listed_on=date(2026, 5, 4))
    assert correct(second, listed_on=date(2026, 5, 5)).listed_on == date(2026, 5, 5)


def test_what_has_a_result_was_heard_once_after_the_filing_and_before_now(first, court, correct):
    with at("listed_on", "A hearing with a result cannot be dated in the future"):
        correct(first, listed_on=FUTURE)
    with at("listed_on", "before the prosecution was filed"):
        correct(first, listed_on=date(2026, 3, 31))
    for day, purpose in ((2, "evidence"), (4, "plea")):
        facts = {"listed_on": date(2026, 5, day), "purpose": purpose, "result": "held"}
        factories.hearing(prosecution=court, **facts)
    with at("listed_on", "already listed for that day"):
        correct(first, listed_on=date(2026, 5, 2))
    with at("purpose", "already listed for that day"):
        correct(first, purpose="plea")


def test_nothing_was_heard_after_the_judgment_but_the_sentence(court, correct):
    held = factories.hearing(prosecution=court, result="held", purpose="judgment")
    factories.decision(charge=court.charges.get(), decided_on=date(2026, 6, 1))
    with at("listed_on", "decided before that day"):
        correct(held, listed_on=date(2026, 6, 2))
    assert correct(held, listed_on=date(2026, 6, 2), purpose="sentence").purpose == "sentence"
    with at("purpose", "decided before that day"):
        correct(held, purpose="judgment")


def test_without_a_result_the_listing_is_changed_instead(second, correct, take_back):
    for row in (second, factories.hearing(prosecution=second.prosecution, result="vacated")):
        with pytest.raises(Refused, match="No result of this hearing"):
            correct(row, purpose="plea")
        with pytest.raises(Refused, match="No result of this hearing"):
            take_back(row)


# A result that was none of this hearing


def test_a_result_is_taken_back_with_the_next_hearing_it_made(
    first, second, take_back, lawyer, recorded
):
    row = take_back(first)
    assert (row.result, row.adjourned_for, row.no_next_date) == ("", "", "")
    assert recorded("hearing.taken_back") == [(lawyer.pk, str(row.pk))]
    event = AuditEvent.objects.get(kind="intention", action="hearing.taken_back")
    assert event.detail["reason"] == "person"
    assert row.events.filter(result="adjourned").exists(), "the history keeps it"
    second.refresh_from_db()
    assert (second.result, second.follows, second.version) == ("vacated", None, 2)
    (due,) = read_docket(actor=lawyer)["rows"]
    assert due["group"] == "overdue"


def test_the_true_result_is_recorded_then_with_its_own_next_hearing(first, take_back, lawyer):
    take_back(first)
    record_hearing(first, result="held", next_on=date(2026, 5, 18), actor=lawyer)
    assert Hearing.objects.get(follows=first).listed_on == date(2026, 5, 18)


def test_the_reason_for_no_next_date_goes_with_the_result(court, take_back, lawyer):
    held = factories.hearing(prosecution=court)
    record_hearing(held, result="held", no_next_date="reserved", actor=lawyer)
    assert take_back(held).no_next_date == ""
    assert read_docket(actor=lawyer)["rows"][0]["group"] == "overdue"


def test_what_the_judgment_took_off_the_list_does_not_come_back(first, second, take_back, correct):
    """Even where the judgment turns out to be later than it."""
    Hearing.objects.filter(pk=second.pk).update(result="vacated", no_next_date="disposed")
    judged = factories.decision(
        charge=second.prosecution.charges.get(), decided_on=date(2026, 5, 6)
    )
    take_back(first)
    correct(judged.judgment, decided_on=date(2026, 5, 30))
    second.refresh_from_db()
    assert (second.result, second.no_next_date) == ("vacated", "")


def test_a_later_result_rests_on_it(first, second, take_back, lawyer):
    record_hearing(second, result="held", no_next_date="reserved", actor=lawyer)
    with pytest.raises(Refused, match="on 18 May 2026, already has a result"):
        take_back(first)
    take_back(second)
    assert take_back(first).result == ""
    assert not Hearing.objects.filter(follows=first).exists()


def test_the_version_and_the_permission_are_asked_for(first, second, take_back, correct, office):
    with pytest.raises(Stale):
        take_back(first, version=9)
    with pytest.raises(Stale):
        correct(first, purpose="plea", version=9)
    worker = factories.user("field_officer", office)
    factories.assignment(first.case, worker)
    for actor in (worker, factories.user("legal_officer", office)):
        with pytest.raises(PermissionDenied):
            take_back(first, actor=actor)
        with pytest.raises(PermissionDenied):
            correct(first, purpose="plea", actor=actor)
    second.refresh_from_db()
    assert (second.result, second.follows) == ("", first)


# Pages and programs


def test_the_pages(page, first, second, said):
    listing, back = (f"/hearings/{first.pk}/{verb}/" for verb in ("correct-listing", "take-back"))
    shown = page.get(f"/cases/{first.case_id}/court/").content.decode()
    assert (listing in shown, back in shown) == (True, True)
    assert f"/hearings/{second.pk}/take-back/" not in shown
    assert page.get(listing).context["form"].initial["listed_on"] == date(2026, 5, 4)
    body = {"listed_on": "2026-05-05", "purpose": "evidence", "reason": "paper", "version": 2}
    late = page.post(listing, body | {"listed_on": "2026-05-18"})
    assert (late.status_code, list(late.context["form"].errors)) == (409, ["listed_on"])
    assert page.post(listing, body | {"version": 1}).status_code == 409
    assert page.post(listing, body).status_code == 302
    assert "Adjourned" in said(page.get(back))
    assert page.post(back, {"version": 3}).status_code == 400
    assert page.post(back, {"version": 2, "reason": "person"}).status_code == 409
    assert page.post(back, {"version": 3, "reason": "person"}).status_code == 302
    first.refresh_from_db()
    assert (first.listed_on, first.result) == (date(2026, 5, 5), "")


def test_programs(api, lawyer, first):
    caller, where = api(lawyer), f"hearings/{first.pk}"
    moved = {"reason": "court", "listed_on": "2026-05-05"}
    late = moved | {"listed_on": str(date.today() + timedelta(days=9))}
    refused = caller.post(f"{where}/correct-listing/", late, If_Match='"2"')
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["listed_on"])
    for verb, body in (("correct-listing", moved), ("take-back", {"reason": "person"})):
        assert caller.post(f"{where}/{verb}/", body).status_code == 428
        assert caller.post(f"{where}/{verb}/", body, If_Match='"9"').status_code == 412
    answer = caller.post(f"{where}/correct-listing/", moved, If_Match='"2"')
    assert (answer.json()["listed_on"], answer.json()["version"]) == ("2026-05-05", 3)
    answer = caller.post(f"{where}/take-back/", {"reason": "person"}, If_Match='"3"')
    assert (answer.json()["result"], answer.json()["version"]) == ("", 4)


def test_other_offices_find_nothing(api, browser_client, first):
    stranger = factories.user("legal_officer", factories.office("manila", "PH-MNL"))
    for verb in ("correct-listing", "take-back"):
        body = {"reason": "typing", "version": 2}
        answer = api(stranger).post(f"hearings/{first.pk}/{verb}/", body, If_Match='"2"')
        assert answer.status_code == 404
        client = browser_client(stranger)
        assert client.get(f"/hearings/{first.pk}/{verb}/").status_code == 404
        assert client.post(f"/hearings/{first.pk}/{verb}/", body).status_code == 404
