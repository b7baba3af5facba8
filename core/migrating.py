"""Migrations of an empty database in seconds.

After each operation Django makes the class of the changed model anew, and those of all models
related to it, however far. Here nearly all are related, and that is nine tenths of the time it
takes to migrate. To change a table only its own class is needed; Django makes all of them anew
before it hands them to code of ours (`RunPython`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.state import ProjectState

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


def only_itself(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> AbstractSet[tuple[str, str]]:
    """Say which models are made anew with this one: none, until `RunPython` wants them."""
    state.is_delayed = True
    return {(app_label, model_name)}


def make_fewer_models() -> None:
    ProjectState._find_reload_model = only_itself  # type: ignore[attr-defined]  # Django's own
