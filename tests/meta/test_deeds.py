"""Every action the code records has words on the pages of the history, and every record a name."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings

from casework.services.court_bundles import GIVEN
from core.chain import removals
from core.workflow import Workflow
from desk.lists.files import FILED
from desk.lists.nouns import NOUNS
from desk.trail.deed_words import ACTIONS, PARTS, RECORDS, SEEN
from tests.meta.tables import walled

FORMER = ["case.plan_rescue"]  # is done no longer; older histories have it
RECORDERS = {"record", "record_each", "read", "read_rows", "record_sent", "sign_in"}
# Actions put together when they are recorded: as they are written, and what they can become.
MADE_UP = {
    "f'referral.answered_{step}'": ["referral.answered_accept", "referral.answered_decline"],
    "f'change.{outcome}'": ["change.confirmed", "change.refused"],
    "f'law.{outcome}'": ["law.confirmed", "law.refused", "law.withdrawn"],
    # In SEEN, but for these.
    "f'{self.model._meta.model_name}.form'": ["confirmation.form", "match.form"],
    "f'{self.model._meta.model_name}.refusal'": [],
    "ACTION": [removals.ACTION],
    "GIVEN": [GIVEN],
    "filed.deed": [filed.deed for filed in FILED],
    "noun.deed": [noun.deed for noun in NOUNS],
    "action": ["confirmation.retrieve", "match.retrieve", "victimmerge.retrieve"],
    "deed": [
        *("document.opened", "document.original", "key.issued", "key.rotated"),
        *("webhook.paused", "webhook.resumed"),
        *("consent.given", "consent.refused"),
    ],
    "'collect.ended' if phone.is_collect else 'phone.ended'": ["collect.ended", "phone.ended"],
    "'step.recorded' if done_on else 'step.planned'": ["step.recorded", "step.planned"],
    "f'{noun}.{name}'": [],  # the steps of workflows, below
}


@cache
def recorded():
    """The actions in the source: (where, the action as it is written)."""
    return list(_recorded())


def _recorded():
    for app in settings.OUR_APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                function = getattr(node, "func", None)
                if (
                    isinstance(function, ast.Attribute)
                    and isinstance(function.value, ast.Name)
                    and function.value.id == "audit"
                    and function.attr in RECORDERS
                ):
                    yield path.relative_to(settings.BASE_DIR).as_posix(), node.args[0]


def workflows():
    """By the name of its record, every workflow there is."""
    for app in settings.OUR_APPS:
        try:
            module = import_module(f"{app}.workflow")
        except ModuleNotFoundError:
            continue
        for value in vars(module).values():
            if isinstance(value, Workflow):
                (model,) = value.__orig_class__.__args__
                yield model._meta.model_name, value


def actions():
    found = [f"{noun}.{step}" for noun, workflow in workflows() for step in workflow.steps]
    for _where, node in recorded():
        constant = isinstance(node, ast.Constant)
        found += [node.value] if constant else MADE_UP.get(ast.unparse(node), [])
    return found


def unexplained():
    """Actions made up in a way this test does not know."""
    return [
        f"{where}: {ast.unparse(node)}"
        for where, node in recorded()
        if not isinstance(node, ast.Constant) and ast.unparse(node) not in MADE_UP
    ]


def wordless():
    return sorted(set(actions()) - ACTIONS.keys())


def test_every_action_has_words():
    assert unexplained() == []
    assert wordless() == []


def test_words_are_of_actions_there_are():
    assert sorted(ACTIONS.keys() - set(actions())) == FORMER
    assert {str(words) for words in SEEN.values()}


def test_no_word_stands_in_two_parts():
    assert sum(len(part.ACTIONS) for part in PARTS) == len(ACTIONS)
    assert sum(len(part.RECORDS) for part in PARTS) == len(RECORDS)


def test_every_record_of_a_case_has_a_name():
    assert {model._meta.label for model in walled()} <= RECORDS.keys()
    assert RECORDS.keys() <= {model._meta.label for model in apps.get_models()}


@pytest.mark.nightly
def test_an_action_without_words_is_found(monkeypatch):
    monkeypatch.delitem(ACTIONS, "case.read")
    monkeypatch.delitem(ACTIONS, "referral.answered_accept")
    assert wordless() == ["case.read", "referral.answered_accept"]


@pytest.mark.nightly
@pytest.mark.parametrize("how", ["f'{noun}.{name}'", "action"])
def test_an_action_nobody_explained_is_found(how, monkeypatch):
    monkeypatch.delitem(MADE_UP, how)
    assert [line.partition(": ")[2] for line in unexplained()] == [how]
