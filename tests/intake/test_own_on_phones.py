"""An organisation's own questions on an enrolled phone: their words go there, answers come back."""

from __future__ import annotations

import json

import pytest

from casework.models import Rescue
from intake.models import Box
from intake.phones import wording
from questions.models import Reply, ReplyWords
from tests import factories
from tests.factories import questions as made
from tests.intake.phone import Device
from tests.intake.test_own_questions import GIVEN, SAID, fishing
from tests.meta.tables import query

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(field_officer):
    return Device(field_officer, knows="-")


def own(asked, **said):
    """As a phone seals them."""
    sealed = {code: value if isinstance(value, list) else [value] for code, value in said.items()}
    return {f"own-{asked.pk}-{code}": value for code, value in sealed.items()}


def titles(content):
    return [each["title"] for each in content["sets"]]


def test_a_phone_keeps_the_sets_of_its_person(browser_client, field_officer, office):
    asked = fishing(identity=True)
    fishing(title="Ours", office=office, programmes=["bonded_labour"])
    fishing(title="Reefs", office=factories.office("manila", "PH-MNL"))
    fishing(title="A draft", state="draft")
    fishing(title="Of a case", noun="case")
    page = browser_client(field_officer).get("/field/phones/new/").context["places"]
    content = json.loads(page)["asked"]
    assert titles(content) == ["Fishing boats", "Ours"]
    assert content["sets"][1]["programmes"] == ["bonded_labour"]
    assert content["sets"][0]["id"] == str(asked.pk)
    assert [question["code"] for question in content["sets"][0]["questions"]] == [*SAID]
    assert content["words"]["not_answered"] == "Not answered"
    assert wording.for_phone(factories.user("aftercare_worker", office))["sets"] != []
    assert wording.for_phone(factories.user("auditor", office))["sets"] == []


def test_it_is_told_of_new_ones_when_it_delivers(phone, office):
    def receipt():
        return phone.deliver(phone.seal()).json()

    first = receipt()["asked"]
    assert (first["sets"], first["words"]) == ([], {})
    phone.knows = first["mark"]
    assert "asked" not in receipt()
    fishing()
    told = receipt()["asked"]
    assert titles(told) == ["Fishing boats"]
    phone.knows = told["mark"]
    assert "asked" not in receipt()
    phone.knows = None
    assert "asked" not in receipt(), "a page from before an update knows of no such thing"


def test_a_phone_that_is_ended_is_told_nothing(phone):
    fishing()
    box = phone.seal()
    type(phone.row).objects.update(ended_at="2026-11-20T00:00:00Z", ended_for="lost")
    assert "asked" not in phone.deliver(box).json()


def test_the_list_of_phones_renews_those_of_its_person_alone(
    browser_client, phone, field_officer, case_manager
):
    fishing()
    html = browser_client(field_officer).get("/field/phones/").content.decode()
    assert "data-asked=" in html
    assert "Fishing boats" in html
    assert "data-asked=" not in browser_client(case_manager).get("/field/phones/").content.decode()


@pytest.mark.parametrize("identity", [False, True])
def test_answers_arrive_with_the_rescue_once(phone, identity):
    asked = fishing(identity=identity)
    box = phone.seal(**own(asked, **SAID))
    assert [phone.deliver(box).json()["taken"] for _ in range(2)] == [True, True]
    reply = Reply.objects.get()
    assert reply.about == Rescue.objects.get().pk
    assert reply.answers == ({} if identity else GIVEN)
    if identity:
        assert json.loads(str(ReplyWords.objects.get().text)) == GIVEN
        assert "drift" not in str(query("select * from questions_replywords"))


@pytest.mark.parametrize("change", [{"state": "retired"}, {"programmes": ["bonded_labour"]}])
def test_what_is_asked_no_longer_waits_and_shows_what_was_written(
    browser_client, phone, field_officer, change
):
    """Nothing is lost; emptied, the rescue is saved without it."""
    asked = fishing()
    box = phone.seal(**own(asked, **SAID))
    for name, value in change.items():
        setattr(asked, name, value)
    asked.keep(*change)
    assert phone.deliver(box).json()["taken"] is False
    assert not Rescue.objects.exists()
    row = Box.objects.get()
    assert row.waits_for == "refused"
    assert "Fishing boats" in str(row.words)
    page = browser_client(field_officer)
    html = page.get(f"/field/boxes/{box.id}/").content.decode()
    assert f'name="own-{asked.pk}-boats" value="2"' in html
    assert f'href="#id_own-{asked.pk}-at_sea"' in html
    sent = {"key": str(box.id), "place": "place:IN-WB-KOL", "programme": "csec"}
    assert page.post(f"/field/boxes/{box.id}/", sent).status_code == 201
    assert (Rescue.objects.count(), Reply.objects.count()) == (1, 0)
    row.refresh_from_db()
    assert row.state == "taken"


def test_a_hundred_long_answers_fit_into_a_box(phone):
    """Of several sets, in a script that takes three bytes a sign."""
    many = [made.question(f"question_{n}") for n in range(100)]
    sets = [fishing(title=f"Set {n}", questions=many) for n in range(3)]
    said = {each["code"]: "ক" * 2000 for each in many}
    answers = {name: value for asked in sets for name, value in own(asked, **said).items()}
    assert phone.deliver(phone.seal(**answers)).json()["taken"] is True
    assert [len(reply.answers) for reply in Reply.objects.all()] == [100] * 3


def test_what_a_phone_makes_up_waits_too(phone):
    fishing()
    box = phone.seal(**{"own-1-x": ["y"]})
    assert phone.deliver(box).json()["taken"] is False
    assert "There is no such question here: 'own-1-x'." in str(Box.objects.get().words)
