"""Survivors accused themselves: the guard on the case page, and suspects of the same name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEvent
from core.services import Refused, Stale
from prosecutions.models import Accusation
from prosecutions.services.namesakes import Namesake, survivor_named
from prosecutions.services.survivors import end_accusation, record_accusation
from tests import factories
from tests.api.world import REPORT
from tests.case_pages import pages_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)
GUARD = "Victims must not be punished for what they were forced to do."


@pytest.fixture
def person(case):
    return factories.involvement(case, code="S-2")


@pytest.fixture
def worker(case):
    return factories.assignment(case, factories.user("aftercare_worker", case.office)).user


@pytest.fixture
def page(browser_client, worker):
    return browser_client(worker)


def accuse(person, actor, **facts):
    return record_accusation(
        person, **({"offence": "theft", "accused_on": DAY} | facts), actor=actor
    )


def test_an_accusation_is_recorded_and_ends(person, worker, recorded):
    made = accuse(person, worker)
    with pytest.raises(Refused, match="already recorded"):
        accuse(person, worker)
    end = {"ended": "convicted", "ended_on": DAY + timedelta(days=9)}
    with pytest.raises(Refused, match="before it began"):
        end_accusation(
            made, version=1, ended="dropped", ended_on=DAY - timedelta(days=1), actor=worker
        )
    with pytest.raises(Refused, match="in the future"):
        end_accusation(made, version=1, ended="dropped", ended_on=date(2999, 1, 1), actor=worker)
    over = end_accusation(made, version=1, actor=worker, **end)
    assert (over.ended, over.version) == ("convicted", 2)
    with pytest.raises(Stale):
        end_accusation(made, version=1, actor=worker, **end)
    cleared = end_accusation(
        over, version=2, ended="set_aside", ended_on=date(2026, 9, 1), actor=worker
    )
    assert cleared.ended == "set_aside"
    assert accuse(person, worker), "after the end, another one"
    assert recorded("accusation.ended") == [(worker.pk, str(made.pk))] * 2
    assert len(recorded("accusation.recorded")) == 2


def test_an_accusation_has_begun(person, worker):
    with pytest.raises(Refused, match="in the future"):
        accuse(person, worker, accused_on=date(2999, 1, 1))


def test_who_may_not_is_refused(person, worker, office):
    made = accuse(person, worker)
    stranger = factories.user("aftercare_worker", office)
    counter = factories.user("data_officer", office)
    for actor in (stranger, counter):
        with pytest.raises(PermissionDenied):
            accuse(person, actor, offence="drugs")
        with pytest.raises(PermissionDenied):
            end_accusation(made, version=1, ended="dropped", ended_on=DAY, actor=actor)
    assert Accusation.objects.count() == 1


def test_while_it_is_open_everyone_on_the_case_is_warned(page, person, browser_client, said):
    address = f"/survivors/{person.pk}/accusations/new/"
    assert page.post(address, {"offence": "theft", "accused_on": DAY}).status_code == 302
    made = person.accusations.get()
    readers = [page, browser_client(factories.user("data_officer", person.case.office))]
    for reader in readers:
        shown = reader.get(f"/cases/{person.case_id}/people/")
        words = said(shown)
        assert "S-2, a survivor, is accused: Theft, since 4 May 2026." in words
        assert words.index(GUARD) < words.rindex("Survivors")
        pages = pages_of(person.case_id)[:-1]  # above all, but the timeline
        assert all(GUARD in said(reader.get(one)) for one in pages)
        assert 'href="/accused-survivors/"' in shown.content.decode()
        survivors = words[words.rindex("Survivors") :]
        assert "Accused: Theft, since 4 May 2026" in survivors
        assert GUARD in said(reader.get("/accused-survivors/"))
    address = f"/accusations/{made.pk}/end/"
    body = {"ended": "dropped", "ended_on": "2026-06-01", "version": "1"}
    assert page.post(address, body | {"ended_on": "2026-05-01"}).status_code == 409
    assert page.post(address, body).status_code == 302
    for reader in readers:
        assert GUARD not in said(reader.get(f"/cases/{person.case_id}/people/"))
        words = said(reader.get(f"/cases/{person.case_id}/court/"))
        assert GUARD not in words
        assert "Dropped" in words


def test_no_guard_without_an_accusation(page, person, said):
    words = said(page.get(f"/cases/{person.case_id}/court/"))
    assert "S-2" in words, "it is the page of the case"
    assert GUARD not in words


def test_whoever_only_knows_that_the_case_exists_is_not_told(person, worker, browser_client, said):
    accuse(person, worker)
    outside = browser_client(factories.user("field_officer", person.case.office))
    words = said(outside.get(f"/cases/{person.case_id}/court/"))
    assert person.case.reference in words, "that much is known"
    assert GUARD not in words


# The other half: the name of a suspect that is the name of a survivor of the case.


@pytest.fixture
def named(person):
    factories.Identity.objects.create(
        victim=person.victim, full_name="প্রিয়া দাস", latin_name="Priya Das"
    )
    return person


def compared():
    rows = AuditEvent.objects.filter(kind="read", action="names.compared")
    return [(row.actor_id, row.detail["ids"], row.subjects) for row in rows.order_by("at")]


@pytest.mark.parametrize("name", ["Priya Das", "  PRIYA  das ", "প্রিয়া দাস"])
def test_the_name_of_a_survivor_is_found_in_any_script(named, lawyer, name):
    assert survivor_named(named.case, names=[name], actor=lawyer) == Namesake(named)
    ((actor, ids, subjects),) = compared()
    assert (actor, ids) == (lawyer.pk, [str(named.pk)])
    assert {named.pk, named.case_id, named.victim_id} <= set(subjects)


@pytest.mark.parametrize("name", ["Priya", "Das", "Priya Dasgupta", "", "…", "\0"])
def test_another_name_is_not(named, lawyer, name):
    assert survivor_named(named.case, names=[name], actor=lawyer) is None
    assert [ids for _actor, ids, _subjects in compared()] == [[]]


def test_a_former_name_is_found(person, lawyer):
    factories.FormerIdentity.objects.create(
        victim=person.victim, field="full_name", value="Asha Roy", replaced_by=lawyer
    )
    factories.FormerIdentity.objects.create(
        victim=person.victim, field="contacts", value="Aunt Rani", replaced_by=lawyer
    )
    assert survivor_named(person.case, names=["asha roy"], actor=lawyer) == Namesake(person)
    assert survivor_named(person.case, names=["Aunt Rani"], actor=lawyer) is None


def test_survivors_of_other_cases_are_not_compared(case, lawyer):
    other = factories.assignment(user=lawyer).case
    there = factories.involvement(other)
    factories.Identity.objects.create(
        victim=there.victim, full_name="Priya Das", latin_name="Priya Das"
    )
    assert survivor_named(case, names=["Priya Das"], actor=lawyer) is None
    assert survivor_named(other, names=["Priya Das"], actor=lawyer) == Namesake(there)


def test_whoever_reads_no_names_is_told_nothing(named, lawyer, monkeypatch):
    has = type(lawyer).has_perm
    monkeypatch.setattr(
        type(lawyer),
        "has_perm",
        lambda user, perm, obj=None: perm != "victims.view_identity" and has(user, perm, obj),
    )
    assert survivor_named(named.case, names=["Priya Das"], actor=lawyer) is None
    ids = [ids for _actor, ids, _subjects in compared()]
    assert ids == [[]]


WARNING = "The name of S-2, a survivor, is that of a suspect of"


def test_whoever_adds_a_survivor_as_suspect_is_warned_once(named, browser_client, lawyer, said):
    page = browser_client(lawyer)
    body = {"role": "recruiter", "name": "Priya Das", "key": "k-1"}
    answer = page.post(f"/cases/{named.case_id}/suspects/new/", body)
    assert answer.status_code == 302
    assert str(named.pk) not in answer["Location"]
    assert "S-2" not in answer["Location"]
    assert named.case.suspect_set.count() == 1, "saved all the same"
    elsewhere = factories.assignment(user=lawyer).case
    assert WARNING not in said(page.get(f"/cases/{elsewhere.pk}/court/"))
    assert WARNING in said(page.get(f"/cases/{named.case_id}/court/"))
    assert WARNING not in said(page.get(f"/cases/{named.case_id}/court/"))


def test_whoever_names_a_suspect_as_a_survivor_is_warned(named, browser_client, lawyer, said):
    page, suspect = browser_client(lawyer), factories.suspect(named.case)
    body = {"name": "Priya Das", "version": str(suspect.perpetrator.version)}
    assert page.post(f"/suspects/{suspect.pk}/name/", body).status_code == 302
    assert WARNING in said(page.get(f"/cases/{named.case_id}/court/"))


def test_another_name_warns_nobody(named, browser_client, lawyer, said):
    page = browser_client(lawyer)
    for name in ("Invented Offender", ""):
        body = {"role": "recruiter", "name": name, "key": name}
        assert page.post(f"/cases/{named.case_id}/suspects/new/", body).status_code == 302
        assert "a survivor, is that of a suspect" not in said(
            page.get(f"/cases/{named.case_id}/court/")
        )


def test_a_program_is_warned_in_the_answer(named, api, lawyer):
    caller = api(lawyer)
    body = {"case": str(named.case_id), "role": "recruiter", "name": "priya das"}
    added = caller.post("suspects/", body)
    assert added.status_code == 201
    assert added.json()["warnings"][0].startswith(WARNING)
    one = f"suspects/{added.json()['id']}/name/"
    other = caller.post(one, {"name": "Invented Offender"}, If_Match='"1"')
    assert (other.status_code, other.json()["warnings"]) == (200, [])
    again = caller.post(one, {"name": "Priya Das"}, If_Match='"2"')
    assert again.json()["warnings"][0].startswith(WARNING)


@pytest.fixture
def in_the_field(case, office):
    """Who logs rescues, names nobody, and reads the names of the survivors of the case."""
    return factories.assignment(case, factories.user("field_officer", office)).user


def report(case, *names):
    arrested = [{"role": "recruiter", "name": name} for name in names]
    arrested.append({"role": "guard"})
    return REPORT | {"case": str(case.pk), "people": [], "needs": [], "arrests": arrested}


def test_a_survivor_named_as_arrested_in_a_rescue_is_warned_of(named, api, in_the_field):
    caller = api(in_the_field)
    sent = report(named.case, "Invented Offender", " priya DAS", "প্রিয়া দাস")
    logged = caller.post("rescue-reports/", sent)
    assert logged.status_code == 201, logged.content
    (warning,) = logged.json()["warnings"]
    assert warning.startswith(WARNING)
    assert GUARD in warning
    assert named.case.suspect_set.count() == 4, "saved all the same"
    ((actor, ids, subjects),) = compared()
    assert (actor, ids) == (in_the_field.pk, [str(named.pk)])
    assert {named.pk, named.case_id, named.victim_id} <= set(subjects)


@pytest.mark.parametrize(("names", "read"), [(("Invented Offender",), [[]]), ((), [])])
def test_others_arrested_in_a_rescue_warn_of_nobody(named, api, in_the_field, names, read):
    """Without a name nothing is read."""
    logged = api(in_the_field).post("rescue-reports/", report(named.case, *names))
    assert (logged.status_code, logged.json().get("warnings")) == (201, []), logged.content
    assert [ids for _actor, ids, _subjects in compared()] == read


def test_an_arrest_in_a_rescue_is_compared_with_survivors_of_its_case_only(
    named, api, in_the_field
):
    other = factories.assignment(user=in_the_field, case=factories.case(named.case.office)).case
    logged = api(in_the_field).post("rescue-reports/", report(other, "Priya Das"))
    assert logged.json()["warnings"] == []
    sent = report(other, "Priya Das")
    del sent["case"]
    opened = api(in_the_field).post("rescue-reports/", sent)
    assert (opened.status_code, opened.json()["warnings"]) == (201, [])


def test_a_program_records_an_accusation_and_its_end(api, worker, person):
    caller = api(worker)
    body = {"involvement": str(person.pk), "offence": "documents", "accused_on": "2026-05-04"}
    made = caller.post("accusations/", body)
    assert made.status_code == 201, made.content
    assert len(caller.get("accusations/?open=true").json()["results"]) == 1
    end = {"ended": "acquitted", "ended_on": "2026-06-01"}
    address = f"accusations/{made.json()['id']}/end/"
    assert caller.post(address, end).status_code == 428
    assert caller.post(address, end, If_Match='"1"').json()["ended"] == "acquitted"
    assert caller.get("accusations/?open=true").json()["results"] == []
