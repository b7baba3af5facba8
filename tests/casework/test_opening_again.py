"""A sealed case opens again when one person asks and another, who is named, agrees."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from casework.models import Assignment, Case, Seal
from casework.services.sealing import (
    ask_to_open,
    confirm_opening,
    refuse_opening,
    seal_case,
    withdraw_asking,
)
from core.services import Refused, Stale
from tests import factories
from tests.casework.sight import ALL, EXISTS, act, full_case, sees

pytestmark = pytest.mark.django_db
WHY = "The person who asked has left the district"


@pytest.fixture
def lead(office):
    return factories.user("safeguarding_lead", office)


@pytest.fixture
def legal(case):
    return factories.assignment(case, factories.user("legal_officer", case.office)).user


@pytest.fixture
def case(office, field_officer, lead):
    made = factories.assignment(full_case(office), field_officer).case
    act(seal_case, made, field_officer, reason="Invented reason")
    return Case.objects.get()


@pytest.fixture
def asked(case, field_officer):
    return act(ask_to_open, case, field_officer, reason=WHY)


def state():
    seal = Seal.objects.get()
    return seal.status, seal.asked_by, seal.opened_by, Case.objects.get().level


def test_asked_and_confirmed_by_the_pages(browser_client, field_officer, lead, legal, case, said):
    officer, page = browser_client(field_officer), browser_client(lead)
    answer = officer.post(f"/cases/{case.pk}/ask-to-open/", {"reason": WHY})
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/people/#knowing")
    assert f'href="/cases/{case.pk}/people/#knowing"' in page.get("/").content.decode()
    shown = said(page.get(f"/cases/{case.pk}/"))
    assert WHY in shown
    assert "Open the case again" in shown
    assert "Open the case again" not in said(officer.get(f"/cases/{case.pk}/"))
    seal = Seal.objects.get()
    answer = page.post(f"/seals/{seal.pk}/confirm/", {"version": seal.version})
    assert answer["Location"] == f"/cases/{case.pk}/people/#knowing"
    assert state() == ("opened", field_officer, lead, 1)
    assert sees(legal, case) == ALL
    assert f"/cases/{case.pk}/people/#knowing" not in page.get("/").content.decode()


def test_asked_and_confirmed_by_programs(api, field_officer, lead, case, recorded):
    answer = api(field_officer).post(f"cases/{case.pk}/ask-to-open/", {"reason": WHY})
    assert (answer.status_code, answer.json()["status"]) == (200, "asked")
    program, (seal,) = api(lead), api(lead).get("seals/?status=asked").json()["results"]
    assert (seal["asked_reason"], seal["asked_by"]) == (WHY, field_officer.username)
    path = f"seals/{seal['id']}/confirm/"
    assert program.post(path).status_code == 428
    answer = program.post(path, If_Match=f'"{seal["version"]}"')
    assert (answer.status_code, answer.json()["status"]) == (200, "opened")
    assert recorded("seal.ask") == [(field_officer.pk, seal["id"])]
    assert recorded("seal.confirm") == [(lead.pk, seal["id"])]


def test_opened_it_names_nobody_and_who_only_watched_leaves(field_officer, lead, case, asked):
    act(confirm_opening, asked, lead, version=asked.version)
    assert not Assignment.objects.filter(named=True).exists()
    in_force = Assignment.objects.in_force().values_list("user", flat=True)
    assert list(in_force) == [field_officer.pk]
    assert set(case.rescue_set.values_list("level", flat=True)) == {2}
    assert sees(field_officer, case) == ALL
    assert sees(lead, case) == EXISTS


def test_refused_it_stays_sealed_and_may_be_asked_again(browser_client, lead, case, asked):
    page = browser_client(lead)
    answer = page.post(f"/seals/{asked.pk}/refuse/", {"version": asked.version})
    assert answer.status_code == 302
    assert state() == ("sealed", None, None, 4)
    other = factories.assignment(case, factories.user("legal_officer"), named=True).user
    assert act(ask_to_open, case, other, reason=WHY).asked_by == other


def test_withdrawn_it_stays_sealed(browser_client, api, field_officer, case, asked):
    answer = browser_client(field_officer).post(f"/cases/{case.pk}/withdraw-asking/")
    assert answer.status_code == 302
    assert state() == ("sealed", None, None, 4)
    program = api(field_officer)
    program.post(f"cases/{case.pk}/ask-to-open/", {"reason": WHY})
    assert program.post(f"cases/{case.pk}/withdraw-asking/").json()["status"] == "sealed"


def test_who_may_decide_is_told_and_then_who_asked(field_officer, lead, case_manager, asked):
    def told(kind):
        return set(Notice.objects.filter(kind=kind).values_list("user", flat=True))

    assert told("opening-asked") == {lead.pk}  # the case manager is not named
    act(refuse_opening, asked, lead, version=asked.version)
    assert told("opening-decided") == {field_officer.pk}


def test_a_sealed_case_can_be_sealed_again_after_it_was_opened(field_officer, lead, case, asked):
    act(confirm_opening, asked, lead, version=asked.version)
    act(seal_case, Case.objects.get(), field_officer, reason=WHY)
    assert list(Seal.objects.order_by("created_at").values_list("status", flat=True)) == [
        "opened",
        "sealed",
    ]


# Refusals


def test_who_asked_does_not_confirm(office, lead, case):
    manager = factories.assignment(case, factories.user("case_manager"), named=True).user
    seal = act(ask_to_open, case, manager, reason=WHY)
    for verb in (confirm_opening, refuse_opening):
        with pytest.raises(Refused, match="second person"):
            act(verb, seal, manager, version=seal.version)
    assert state() == ("asked", manager, None, 4)


def test_who_is_not_named_decides_nothing(browser_client, api, case_manager, asked):
    page, version = browser_client(case_manager), {"version": asked.version}
    for step in ("confirm", "refuse"):
        assert page.post(f"/seals/{asked.pk}/{step}/", version).status_code == 404
        answer = api(case_manager).post(f"seals/{asked.pk}/{step}/", If_Match='"2"')
        assert answer.status_code == 404
    with pytest.raises(Case.DoesNotExist):
        act(confirm_opening, asked, case_manager, version=asked.version)
    assert state()[0] == "asked"


def test_an_officer_decides_nothing(api, browser_client, field_officer, asked):
    version = {"version": asked.version}
    answer = browser_client(field_officer).post(f"/seals/{asked.pk}/confirm/", version)
    assert answer.status_code in {403, 404}
    with pytest.raises(PermissionDenied):
        act(confirm_opening, asked, field_officer, version=asked.version)
    assert state()[0] == "asked"


def test_a_lead_who_only_watches_does_not_ask(lead, case):
    with pytest.raises(PermissionDenied):
        act(ask_to_open, case, lead, reason=WHY)


def test_nothing_is_decided_that_nobody_asked(case, lead):
    seal = Seal.objects.get()
    for verb in (confirm_opening, refuse_opening):
        with pytest.raises(Refused, match="not possible now: the status is “Sealed”"):
            act(verb, seal, lead, version=seal.version)
    assert state() == ("sealed", None, None, 4)


def test_what_changed_in_the_meantime_is_not_decided(field_officer, lead, case, asked):
    act(withdraw_asking, case, field_officer)
    act(ask_to_open, case, field_officer, reason="Another reason than before")
    with pytest.raises(Stale):
        act(confirm_opening, asked, lead, version=asked.version)
    assert state()[0] == "asked"


def test_asked_twice_is_refused_in_words(field_officer, case, asked):
    with pytest.raises(Refused, match="not possible now"):
        act(ask_to_open, case, field_officer, reason=WHY)


def test_a_short_reason_is_refused(api, field_officer, case):
    with pytest.raises(Refused, match="at least 10"):
        act(ask_to_open, case, field_officer, reason="x" * 9)
    answer = api(field_officer).post(f"cases/{case.pk}/ask-to-open/", {"reason": "x" * 9})
    assert list(answer.json()["errors"]) == ["reason"]


def test_only_who_asked_withdraws(case, asked):
    other = factories.assignment(case, factories.user("legal_officer"), named=True).user
    with pytest.raises(Refused, match="Only the person who asked"):
        act(withdraw_asking, case, other)


def test_an_open_case_has_nothing_to_open(field_officer, office):
    case = factories.assignment(factories.case(office), field_officer).case
    for verb, words in ((ask_to_open, {"reason": WHY}), (withdraw_asking, {})):
        with pytest.raises(Refused, match="not sealed"):
            act(verb, case, field_officer, **words)
