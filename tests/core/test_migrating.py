"""A migration makes one model anew; code of ours in a migration sees all of them anew."""

from __future__ import annotations

from django.db import models
from django.db.migrations.state import ModelState, ProjectState


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
