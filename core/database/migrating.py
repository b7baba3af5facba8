"""Migrations hold the schema, and no words; those of an empty database take seconds.

Words. A label, a help text, a choice and a message change nothing in a table. Django writes a
migration for each of them all the same. Here both of the states that it compares are read without
them, so an edited word makes none (`makemigrations`, `migrate`).

Seconds. After each operation Django makes the class of the changed model anew, and those of all
models related to it, however far. Here nearly all are related, and that is nine tenths of the time
it takes to migrate. To change a table only its own class is needed; Django makes all of them anew
before it hands them to code of ours (`RunPython`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ProjectState
from django.db.models import Field

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# Of a field, of a model, of a constraint.
WORDS = {"verbose_name", "help_text", "choices", "error_messages", "validators"}
NAMES = {"verbose_name", "verbose_name_plural"}
MESSAGE = {"violation_error_message"}


class SchemaOnly(MigrationAutodetector):
    """Finds what changed in tables, and not what changed in words."""

    def __init__(
        self, from_state: ProjectState, to_state: ProjectState, *args: Any, **kwargs: Any
    ) -> None:
        for state in (from_state, to_state):
            for model in state.models.values():
                model.fields = {name: _without(WORDS, it) for name, it in model.fields.items()}
                model.options = _schema_of(model.options)
        super().__init__(from_state, to_state, *args, **kwargs)


def _schema_of(options: dict[str, Any]) -> dict[str, object]:
    kept = {name: value for name, value in options.items() if name not in NAMES}
    rules = [_without(MESSAGE, rule) for rule in kept.get("constraints", ())]
    return {**kept, **({"constraints": rules} if rules else {})}


def _without(words: set[str], made: Any) -> Any:
    """The same field or constraint, made anew without its words."""
    *_name, args, kwargs = made.deconstruct()
    kept = {name: value for name, value in kwargs.items() if name not in words}
    if isinstance(base := kept.get("base_field"), Field):  # of an array
        kept["base_field"] = _without(words, base)
    return type(made)(*args, **kept)


def only_itself(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> AbstractSet[tuple[str, str]]:
    """Say which models are made anew with this one: none, until `RunPython` wants them."""
    state.is_delayed = True
    return {(app_label, model_name)}


def make_fewer_models() -> None:
    ProjectState._find_reload_model = only_itself  # type: ignore[attr-defined]  # Django's own
