"""Whoever has a tie to someone in a case is kept out at once, until somebody else lifts it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from casework.models import Assignment, Case, Conflict
from casework.services.cases import assign
from casework.services.conflicts import declare_conflict, lift_conflict
from core.services import Refused, Stale
from tests import factories
from tests.casework.sight import ALL, EXISTS, act, full_case, sees

pytestmark = pytest.mark.django_db
WHY = "It was a cousin of the same name"


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(full_case(office), field_officer).case


@pytest.fixture
def lead(office):
    return factories.user("safeguarding_lead", office)


@pytest.fixture
def held(case, case_manager, field_officer):
    """Declared by the case manager about the field officer."""
    return act(declare_conflict, case, case_manager, kind="relative", user=field_officer)


def declare_page(case):
    return f"/cases/{case.pk}/conflicts/new/"


def test_an_own_conflict_closes_the_case_and_says_so(browser_client, field_officer, case, said):
    page = browser_client(field_officer)
    form = said(page.get(declare_page(case)))
    assert "Who has the tie" not in form  # for oneself only
    answer = page.post(declare_page(case), {"kind": "friend"}, follow=True)
    assert answer.redirect_chain == [("/?note=conflict-declared", 302)]
    assert "Your conflict of interest is recorded" in said(answer)
    assert case.reference not in said(answer)
    assert page.get(f"/cases/{case.pk}/people/").status_code == 404
    assert sees(field_officer, case) == set()
    assert not Assignment.objects.in_force().exists()
    conflict = Conflict.objects.get()
    assert (conflict.user, conflict.declared_by, conflict.kind) == (
        field_officer,
        field_officer,
        "friend",
    )


def test_a_case_manager_declares_it_for_another(browser_client, case_manager, field_officer, case):
    page = browser_client(case_manager)
    words = {"kind": "relative", "user": field_officer.pk}
    answer = page.post(declare_page(case), words)
    assert answer["Location"] == f"/cases/{case.pk}/people/#knowing"
    assert sees(field_officer, case) == set()
    assert sees(case_manager, case) == ALL
    assert field_officer.name in page.get(f"/cases/{case.pk}/people/").content.decode()


def test_a_program_declares_it(api, lead, field_officer, case, recorded):
    body = {"case": str(case.pk), "kind": "employer", "user": field_officer.username}
    answer = api(lead).post("conflicts/", body)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["user"], told["declared_by"], told["about_person"]) == (
        field_officer.username,
        lead.username,
        False,
    )
    assert recorded("conflict.declared") == [(lead.pk, told["id"])]
    assert sees(field_officer, case) == set()


@pytest.mark.parametrize("role", ["field_officer", "data_officer", "safeguarding_lead"])
def test_whoever_sees_that_it_exists_keeps_out_of_it(api, role, case):
    person = factories.user(role, case.office)
    assert sees(person, case) >= {"Case"}
    body = {"case": str(case.pk), "kind": "friend"}
    assert api(person).post("conflicts/", body).status_code == 201
    assert sees(person, case) == set()


def test_whoever_is_shown_it_keeps_out_of_it(api, case):
    """A prosecutor from outside may write nothing else."""
    prosecutor = factories.disclosure(case).user
    outside = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    factories.break_glass(case, outside)
    for person in (prosecutor, outside):
        body = {"case": str(case.pk), "kind": "friend"}
        session = api(person).person  # to which the emergency belongs; a key has none
        told = session.post("/api/v1/conflicts/", body, content_type="application/json")
        assert told.status_code == 201
        assert sees(person, case) == set()


def test_it_bites_in_a_sealed_case_that_names_the_person(field_officer, case):
    Case.objects.update(level=4)
    Assignment.objects.update(named=True)
    assert sees(field_officer, case) == ALL
    act(declare_conflict, case, field_officer, kind="party")
    assert sees(field_officer, case) == set()


def test_it_bites_on_the_next_statement(field_officer, case):
    """Within the request that declares it, too."""

    def then_count(case, *, actor):
        declare_conflict(case, kind="party", actor=actor)
        return Case.objects.count(), Case.objects.visible_to(actor).count()

    assert act(then_count, case, field_officer) == (0, 0)


def test_case_managers_and_leads_of_the_office_are_told(case_manager, lead, field_officer, case):
    act(declare_conflict, case, field_officer, kind="friend")
    told = Notice.objects.filter(kind="conflict-declared").values_list("user", flat=True)
    assert set(told) == {case_manager.pk, lead.pk}


def test_who_is_kept_out_is_not_assigned(browser_client, case_manager, field_officer, case, held):
    page = browser_client(case_manager)
    answer = page.post(f"/cases/{case.pk}/assign/", {"user": field_officer.pk})
    assert answer.status_code == 409
    assert "conflict of interest" in answer.content.decode()
    with pytest.raises(Refused, match="conflict of interest"):
        act(assign, case, case_manager, user=field_officer)


# Refusals


def test_declared_twice_is_refused_in_words(case_manager, field_officer, case, held):
    with pytest.raises(Refused, match="already recorded"):
        act(declare_conflict, case, case_manager, kind="friend", user=field_officer)
    assert Conflict.objects.count() == 1


def test_an_officer_declares_none_for_another(api, field_officer, case_manager, case):
    body = {"case": str(case.pk), "kind": "friend", "user": case_manager.username}
    answer = api(field_officer).post("conflicts/", body)
    assert answer.status_code == 409
    assert "Ask a case manager" in answer.json()["detail"]
    assert not Conflict.objects.exists()


def test_a_case_one_does_not_see_is_unknown(browser_client, api, outsider, case):
    assert browser_client(outsider).get(declare_page(case)).status_code == 404
    body = {"case": str(case.pk), "kind": "friend"}
    assert list(api(outsider).post("conflicts/", body).json()["errors"]) == ["case"]
    with pytest.raises(PermissionDenied):
        act(declare_conflict, case, outsider, kind="friend")


def test_who_is_only_shown_a_case_declares_none_for_another(case, field_officer):
    manager = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    factories.break_glass(case, manager)
    with pytest.raises(PermissionDenied):
        act(declare_conflict, case, manager, kind="friend", user=field_officer)


# Lifting


def test_a_lead_lifts_it(browser_client, lead, field_officer, case, held):
    page = browser_client(lead)
    assert page.get(f"/conflicts/{held.pk}/lift/").status_code == 200
    words = {"reason": WHY, "version": held.version}
    answer = page.post(f"/conflicts/{held.pk}/lift/", words)
    assert answer["Location"] == f"/cases/{case.pk}/people/#knowing"
    held.refresh_from_db()
    assert (held.status, held.lifted_by, held.lifted_reason) == ("lifted", lead, WHY)
    assert sees(field_officer, case) == EXISTS  # of the office; the team is for others to decide


def test_a_program_lifts_it(api, lead, held, recorded):
    path, body = f"conflicts/{held.pk}/lift/", {"reason": WHY}
    assert api(lead).post(path, body).status_code == 428
    answer = api(lead).post(path, body, If_Match='"1"')
    assert (answer.status_code, answer.json()["status"]) == (200, "lifted")
    assert recorded("conflict.lifted") == [(lead.pk, str(held.pk))]


def test_who_declared_it_does_not_lift_it(case_manager, held):
    with pytest.raises(Refused, match="Somebody else"):
        act(lift_conflict, held, case_manager, reason=WHY, version=1)


def test_who_is_concerned_does_not_lift_it(browser_client, api, lead, case):
    manager = factories.user("case_manager", case.office)
    held = act(declare_conflict, case, lead, kind="relative", user=manager)
    assert browser_client(manager).get(f"/conflicts/{held.pk}/lift/").status_code == 404
    answer = api(manager).post(f"conflicts/{held.pk}/lift/", {"reason": WHY}, If_Match='"1"')
    assert answer.status_code == 404
    assert api(manager).get("conflicts/").json()["results"] == []
    assert Conflict.objects.get().status == "holds"


def test_an_officer_lifts_nothing(api, case, held):
    officer = factories.assignment(case, factories.user("legal_officer", case.office)).user
    answer = api(officer).post(f"conflicts/{held.pk}/lift/", {"reason": WHY}, If_Match='"1"')
    assert answer.status_code in {403, 404}


def test_lifted_twice_or_without_a_reason_is_refused(lead, held):
    with pytest.raises(Refused, match="at least 10"):
        act(lift_conflict, held, lead, reason="x" * 9, version=1)
    with pytest.raises(Stale):
        act(lift_conflict, held, lead, reason=WHY, version=7)
    lifted = act(lift_conflict, held, lead, reason=WHY, version=1)
    with pytest.raises(Refused, match="already lifted"):
        act(lift_conflict, lifted, lead, reason=WHY, version=2)


def test_one_tie_lifted_leaves_the_other(lead, case_manager, field_officer, case, held):
    person = case.involvement_set.get().victim_id
    act(declare_conflict, case, case_manager, kind="party", user=field_officer, person=person)
    act(lift_conflict, held, lead, reason=WHY, version=1)
    assert sees(field_officer, case) == set()
