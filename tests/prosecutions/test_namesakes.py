"""The name of a suspect is that of a survivor: said to whoever writes it, from whichever side."""

from __future__ import annotations

import pytest

from core.models import AuditEvent
from prosecutions.services.namesakes import (
    Namesake,
    survivor_named,
    survivors_called,
    suspects_called,
)
from tests import factories
from victims.models import Identity

pytestmark = pytest.mark.django_db
WARNING = "The name of S-2, a survivor, is that of a suspect of"
NAME = {"full_name": "প্রিয়া দাস", "latin_name": "Priya Das"}


@pytest.fixture
def person(case):
    return factories.involvement(case, code="S-2")


@pytest.fixture
def named(person):
    Identity.objects.create(victim=person.victim, **NAME)
    return person


@pytest.fixture
def suspect(case):
    return factories.suspect(case)


def rename(suspect, name):
    suspect.perpetrator.name = name
    suspect.perpetrator.save()


def compared():
    rows = AuditEvent.objects.filter(kind="read", action="names.compared").order_by("at")
    return [(row.actor_id, row.detail["ids"]) for row in rows]


@pytest.mark.parametrize("name", ["Das Priya", "das  PRIYA", "দাস প্রিয়া"])
def test_the_words_of_a_name_stand_in_any_order(named, lawyer, name):
    assert survivor_named(named.case, names=[name], actor=lawyer) == Namesake(named)


@pytest.mark.parametrize("name", ["Priya Priya Das", "Das", "Priyadas"])
def test_other_words_are_another_name(named, lawyer, name):
    assert survivor_named(named.case, names=[name], actor=lawyer) is None


# From the side of the person


def test_a_person_is_compared_in_each_case_by_each_name(named, suspect, lawyer):
    elsewhere = factories.assignment(user=lawyer).case
    factories.suspect(elsewhere, perpetrator=suspect.perpetrator)
    there = factories.involvement(elsewhere, code="S-5")
    Identity.objects.create(victim=there.victim, full_name="Asha Roy", latin_name="Asha Roy")
    rename(suspect, "Roy Asha")
    suspect.perpetrator.aliases.create(name="Priya Das")
    found = survivors_called(suspect.perpetrator, actor=lawyer)
    assert set(found) == {Namesake(named), Namesake(there)}
    assert {one.warning.partition(". Was")[0] for one in found} == {
        f"{WARNING} {named.case.reference}",
        f"The name of S-5, a survivor, is that of a suspect of {elsewhere.reference}",
    }
    assert compared() == [(lawyer.pk, [str(named.pk), str(there.pk)])]


def test_survivors_of_cases_without_the_person_are_not_compared(named, lawyer):
    elsewhere = factories.suspect(factories.assignment(user=lawyer).case)
    rename(elsewhere, "Priya Das")
    assert survivors_called(elsewhere.perpetrator, actor=lawyer) == []


def test_whoever_describes_an_offender_is_warned_on_the_page(named, suspect, page, said):
    address = f"/perpetrators/{suspect.perpetrator_id}/"
    facts = {"kind": "individual", "sex": "unknown", "nationality": "", "born_year": ""}
    body = {"name": "Priya Das", "version": 1} | facts
    assert page.post(f"{address}describe/", body).status_code == 302
    assert WARNING in said(page.get(address))
    assert WARNING not in said(page.get(address)), "once"
    body |= {"name": "Invented Offender", "version": 2}
    assert page.post(f"{address}describe/", body).status_code == 302
    assert WARNING not in said(page.get(address))


def test_whoever_adds_another_name_is_warned_on_the_page(named, suspect, page, said):
    address = f"/perpetrators/{suspect.perpetrator_id}/"
    for key, name, warned in (("1", "Invented Alias", False), ("2", "Das Priya", True)):
        answer = page.post(f"{address}aliases/new/", {"name": name, "key": key})
        assert answer.status_code == 302
        assert (WARNING in said(page.get(address))) == warned


def test_a_suspect_known_by_another_name_is_warned_of(named, page, lawyer, said):
    known = factories.suspect(factories.assignment(user=lawyer).case)
    known.perpetrator.aliases.create(name="Priya Das")
    body = {"role": "recruiter", "same_as": f"{known.case.reference} {known.code}", "key": "k-1"}
    assert page.post(f"/cases/{named.case_id}/suspects/new/", body).status_code == 302
    assert WARNING in said(page.get(f"/cases/{named.case_id}/"))


def test_programs_that_describe_or_add_a_name_are_warned(named, suspect, api, lawyer):
    caller, one = api(lawyer), f"perpetrators/{suspect.perpetrator_id}/"
    answer = caller.patch(one, {"name": "Priya Das"}, If_Match='"1"')
    assert answer.json()["warnings"][0].startswith(WARNING)
    answer = caller.patch(one, {"name": "Invented Offender"}, If_Match='"2"')
    assert answer.json()["warnings"] == []
    body = {"perpetrator": str(suspect.perpetrator_id)}
    assert caller.post("aliases/", body | {"name": "Invented Alias"}).json()["warnings"] == []
    (warning,) = caller.post("aliases/", body | {"name": "Das Priya"}).json()["warnings"]
    assert warning.startswith(WARNING)
    added = {"case": str(named.case_id), "role": "guard"}
    known = factories.suspect(factories.assignment(user=lawyer).case)
    known.perpetrator.aliases.create(name="Priya Das")
    added = caller.post("suspects/", added | {"same_as": str(known.pk)})
    assert added.json()["warnings"][0].startswith(WARNING)


# From the side of the survivor


@pytest.fixture
def recorder(case, office):
    """Who writes down names, and sees the suspects."""
    return factories.assignment(case, factories.user("case_manager", office)).user


def told(person, **name):
    return Identity(victim=person.victim, **(NAME | name))


@pytest.mark.parametrize("said", ["Das Priya", "প্রিয়া দাস"])
def test_a_name_that_a_suspect_bears_is_found(person, suspect, recorder, said):
    rename(suspect, said)
    assert suspects_called(told(person), actor=recorder) == [Namesake(person)]
    assert compared() == [(recorder.pk, [str(person.pk)])]


def test_another_name_of_a_suspect_is_found(person, suspect, recorder):
    suspect.perpetrator.aliases.create(name="Priya Das")
    assert suspects_called(told(person), actor=recorder) == [Namesake(person)]


def test_suspects_of_other_cases_bear_what_they_like(person, recorder):
    rename(factories.suspect(factories.assignment(user=recorder).case), "Priya Das")
    assert suspects_called(told(person), actor=recorder) == []


def test_who_sees_no_suspects_is_told_of_none(person, suspect, office):
    rename(suspect, "Priya Das")
    elsewhere = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    assert suspects_called(told(person), actor=elsewhere) == []


def test_whoever_records_who_a_survivor_is_is_warned_once(
    person, suspect, browser_client, recorder, said
):
    rename(suspect, "Priya Das")
    page, case = browser_client(recorder), f"/cases/{person.case_id}/"
    body = {"full_name": "Priya Das", "key": "k-1"}
    answer = page.post(f"/people/{person.pk}/identify/", body)
    assert (answer.status_code, answer["Location"]) == (302, f"{case}people/#survivors")
    assert WARNING in said(page.get(case))
    assert WARNING not in said(page.get(case))


def test_whoever_corrects_a_name_is_warned(named, suspect, browser_client, recorder, said):
    rename(suspect, "Invented Offender")
    page, case = browser_client(recorder), f"/cases/{named.case_id}/"
    address = f"/people/{named.pk}/correct/"
    assert page.post(address, {"contacts": "Aunt", "version": 1}).status_code == 302
    assert compared() == [], "no name was changed"
    body = {"full_name": "Offender Invented", "version": 2}
    assert page.post(address, body).status_code == 302
    assert WARNING in said(page.get(case))


def test_programs_that_write_down_names_are_warned(person, suspect, api, recorder):
    rename(suspect, "Priya Das")
    caller = api(recorder)
    answer = caller.post(f"involvements/{person.pk}/identify/", {"full_name": "Das Priya"})
    assert answer.json()["warnings"][0].startswith(WARNING)
    one = f"identities/{answer.json()['id']}/"
    answer = caller.patch(one, {"full_name": "Asha Roy"}, If_Match='"1"')
    assert answer.json()["warnings"] == []
