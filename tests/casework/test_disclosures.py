"""A part of a case is opened to a prosecutor by two persons, for a reason, until a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Notice
from casework.models import Disclosure
from casework.services.disclosures import (
    confirm_disclosure,
    end_disclosure,
    propose_disclosure,
    refuse_disclosure,
)
from core.services import Refused, StepUp
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def legal(case):
    """On the team."""
    return factories.assignment(case, factories.user("legal_officer", case.office)).user


@pytest.fixture
def prosecutor(office):
    return factories.user("prosecutor", office)


@pytest.fixture
def told(case, prosecutor):
    return {
        "user": prosecutor,
        "parts": ["people", "rescue"],
        "basis": "order",
        "document": "Order 12 of 2026",
        "reason": "The court has ordered it on 3 March",
        "until": case.jurisdiction.today + timedelta(days=30),
    }


@pytest.fixture
def proposed(case, legal, told):
    return propose_disclosure(case, actor=legal, **told)


def as_sent(told, **more):
    return told | {"user": told["user"].pk, "until": told["until"].isoformat()} | more


def kinds(user):
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_two_persons_open_it_by_the_pages(
    browser_client, case, legal, case_manager, prosecutor, told, recorded
):
    page = browser_client(legal)
    assert prosecutor.name in page.get(f"/cases/{case.pk}/disclosures/new/").content.decode()
    answer = page.post(f"/cases/{case.pk}/disclosures/new/", as_sent(told))
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/cases/{case.pk}/people/#disclosures",
    )
    made = Disclosure.objects.get()
    assert (made.status, made.parts, made.named) == ("proposed", ["rescue", "people"], False)
    assert browser_client(prosecutor).get(f"/cases/{case.pk}/people/").status_code == 404
    page = browser_client(case_manager)
    shown = page.get(f"/disclosures/{made.pk}/confirm/").content.decode()
    for words in (prosecutor.name, legal.name, told["document"], told["reason"], "Rescues"):
        assert words in shown
    assert page.post(f"/disclosures/{made.pk}/confirm/").status_code == 302
    made.refresh_from_db()
    assert (made.status, made.confirmed_by) == ("confirmed", case_manager)
    assert browser_client(prosecutor).get(f"/cases/{case.pk}/people/").status_code == 200
    assert recorded("disclosure.proposed") == [(legal.pk, str(made.pk))]
    assert recorded("disclosure.confirm") == [(case_manager.pk, str(made.pk))]
    assert kinds(case_manager) == ["disclosure-proposed"]
    assert kinds(prosecutor) == ["disclosure-opened"]
    assert kinds(legal) == ["disclosure-decided"]


def test_the_last_day_ends_where_the_case_is(case, proposed, told):
    assert proposed.expires_at.astimezone().utcoffset() is not None
    assert proposed.expires_at.isoformat() == f"{told['until']}T23:59:59.999999+05:30"


def test_who_proposed_it_never_decides(browser_client, case, case_manager, told):
    made = propose_disclosure(case, actor=case_manager, **told)
    for verb in (confirm_disclosure, refuse_disclosure):
        with pytest.raises(Refused, match="second person"):
            verb(made, actor=case_manager)
    shown = browser_client(case_manager).get(f"/cases/{case.pk}/people/").content.decode()
    assert f"/disclosures/{made.pk}/end/" in shown
    assert f"/disclosures/{made.pk}/confirm/" not in shown
    made.refresh_from_db()
    assert made.status == "proposed"


def test_who_may_not_confirm_does_not(proposed, case):
    other = factories.assignment(case, factories.user("legal_officer", case.office)).user
    with pytest.raises(PermissionDenied):
        confirm_disclosure(proposed, actor=other)


def test_who_does_not_reach_the_content_takes_no_part(case, proposed, told, outsider):
    stranger = factories.user("legal_officer", case.office)  # sees that the case exists
    with pytest.raises(PermissionDenied):
        propose_disclosure(case, actor=stranger, **told)
    for verb in (confirm_disclosure, refuse_disclosure, end_disclosure):
        with pytest.raises(PermissionDenied):
            verb(proposed, actor=outsider)


@pytest.mark.parametrize("verb", ["propose", "confirm", "refuse"])
def test_without_a_step_up_nothing_is_opened(verb, case, legal, case_manager, told, monkeypatch):
    made = factories.disclosure(case, status="proposed", confirmed_by=None, confirmed_at=None)
    monkeypatch.setattr("core.services.confirmed", lambda: False)
    calls = {
        "propose": lambda: propose_disclosure(case, actor=legal, **told),
        "confirm": lambda: confirm_disclosure(made, actor=case_manager),
        "refuse": lambda: refuse_disclosure(made, actor=case_manager),
    }
    with pytest.raises(StepUp):
        calls[verb]()
    assert list(Disclosure.objects.values_list("status", flat=True)) == ["proposed"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " too short          "}, "at least 20 characters"),
        ({"parts": ["identity"]}, "only together with “Survivors"),
        ({"parts": ["narrative"]}, "only together with “Rescues"),
        ({"parts": ["court"]}, "only together with “Suspects"),
        ({"until": 0}, None),
        ({"until": 179}, None),
        ({"until": -1}, "within 180 days"),
        ({"until": 180}, "within 180 days"),
    ],
)
def test_what_is_not_allowed_is_refused_in_words(case, legal, told, change, words):
    if "until" in change:
        change = {"until": case.jurisdiction.today + timedelta(days=change["until"])}
    if words is None:
        assert propose_disclosure(case, actor=legal, **(told | change)).pk
        return
    with pytest.raises(Refused, match=words):
        propose_disclosure(case, actor=legal, **(told | change))
    assert not Disclosure.objects.exists()


def test_only_prosecutors_in_force_receive_anything(case, legal, case_manager, told, outsider):
    for person in (outsider, case_manager, factories.user("prosecutor", is_active=False)):
        with pytest.raises(Refused, match="not a prosecutor"):
            propose_disclosure(case, actor=legal, **(told | {"user": person}))
    made = propose_disclosure(case, actor=legal, **told)
    told["user"].memberships.update(ended_at=timezone.now())
    with pytest.raises(Refused, match="not a prosecutor"):
        confirm_disclosure(made, actor=case_manager)


def test_nothing_is_opened_to_someone_with_a_conflict(case, legal, case_manager, told):
    made = propose_disclosure(case, actor=legal, **told)
    factories.conflict(case, told["user"])
    for act in (
        lambda: propose_disclosure(case, actor=legal, **told),
        lambda: confirm_disclosure(made, actor=case_manager),
    ):
        with pytest.raises(Refused, match="conflict"):
            act()


def test_what_has_run_out_meanwhile_is_not_confirmed(proposed, case_manager):
    Disclosure.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="within 180 days"):
        confirm_disclosure(proposed, actor=case_manager)
    proposed.refresh_from_db()
    assert proposed.status == "proposed"


def test_a_case_sealed_meanwhile_is_not_opened(case, proposed, case_manager):
    factories.assignment(case, case_manager, named=True)
    type(case).objects.update(level=4)
    proposed.case.refresh_from_db()
    with pytest.raises(Refused, match="sealed after"):
        confirm_disclosure(proposed, actor=case_manager)


def test_of_a_sealed_case_it_is_named(office, told):
    case = factories.case(office, level=4)
    lawyer, manager = (
        factories.assignment(case, factories.user(role, office), named=True).user
        for role in ("legal_officer", "case_manager")
    )
    unnamed = factories.assignment(case, factories.user("legal_officer", office)).user
    with pytest.raises(PermissionDenied):
        propose_disclosure(case, actor=unnamed, **told)
    made = propose_disclosure(case, actor=lawyer, **told)
    assert made.named
    assert kinds(manager) == ["disclosure-proposed"]  # and nobody the case does not name
    assert Notice.objects.count() == 1
    confirm_disclosure(made, actor=manager)
    assert told["user"].scope.reads(case, "casework.view_case")


def test_either_ends_it_at_once(proposed, case_manager, legal, case, told, browser_client):
    confirm_disclosure(proposed, actor=case_manager)
    page = browser_client(case_manager)
    assert page.post(f"/disclosures/{proposed.pk}/end/").status_code == 302
    proposed.refresh_from_db()
    assert (proposed.status, proposed.ended_by) == ("ended", case_manager)
    again = propose_disclosure(case, actor=legal, **told)
    assert end_disclosure(again, actor=legal).status == "ended"  # also before it was confirmed
    with pytest.raises(Refused):
        confirm_disclosure(again, actor=case_manager)


def test_a_refusal_stays_and_opens_nothing(proposed, case_manager, legal):
    refused = refuse_disclosure(proposed, actor=case_manager)
    assert (refused.status, refused.ended_by) == ("refused", case_manager)
    assert kinds(legal) == ["disclosure-decided"]
    with pytest.raises(Refused):
        confirm_disclosure(proposed, actor=case_manager)


def test_programs_use_the_same_verbs(api, case, case_manager, legal, told):
    body = told | {
        "case": str(case.pk),
        "user": told["user"].username,
        "until": str(told["until"]),
    }
    made = api(legal).post("disclosures/", body)
    assert made.status_code == 201
    assert "reason" not in made.json()
    for step, status in (("confirm", "confirmed"), ("end", "ended")):
        answer = api(case_manager).post(f"disclosures/{made.json()['id']}/{step}/")
        assert (answer.status_code, answer.json()["status"]) == (200, status)
    second = api(legal).post("disclosures/", body).json()["id"]
    answer = api(case_manager).post(f"disclosures/{second}/refuse/")
    assert answer.json()["status"] == "refused"
    assert len(api(legal).get(f"disclosures/?case={case.pk}").json()["results"]) == 2


def test_the_case_page_says_what_is_disclosed(browser_client, case, legal, proposed, said):
    shown = said(browser_client(legal).get(f"/cases/{case.pk}/people/"))
    assert "Waiting for a second person" in shown
    assert "Order 12 of 2026" in shown
    Disclosure.objects.update(
        status="confirmed",
        confirmed_at=timezone.now(),
        expires_at=timezone.now() - timedelta(days=1),
    )
    answer = browser_client(legal).get(f"/cases/{case.pk}/people/")
    assert "Over" in said(answer)
    assert f"/disclosures/{proposed.pk}/" not in answer.content.decode()


def test_who_reads_no_disclosures_sees_none(browser_client, case, field_officer, proposed):
    shown = browser_client(field_officer).get(f"/cases/{case.pk}/people/").content.decode()
    assert 'id="disclosures"' not in shown
    assert "Order 12 of 2026" not in shown
