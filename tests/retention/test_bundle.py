"""A survivor gets what we hold of them: nobody else in it, and who saw it."""

from __future__ import annotations

import pytest
from django.apps import apps

from core.models import AuditEvent
from retention.bundle_contents import LEFT_OUT, SECTIONS
from tests import factories
from tests.factories import FACTORIES, care, papers, persons
from tests.retention.survivors import tables_of_a_survivor
from victims.models import FormerIdentity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def person(case_manager):
    """With a name, help received, and others in the same case."""
    case = factories.case()
    victim = factories.identity(case, full_name="Invented Own Name").victim
    part = case.involvement_set.get(victim=victim)
    factories.service_record(case, involvement=part)
    factories.identity(case, full_name="Invented Other Survivor")
    factories.suspect(case, name="Invented Offender")
    papers.note(case, text="Invented note about everybody")
    persons.particular(case)
    care.placement(case)
    return part


def ask(client, part):
    return client.post("access-bundles/", {"involvement": str(part.pk)})


def test_c7_nobody_else_is_in_it(api, case_manager, person):
    answer = ask(api(case_manager), person)
    assert answer.status_code == 200, answer.content
    text = answer.content.decode()
    assert "Invented Own Name" in text
    for other in ("Invented Other", "Invented Offender", "Invented note"):
        assert other not in text
    titles = [section["title"] for section in answer.json()["sections"]]
    assert titles[0] == "Who you are"
    assert "Help you received" in titles


def test_c7_it_says_who_saw_the_record_by_role(api, case_manager, person):
    api(case_manager).get(f"involvements/{person.pk}/")
    seen = ask(api(case_manager), person).json()["seen"]
    assert [line["who"] for line in seen] == ["Case manager, Kolkata"]
    assert case_manager.name not in str(seen)


def test_making_it_is_recorded(api, case_manager, person):
    ask(api(case_manager), person)
    event = AuditEvent.objects.get(action="bundle.made")
    assert event.actor_id == case_manager.pk
    assert person.victim_id in event.subjects


def test_only_who_sees_the_identity_makes_it(api, person):
    assert ask(api(factories.user("data_officer")), person).status_code == 403


def test_the_page_gives_a_file(browser_client, case_manager, person):
    client = browser_client(case_manager)
    assert (
        "A file for the survivor" in client.get(f"/survivors/{person.pk}/bundle/").content.decode()
    )
    answer = client.post(f"/survivors/{person.pk}/bundle/", {"language": "en"})
    assert answer["Content-Disposition"] == 'attachment; filename="record.html"'
    assert "Invented Own Name" in answer.content.decode()


def test_c8_what_is_put_right_keeps_what_it_said_for_those_who_must(api, case_manager, person):
    """What it said before stands beside it, for whoever sees identities."""
    row = person.victim.identity
    body, version = {"full_name": "Invented Corrected Name"}, f'"{row.version}"'
    assert (
        api(case_manager).patch(f"identities/{row.pk}/", body, If_Match=version).status_code == 200
    )
    told = ask(api(case_manager), person).content.decode()
    assert "Invented Corrected Name" in told
    assert "Invented Own Name" in told
    assert FormerIdentity.objects.get().value == "Invented Own Name"


def test_every_table_of_a_survivor_is_told_or_says_why_not():
    told = {label for _title, label, _path, _columns in SECTIONS}
    models = {apps.get_model(label)._meta.db_table for label in told | LEFT_OUT.keys()}
    assert told.isdisjoint(LEFT_OUT)
    assert models == tables_of_a_survivor()


def test_each_section_can_be_told(api, case_manager, person):
    """One row of each table, of this person."""
    case = person.case
    for _title, label, _path, columns in SECTIONS:
        model = apps.get_model(label)
        assert {f.name for f in model._meta.concrete_fields} >= set(columns)
        if label not in {"victims.Identity", "victims.Victim", "victims.Involvement"}:
            FACTORIES[model](case)
    answers = [ask(api(case_manager), part) for part in case.involvement_set.all()]
    assert {answer.status_code for answer in answers} == {200}
    titles = {section["title"] for answer in answers for section in answer.json()["sections"]}
    assert {str(title) for title, *_rest in SECTIONS} - titles == set()
