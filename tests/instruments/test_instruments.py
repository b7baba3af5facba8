"""An instrument is checked before it is trusted, and scored as measures.md says."""

from __future__ import annotations

import copy
import json

import pytest
from django.core.management import CommandError, call_command

from instruments.answers import domain_score, scored
from instruments.checking import NotAnInstrument, checked
from instruments.models import Instrument
from instruments.services import SHIPPED
from tests.factories import care

pytestmark = pytest.mark.django_db
FOUR = [{"code": code, "label": code} for code in "abcd"]


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ({"a": 1, "b": 2, "c": 3, "d": 4}, 2.5),
        ({"a": 4, "b": 4}, 4.0),  # half of four
        ({"a": 4}, None),  # a quarter
        ({"a": 3, "b": None, "c": None}, 3.0),  # one of the two that apply
        ({"a": 3, "b": None, "c": None, "d": None}, 3.0),
        ({"a": 3, "b": None}, None),  # one of the three that apply
        (dict.fromkeys("abcd"), None),
        ({}, None),
    ],
)
def test_a_domain_counts_with_at_least_half_of_what_applies(answers, score):
    assert domain_score(FOUR, answers) == score


def test_restored_needs_every_domain_high_and_no_safety_item_at_one():
    used = care.instrument()
    good = care.all_at(3)
    assert scored(used, good).restored is True
    assert scored(used, good | {"abuse": 4, "threat": 4, "safety_plan": 1}).restored is False
    assert scored(used, good | {"food": 2}).restored is False  # 2.75
    assert scored(used, good | {"food": 1, "housing": 4, "health": 4}).restored is True
    assert scored(used, good | dict.fromkeys(("abuse", "threat", "safety_plan"))).restored is None


def test_a_missing_domain_is_not_scorable_however_bad_the_others():
    used = care.instrument()
    bad = {code: 1 for code in care.all_at(1) if code not in {"care", "health", "housing", "food"}}
    found = scored(used, bad)
    assert found.restored is None
    assert found.domains["physical"] is None
    assert found.domains["safety"] == 1


@pytest.fixture
def data():
    return json.loads(SHIPPED.read_text())


def test_what_ships_is_whole_and_ours(data):
    assert checked(copy.deepcopy(data)) == data
    assert [domain["code"] for domain in data["domains"]] == [
        *("safety", "legal", "mental", "economic", "social", "physical")
    ]
    assert sum(len(domain["items"]) for domain in data["domains"]) == 24
    assert care.instrument().domains == data["domains"]


def _at(data, path, value):
    *way, last = path
    for key in way:
        data = data[key]
    data[last] = value


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("code",), "No Code", "code:"),
        (("edition",), True, "edition:"),
        (("edition",), 0, "edition:"),
        (("name",), " ", "name:"),
        (("licence",), 7, "licence:"),
        (("domains",), [], "domains:"),
        (("domains",), {"a": 1}, "domains:"),
        (("domains", 0), "safety", "Each domain or item"),
        (("domains", 0, "items"), [], "safety: a list"),
        (("domains", 0, "items"), None, "safety: a list"),
        (("domains", 0, "items", 0), {"code": "a"}, "Each domain or item"),
        (
            ("domains", 0, "items", 0, "code"),
            "rights",
            "Each code of a domain or an item may be used only once",
        ),
        (
            ("domains", 1, "code"),
            "safety",
            "Each code of a domain or an item may be used only once",
        ),
        (("domains", 0, "label"), "", "label:"),
        (("restored",), [], "restored:"),
        (("restored", "least"), 5, "restored.least"),
        (("restored", "least"), "3", "restored.least"),
        (("restored", "no_item_at_one_in"), ["nowhere"], "no_item_at_one_in"),
        (("restored", "no_item_at_one_in"), [["safety"]], "no_item_at_one_in"),
        (("licence",), "no\x00text", "licence:"),
        (("domains", 0, "label"), "half \ud800", "label:"),
        (("domains", 0, "from_months"), "36", "from_months:"),
        (("domains", 0, "from_months"), 2000, "from_months:"),
        (("domains", 0, "until_months"), 36, "Each domain or item"),
        (("more",), 1, "An instrument has these parts"),
    ],
)
def test_what_is_no_instrument_is_refused_in_words(data, path, value, words):
    _at(data, path, value)
    with pytest.raises(NotAnInstrument, match=words):
        checked(data)


@pytest.mark.parametrize("wrong", [None, [], 3, "text", {}])
def test_what_is_not_even_shaped_like_one_is_refused(wrong):
    with pytest.raises(NotAnInstrument):
        checked(wrong)


def test_a_file_is_looked_at_first_and_then_adds_an_edition(data, tmp_path, capsys, recorded):
    file = tmp_path / "licensed.json"
    file.write_text(json.dumps(data | {"code": "licensed", "name": "Invented, licensed"}))
    call_command("import_instrument", str(file))
    shown = capsys.readouterr().out
    assert "Safety: 3 items" in shown
    assert "Nothing is added yet." in shown
    assert not Instrument.objects.filter(code="licensed").exists()
    call_command("import_instrument", str(file), "--add")
    assert "Added Invented, licensed 1." in capsys.readouterr().out
    file.write_text(json.dumps(data | {"code": "licensed", "edition": 2}))
    call_command("import_instrument", str(file), "--add")
    assert "Edition 1 is offered no more then." in capsys.readouterr().out
    offered = Instrument.objects.filter(code="licensed", is_offered=True)
    assert [row.edition for row in offered] == [2]
    assert len(recorded("instrument.imported")) == 2
    for again in (1, 2):
        file.write_text(json.dumps(data | {"code": "licensed", "edition": again}))
        with pytest.raises(CommandError, match="This edition or a later one is already here"):
            call_command("import_instrument", str(file), "--add")


def test_a_file_that_is_none_says_where(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"code": ')
    with pytest.raises(CommandError, match="line 1, column 10"):
        call_command("import_instrument", str(broken))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_instrument", str(tmp_path / "missing.json"))
    broken.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_instrument", str(broken))
