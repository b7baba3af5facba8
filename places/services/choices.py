"""Lists of choices in the words of the organisation: one code at a time, or from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Unpack

from django.utils.translation import gettext_lazy

from core import audit, refusals
from core.services import amend, service
from core.verbs.arguments import Column
from places.adding import once
from places.choices import Choice
from places.columns import ChoiceColumns, NewChoice
from places.wording import KnownChoices, check, made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.access import Actor

KEEP = "places.keep_choice"
TWICE = refusals.gettext_lazy("This list has this code already.")


@service(KEEP, fresh=True, label=gettext_lazy("Change a choice"))
def change_choice(
    choice: Choice, *, version: int, actor: Actor, **changes: Unpack[ChoiceColumns]
) -> Choice:
    """Name it in your words, give it another order, or say from when until when forms offer it.
    Its code and its meaning stay. Raises `Stale`."""
    check(choice, changes)
    return _changed(choice, version, changes, actor)


@service(KEEP, fresh=True, label=gettext_lazy("Add a choice"))
def add_choice(
    *,
    listed: str,
    code: str,
    counts_as: Annotated[str, Column(blank=True)] = "",
    actor: Actor,
    **of: Unpack[ChoiceColumns],
) -> Choice:
    """A code of your own, so that forms offer it. It cannot be deleted later."""
    row = made(listed, code, counts_as)
    check(row, of)
    with once(TWICE, "code"):
        Choice.objects.bulk_create([_saying(row, of)])
    audit.record("choice.added", row, actor=actor)
    return row


@service(KEEP, fresh=True, label=gettext_lazy("From a table"))
def change_choices(*, rows: Sequence[NewChoice], actor: Actor) -> list[Choice]:
    """All lines are saved, or none. Faults are shown line by line first."""
    known, done = KnownChoices(), []
    for new in rows:
        row, changes = known.take(new)
        if row._state.adding:
            with once(TWICE, "code"):
                _saying(row, changes).save(force_insert=True)
            audit.record("choice.added", row, actor=actor)
        else:
            row = _changed(row, row.version, changes, actor)
            known.rows[row.listed, row.code] = row
        done.append(row)
    return done


def _saying(row: Choice, says: ChoiceColumns) -> Choice:
    for name, value in says.items():
        setattr(row, name, value)
    return row


def _changed(row: Choice, version: int, changes: ChoiceColumns, actor: Actor) -> Choice:
    was = {name: getattr(row, name) for name in changes}
    changed = amend(row, version, **changes)
    fields = sorted(name for name in changes if was[name] != getattr(changed, name))
    audit.record("choice.changed", changed, actor=actor, fields=fields)
    return changed
