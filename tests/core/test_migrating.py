"""A migration makes one model anew; code of ours in a migration sees all of them anew. An edited
word makes no migration."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.management import call_command
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ModelState, ProjectState

from core.management.commands import makemigrations
from core.models import Job


def _state() -> ProjectState:
    state = ProjectState()
    key = ("id", models.AutoField(primary_key=True))
    state.add_model(ModelState("places", "Court", [key]))
    to_court = models.ForeignKey("places.Court", models.CASCADE, related_name="hearings")
    state.add_model(ModelState("places", "Hearing", [key, ("court", to_court)]))
    _ = state.apps  # from here on classes are kept
    return state


def test_only_the_changed_model_is_made_anew():
    state = _state()
    hearing, court = (state.apps.get_model("places", name) for name in ("Hearing", "Court"))
    state.add_field(
        "places", "court", "seats", models.IntegerField(null=True), preserve_default=True
    )
    assert state.apps.get_model("places", "Court") is not court
    assert state.apps.get_model("places", "Hearing") is hearing


def test_code_in_a_migration_sees_models_that_fit_each_other():
    state = _state()
    state.add_field(
        "places", "court", "seats", models.IntegerField(null=True), preserve_default=True
    )
    state.clear_delayed_apps_cache()  # what RunPython does first
    court = state.apps.get_model("places", "Court")
    assert state.apps.get_model("places", "Hearing")._meta.get_field("court").related_model is court
    assert court._meta.get_field("seats")


def changes(before: models.Field, after: models.Field, **meta: object) -> list[str]:
    """What `makemigrations` finds when a field of a court becomes another."""
    key = ("id", models.AutoField(primary_key=True))
    states = [ProjectState(), ProjectState()]
    for state, field in zip(states, (before, after), strict=True):
        state.add_model(ModelState("places", "Court", [key, ("level", field)], dict(meta)))
        meta = {"verbose_name": "another", "verbose_name_plural": "others"} if meta else {}
    graph = MigrationGraph()
    graph.add_node(("places", "0001_initial"), None)
    found = makemigrations.Command.autodetector(*states).changes(graph)
    return [one.describe() for each in found.values() for m in each for one in m.operations]


WORDS = {
    "a label": ({"verbose_name": "Level"}, {"verbose_name": "How high"}),
    "a help text": ({}, {"help_text": "Of the court."}),
    "a choice": ({"choices": [("high", "High")]}, {"choices": [("high", "High"), ("low", "Low")]}),
    "a message": ({}, {"error_messages": {"blank": "Say which."}}),
    "a check of what is typed": ({}, {"validators": [MinLengthValidator(2, "Too short.")]}),
}


@pytest.mark.parametrize(("before", "after"), WORDS.values(), ids=WORDS)
def test_an_edited_word_makes_no_migration(before: dict, after: dict) -> None:
    one, other = (models.CharField(max_length=9, **words) for words in (before, after))
    assert changes(one, other) == []
    arrays = (ArrayField(models.CharField(max_length=9, **words)) for words in (before, after))
    assert changes(*arrays) == []
    assert changes(one, other, verbose_name="court") == []


def test_what_changes_a_table_makes_one() -> None:
    text = models.CharField(max_length=9, choices=[("high", "High")])
    assert changes(text, models.CharField(max_length=10)) == ["Alter field level on court"]
    assert changes(text, models.CharField(max_length=9, null=True)) == [
        "Alter field level on court"
    ]
    wider = ArrayField(models.CharField(max_length=10))
    assert changes(ArrayField(models.CharField(max_length=9)), wider) == [
        "Alter field level on court"
    ]


def test_the_message_of_a_constraint_is_a_word() -> None:
    states = [ProjectState(), ProjectState()]
    for state, message in zip(states, ("No.", "Not so."), strict=True):
        rule = models.CheckConstraint(
            name="high", condition=models.Q(id__gt=0), violation_error_message=message
        )
        key = ("id", models.AutoField(primary_key=True))
        state.add_model(ModelState("places", "Court", [key], {"constraints": [rule]}))
    graph = MigrationGraph()
    graph.add_node(("places", "0001_initial"), None)
    assert makemigrations.Command.autodetector(*states).changes(graph) == {}


@pytest.mark.nightly
@pytest.mark.django_db(databases=["default", "aside"])
def test_a_label_of_the_product_makes_no_migration_and_a_length_does(monkeypatch) -> None:
    """Asked of the whole product, as `make check` does."""
    field = Job._meta.get_field("kind")
    monkeypatch.setattr(field, "verbose_name", "sort")
    monkeypatch.setattr(field, "choices", [("tell", "Tell")])
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    monkeypatch.setattr(field, "max_length", 61)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_migration_of_ours_holds_a_word() -> None:
    for app in settings.OUR_APPS:
        for path in (settings.BASE_DIR / app).glob("migrations/[0-9]*.py"):
            said = path.read_text(encoding="utf-8")
            assert not re.search(r"\b(choices|verbose_name|help_text|error_messages)=", said), path
