"""Two persons decide: how long, what is held, what is erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.jobs import run
from core.models import Job
from retention.models import Erasure, LegalHold, Policy
from tests import factories
from tests.factories import retention as kept
from tests.nights import nightly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
LAW = {"country": "IN", "kind": "survivors", "person": "child", "years": 7}
LAW |= {"legal_source": "Invented Act 2001, section 4", "begins_on": "2026-01-01"}
WHY = {"reason": "An invented court asked for it"}


@pytest.fixture
def officers(office):
    return [factories.user("data_officer") for _ in range(2)]


@pytest.fixture
def managers(office):
    return [factories.user("case_manager") for _ in range(2)]


def test_c2_a_policy_takes_two_persons(api, officers):
    first, second = map(api, officers)
    made = first.post("retention-policies/", LAW).json()
    path = f"retention-policies/{made['id']}/confirm/"
    alone = first.post(path)
    assert (alone.status_code, alone.json()["detail"]) == (
        409,
        "A second person must decide, not the one who proposed it.",
    )
    assert second.post(path).json()["outcome"] == "confirmed"
    assert second.post(path).status_code == 409


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ({"country": "IN-WB"}, "country"),
        ({"person": ""}, "person"),
        ({"kind": "inquiry"}, "person"),
        ({"years": 0}, "years"),
        ({"years": 101}, "years"),
        ({"legal_source": "  x  "}, "legal_source"),
    ],
)
def test_what_is_wrong_with_a_policy_is_said_at_its_field(api, officers, odd, field):
    answer = api(officers[0]).post("retention-policies/", LAW | odd)
    assert answer.status_code in {400, 409}
    assert field in answer.content.decode()
    assert not Policy.objects.exists()


def test_a_later_policy_follows_from_its_day(office):
    kept.policy(years=5)
    later = kept.policy(years=9, begins_on=date(2026, 1, 1))
    kept.policy(years=1, begins_on=date(2030, 1, 1))
    assert list(Policy.objects.in_force_on(date(2026, 6, 1))) == [later]


def test_c3_a_hold_holds_at_once_and_takes_two_to_lift(api, managers, case_manager):
    case = kept.closed_case()
    first, second = map(api, managers)
    made = first.post("legal-holds/", WHY | {"case": str(case.pk)}).json()
    path = f"legal-holds/{made['id']}"
    assert first.post(f"{path}/confirm/").status_code == 409
    assert second.post(f"{path}/confirm/").json()["status"] == "holds"
    assert second.post(f"{path}/lift/").status_code == 409
    assert first.post(f"{path}/ask-lifting/", WHY).json()["status"] == "lifting"
    assert first.post(f"{path}/lift/").status_code == 409
    assert LegalHold.objects.holding().exists()
    assert second.post(f"{path}/lift/").json()["status"] == "lifted"
    assert not LegalHold.objects.holding().exists()


def test_a_hold_needs_a_reason_and_a_person_of_the_case(api, managers):
    case, other = kept.closed_case(), factories.involvement()
    client, here = api(managers[0]), {"case": str(case.pk)}
    short = client.post("legal-holds/", here | {"reason": "court"})
    assert "at least 10 characters" in short.content.decode()
    elsewhere = client.post("legal-holds/", here | WHY | {"involvement": str(other.pk)})
    assert elsewhere.json()["detail"] == "This person is not in the case."
    assert not LegalHold.objects.exists()


def test_c2_the_clock_proposes_what_is_closed_longer_than_the_longest_policy(office):
    kept.policy(person="adult", years=3)
    kept.policy(person="child", years=100)
    adults, both, recent = (kept.closed_case(closed_on=date(2020, 1, 1)) for _ in range(3))
    for case in (adults, both, recent):
        grown = factories.involvement(case).victim
        type(grown).objects.filter(pk=grown.pk).update(age_min_months=300, age_max_months=300)
    factories.involvement(both)
    type(recent).objects.filter(pk=recent.pk).update(closed_on=timezone.now().date())
    nightly("retention")
    assert set(Erasure.objects.values_list("of_case", flat=True)) == {adults.pk}
    nightly("retention")
    assert Erasure.objects.count() == 1


def test_without_a_policy_and_under_a_hold_nothing_is_proposed(office):
    factories.involvement(kept.closed_case())
    nightly("retention")
    kept.policies()
    kept.hold(kept.closed_case())
    Job.objects.all().delete()
    nightly("retention")
    assert Erasure.objects.count() == 1


def confirm(client, erasure):
    erasure.refresh_from_db()
    return client.post(f"erasures/{erasure.pk}/confirm/", If_Match=f'"{erasure.version}"')


def test_c2_two_persons_confirm_and_one_takes_it_back(api, officers):
    erasure = kept.erasure()
    first, second = map(api, officers)
    assert confirm(first, erasure).json()["status"] == "once"
    again = confirm(first, erasure)
    assert (again.status_code, "second person" in again.json()["detail"]) == (409, True)
    done = confirm(second, erasure).json()
    assert done["status"] == "confirmed"
    erasure.refresh_from_db()
    assert erasure.not_before > timezone.now() + timedelta(days=29)
    back = first.post(f"erasures/{erasure.pk}/undo/", If_Match=f'"{erasure.version}"').json()
    assert (back["status"], back["first_by"], back["not_before"]) == ("proposed", None, None)


def test_what_is_held_cannot_be_confirmed(api, officers):
    erasure = kept.erasure(case := kept.closed_case())
    kept.hold(case)
    answer = confirm(api(officers[0]), erasure)
    assert answer.json()["detail"].startswith("This case is under a legal hold.")


def test_what_is_kept_longer_comes_back_after_its_day(api, officers):
    kept.policies()
    erasure = kept.erasure()
    asked = kept.longer()
    client = api(officers[0])
    answer = client.post(f"erasures/{erasure.pk}/keep/", asked, If_Match='"1"')
    assert answer.json()["status"] == "kept"
    nightly("retention")
    assert Erasure.objects.count() == 1
    Erasure.objects.update(kept_until=date(2020, 1, 1))
    Job.objects.all().delete()
    nightly("retention")
    assert Erasure.objects.filter(status="proposed").count() == 1


def test_what_is_not_open_to_one_is_not_on_the_list(api, managers):
    """Of another office, and sealed."""
    kept.erasure(kept.closed_case(at=factories.office("manila", "PH-MNL")))
    kept.erasure(kept.closed_case(level=4))
    mine = kept.erasure()
    found = api(managers[0]).get("erasures/").json()["results"]
    assert [row["id"] for row in found] == [str(mine.pk)]


def test_the_pages_say_what_there_is_and_what_is_not(browser_client, officers):
    client = browser_client(officers[0])
    empty = client.get("/retention/").content.decode()
    assert "No policy is in force" in empty
    assert "No case is due for erasure" in empty
    kept.policies()
    erasure, stone = kept.erasure(), kept.tombstone()
    page = client.get("/retention/").content.decode()
    assert str(stone.pk) in page
    assert erasure.get_absolute_url() in page
    assert "Confirm the erasure" in client.get(erasure.get_absolute_url()).content.decode()


def test_a_page_of_each_step(browser_client, officers, managers):
    first, second = map(browser_client, officers)
    asked = {name: value for name, value in LAW.items() if value} | {"key": "k"}
    there = first.post("/retention-policies/new/", asked)
    assert there.status_code == 302, there.content.decode()
    assert second.post(f"{there['Location']}confirm/").status_code == 302
    assert Policy.objects.get().outcome == "confirmed"
    case = kept.closed_case()
    manager, other = map(browser_client, managers)
    assert "Nothing holds this case" in manager.get(f"/cases/{case.pk}/holds/").content.decode()
    manager.post(f"/cases/{case.pk}/holds/new/", WHY | {"key": "k2"})
    hold = LegalHold.objects.get()
    assert "Confirm" in other.get(f"/cases/{case.pk}/holds/").content.decode()
    steps = ((other, "confirm", {}, "holds"), (manager, "ask-lifting", WHY, "lifting"))
    steps += ((other, "keep", {}, "holds"), (manager, "ask-lifting", WHY, "lifting"))
    for person, step, said, status in (*steps, (other, "lift", {}, "lifted")):
        assert person.post(f"/legal-holds/{hold.pk}/{step}/", said).status_code == 302, step
        hold.refresh_from_db()
        assert hold.status == status


def test_erased_it_leads_nowhere(browser_client, officers, tmp_path, settings):
    settings.ERASURE_LEDGER = str(tmp_path / "ledger")
    erasure = kept.confirmed_erasure()
    nightly("retention")
    for kind in ("erase", "finish-erasure"):
        run(Job.objects.get(kind=kind).pk)
    page = browser_client(officers[0]).get(erasure.get_absolute_url()).content.decode()
    assert "Erased" in page
    assert "Open the case" not in page
