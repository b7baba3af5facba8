"""A tie to a person holds in every case of that person, and nobody learns how many there are."""

from __future__ import annotations

import pytest

from casework.models import Assignment, Conflict
from casework.services.conflicts import declare_conflict, lift_conflict
from core.services import Refused
from prosecutions.models import Perpetrator
from prosecutions.services.perpetrators import merge_perpetrators
from prosecutions.services.suspects import add_suspect
from tests import factories
from tests.casework.sight import act, full_case, sees
from victims.models import Involvement, Victim

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(full_case(office), field_officer).case


@pytest.fixture
def survivor(case):
    return case.involvement_set.get().victim


@pytest.fixture
def elsewhere(db):
    """A case of another office, closed to everyone of Kolkata."""
    return full_case(factories.office("manila", "PH-MNL"))


@pytest.fixture
def officer(field_officer, case, elsewhere):
    """Works in both offices, on both cases."""
    factories.membership(field_officer, "field_officer", elsewhere.office)
    factories.assignment(elsewhere, field_officer)
    return field_officer


def declare(case, actor, person, **words):
    return act(declare_conflict, case, actor, kind="relative", person=person.pk, **words)


def held(user):
    rows = Conflict.objects.in_force().filter(user=user)
    return set(rows.values_list("case", flat=True))


def test_it_holds_in_cases_the_declarer_cannot_see(
    case_manager, officer, survivor, case, elsewhere
):
    factories.involvement(elsewhere, survivor)
    conflict = declare(case, case_manager, survivor, user=officer)
    assert held(officer) == {case.pk, elsewhere.pk}
    assert sees(officer, elsewhere) == set()
    assert not Assignment.objects.in_force().filter(user=officer).exists()
    other = Conflict.objects.get(case=elsewhere)
    assert (other.declared_by, other.kind) == (case_manager, "relative")
    assert (other.level, other.office) == (1, elsewhere.office)
    assert sees(case_manager, elsewhere) == set()
    assert conflict.case == case


def test_the_answer_is_the_same_however_many_cases_there_are(api, case_manager, case):
    """Neither the declarer nor the person concerned sees a row of another case."""
    answers = []
    for places in (0, 3):
        person = factories.involvement(case).victim
        for _ in range(places):
            factories.involvement(factories.case(factories.office("manila", "PH-MNL")), person)
        body = {"case": str(case.pk), "kind": "friend", "person": str(person.pk)}
        user = factories.user("case_manager", case.office)
        told = api(case_manager).post("conflicts/", body | {"user": user.username})
        listed = api(case_manager).get(f"conflicts/?user={user.username}").json()["results"]
        own = api(user).get("conflicts/").json()["results"]
        answers.append((told.status_code, set(told.json()), len(listed), own))
    assert answers[0] == answers[1] == (201, set(told.json()), 1, [])


def test_a_sealed_case_is_one_of_them(case_manager, officer, survivor, case, elsewhere):
    factories.involvement(elsewhere, survivor)
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(level=4)
    declare(case, case_manager, survivor, user=officer)
    assert held(officer) == {case.pk, elsewhere.pk}
    assert Conflict.objects.get(case=elsewhere).level == 4


def test_it_follows_a_survivor_to_a_later_case(officer, survivor, case, elsewhere):
    declare(case, officer, survivor)
    assert sees(officer, elsewhere)
    Involvement.objects.create(case=elsewhere, victim=survivor, code="S-0")
    assert held(officer) == {case.pk, elsewhere.pk}
    assert sees(officer, elsewhere) == set()
    assert not Assignment.objects.in_force().filter(user=officer).exists()


def test_it_follows_a_row_that_is_given_another_person(officer, survivor, case, elsewhere):
    declare(case, officer, survivor)
    elsewhere.involvement_set.update(victim=survivor)
    assert held(officer) == {case.pk, elsewhere.pk}


def test_it_follows_a_suspect_by_the_verb(case_manager, officer, case):
    suspect = factories.suspect(case, name="Invented Offender")
    declare(case, officer, suspect.perpetrator)
    later = factories.assignment(factories.case(case.office), officer).case
    act(add_suspect, later, case_manager, role="owner", same_as=suspect)
    assert held(officer) == {case.pk, later.pk}
    assert sees(officer, later) == set()


def test_it_follows_records_found_to_be_one_person(officer, case, elsewhere):
    known, twin = factories.suspect(case), factories.suspect(elsewhere)
    declare(case, officer, known.perpetrator)
    data_officer = factories.user("data_officer", factories.office("global"))
    keep, other = twin.perpetrator, known.perpetrator
    act(merge_perpetrators, keep, data_officer, other=other)
    assert held(officer) == {case.pk, elsewhere.pk}
    third = factories.suspect(elsewhere, name="Third").perpetrator
    later = factories.suspect(factories.case(case.office))
    Perpetrator.objects.filter(pk=later.perpetrator_id).update(merged_into=keep)
    assert held(officer) == {case.pk, elsewhere.pk, later.case_id}
    assert third.merged_into is None


def test_declared_after_they_were_found_to_be_one_it_holds_in_all(
    officer, survivor, case, elsewhere
):
    twin = elsewhere.involvement_set.get().victim
    Victim.objects.filter(pk=survivor.pk).update(merged_into=twin)
    declare(case, officer, survivor)
    assert held(officer) == {case.pk, elsewhere.pk}


def test_other_people_and_other_cases_are_not_touched(officer, survivor, case, elsewhere):
    colleague = factories.assignment(elsewhere, factories.user("legal_officer")).user
    declare(case, officer, survivor)
    factories.involvement(elsewhere)
    assert held(officer) == {case.pk}
    assert held(colleague) == set()
    assert sees(colleague, elsewhere)


def test_a_tie_to_the_case_alone_stays_there(officer, survivor, case, elsewhere):
    act(declare_conflict, case, officer, kind="friend")
    factories.involvement(elsewhere, survivor)
    assert held(officer) == {case.pk}


# Lifting is each case's own


@pytest.fixture
def lifted(case_manager, officer, survivor, case, elsewhere):
    factories.involvement(elsewhere, survivor)
    conflict = declare(case, case_manager, survivor, user=officer)
    lead = factories.user("safeguarding_lead", case.office)
    act(lift_conflict, conflict, lead, reason="Another person of that name", version=1)
    return lead


def test_lifted_in_one_case_it_holds_in_the_others(lifted, officer, elsewhere):
    assert held(officer) == {elsewhere.pk}


def test_lifted_it_does_not_come_back_by_itself(lifted, officer, survivor, elsewhere):
    """What happens to the person's records is no new declaration."""
    twin = factories.involvement(elsewhere).victim
    Victim.objects.filter(pk=twin.pk).update(merged_into=survivor)
    assert held(officer) == {elsewhere.pk}


def test_declared_anew_it_holds_again(lifted, case_manager, officer, survivor, case, elsewhere):
    declare(case, case_manager, survivor, user=officer)
    assert held(officer) == {case.pk, elsewhere.pk}


# Who is chosen


def test_only_a_person_of_the_case_is_chosen(api, browser_client, case_manager, case, elsewhere):
    stranger = elsewhere.involvement_set.get().victim
    near = factories.involvement(factories.case(case.office)).victim
    body = {"case": str(case.pk), "kind": "friend"}
    answer = api(case_manager).post("conflicts/", body | {"person": str(stranger.pk)})
    assert answer.json()["errors"] == {"person": ["Not found, or not open to you."]}
    answer = api(case_manager).post("conflicts/", body | {"person": str(near.pk)})
    assert (answer.status_code, "not in this case" in answer.json()["detail"]) == (409, True)
    page = browser_client(case_manager)
    answer = page.post(f"/cases/{case.pk}/conflicts/new/", {"kind": "friend", "person": near.pk})
    assert answer.status_code == 400
    with pytest.raises(Refused, match="not in this case"):
        declare(case, case_manager, stranger)
    assert not Conflict.objects.exists()


def test_the_page_offers_people_by_code(browser_client, case_manager, field_officer, case):
    suspect, survivor = factories.suspect(case), case.involvement_set.get()
    page = browser_client(case_manager).get(f"/cases/{case.pk}/conflicts/new/").content.decode()
    assert f'<option value="{suspect.perpetrator_id}">{suspect.code}</option>' in page
    assert f'<option value="{survivor.victim_id}">{survivor.code}</option>' in page
    lead = browser_client(factories.user("safeguarding_lead", case.office))
    assert suspect.code not in lead.get(f"/cases/{case.pk}/conflicts/new/").content.decode()
