"""A set of questions is looked at, then added; for the youngest a part may not apply."""

from __future__ import annotations

import json

import pytest

from core.models import AuditEvent
from instruments.answers import scored
from instruments.checking import NotAnInstrument, checked
from instruments.models import Instrument
from instruments.services import SHIPPED, parsed
from tests import factories
from tests.factories import care

pytestmark = pytest.mark.django_db
INFANTS = 36  # months


@pytest.fixture
def data():
    """Licensed and invented; school and work from three years on."""
    found = json.loads(SHIPPED.read_text()) | {"code": "licensed", "name": "Invented, licensed"}
    for domain in found["domains"]:
        if domain["code"] == "economic":
            domain["from_months"] = INFANTS
    return found


@pytest.fixture
def manager(case_manager):
    return case_manager


@pytest.fixture
def worker(office):
    return factories.user("aftercare_worker", office)


@pytest.fixture
def used(data):
    return Instrument.objects.create(**checked(data))


def test_the_interface_shows_it_and_adds_what_was_shown(api, manager, worker, data, recorded):
    client = api(manager)
    seen = client.post("instruments/preview/", {"instrument": data})
    assert seen.status_code == 200, seen.content
    shown = seen.json()
    assert (shown["items"], shown["replaces"]) == (24, [])
    assert not Instrument.objects.filter(code="licensed").exists()
    other = {"instrument": data | {"name": "Another name"}, "digest": shown["digest"]}
    assert client.post("instruments/", other).status_code in (400, 409)
    assert not Instrument.objects.filter(code="licensed").exists()
    made = client.post("instruments/", {"instrument": data, "digest": shown["digest"]})
    assert made.status_code == 201, made.content
    ((actor, target),) = recorded("instrument.imported")
    assert (actor, str(target)) == (manager.pk, made.json()["id"])
    again = client.post("instruments/preview/", {"instrument": data})
    assert again.status_code in (400, 409)
    newer = client.post("instruments/preview/", {"instrument": data | {"edition": 2}})
    assert newer.json()["replaces"] == [1]
    wrong = client.post("instruments/preview/", {"instrument": {"code": "x"}})
    assert wrong.status_code == 400
    assert "instrument" in wrong.json()["errors"]
    for path in ("instruments/", "instruments/preview/"):
        assert api(worker).post(path, {"instrument": data}).status_code == 403


def test_no_text_of_it_stands_in_the_history(api, manager, data):
    for number, domain in enumerate(data["domains"]):
        domain["label"] = f"Licensed words {number}"
    client = api(manager)
    digest = client.post("instruments/preview/", {"instrument": data}).json()["digest"]
    assert client.post("instruments/", {"instrument": data, "digest": digest}).status_code == 201
    kept = list(AuditEvent.objects.values_list("detail", flat=True))
    assert "Licensed words" not in json.dumps(kept, default=str)


def test_only_the_neutral_set_ships():
    shipped = {
        one.name
        for one in SHIPPED.parent.glob("*.json")
        if "domains" in json.loads(one.read_text())
    }
    assert shipped == {"neutral-1.json"}


def test_the_page_shows_it_before_it_adds_it(browser_client, manager, worker, data, said):
    page, path = browser_client(manager), "/instruments/new/"
    body = {"instrument": json.dumps(data), "key": "k"}
    words = said(page.post(path, body))
    assert "This would be added" in words
    assert "from 36 months" in words
    assert not Instrument.objects.filter(code="licensed").exists()
    digest = page.post(path, body).context["preview"].digest
    assert page.post(path, body | {"digest": "0" * 64}).status_code == 409
    assert page.post(path, body | {"digest": digest, "key": "m"}).status_code == 302
    assert Instrument.objects.get(code="licensed").is_offered
    wrong = page.post(path, {"instrument": "{", "key": "n"})
    assert "line 1, column 2" in said(wrong)
    assert browser_client(worker).get(path).status_code == 403


def test_what_is_left_out_is_outside_the_score_and_half_of_the_rest_is_needed(used):
    economic = {item["code"] for item in used.domains[3]["items"]}
    rest = {c: s for c, s in care.all_at(3, used).items() if c not in economic}
    assert scored(used, rest, ["economic"]).restored is True
    assert "economic" not in scored(used, rest, ["economic"]).domains
    assert scored(used, rest).restored is None  # of whom it applies, and was not answered
    safety = [item["code"] for item in used.domains[0]["items"]]
    half = {c: s for c, s in rest.items() if c not in safety[:2]}
    assert scored(used, half, ["economic"]).restored is None  # one of three


def test_a_set_of_which_nothing_applies_to_infants_is_refused(data):
    for domain in data["domains"]:
        domain["from_months"] = INFANTS
    with pytest.raises(NotAnInstrument, match="every age"):
        checked(data)


def test_a_number_of_thousands_of_digits_is_refused_in_words():
    with pytest.raises(NotAnInstrument, match="too long"):
        parsed('{"edition": ' + "9" * 5000 + "}")
