"""Each wall alone: where the other is down, no canary of a closed case is seen (N2)."""

from __future__ import annotations

import pytest

from core.access import CaseRows, ScopedQuerySet
from tests.meta.canaries import POINTING, standing
from tests.meta.matrix import NAMED
from tests.meta.relations import PEOPLE, may, own
from tests.meta.sweep import Sweep
from tests.meta.tables import LEVELS, OWN, PARTS, execute, table, walled
from tests.whole import WHOLE

pytestmark = pytest.mark.django_db

PERSONS = ("case_manager in the office", "field_officer in the office", "prosecutor in the office")
ASKING = PERSONS if WHOLE else PERSONS[:1]
CLOSED = (None, "other office", "sealed", "conflicted, on the team", "disclosure expired")


def in_scope(person, user, canary):
    """Whether a wall opens this row; the second knows no permissions, so none are asked here."""
    tables = {canary.table, *(POINTING[canary.table] if canary.field == "id" else ())}
    relation = standing(canary.relation)
    return any(
        (name not in NAMED and may(person, relation, LEVELS[name], PARTS.get(name)))
        or (name in OWN and own(person, relation, name))
        for name in tables
    )


def shown_beyond(world, name):
    """Canaries of rows out of scope, by the call that shows them; and how many calls showed any."""
    person = PEOPLE[name]
    sweep, found, showing = Sweep(world, person), [], 0
    for call in sweep.calls():
        if call.method == "get" and call.relation in CLOSED:
            seen = sweep.seen(call)
            showing += bool(seen)
            found += [f"{call}: {c}" for c in seen if not in_scope(person, sweep.user, c)]
    return found, showing


def break_wall_1(monkeypatch):
    """Every query shows every row to whoever is signed in."""
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda self, user: self.all())
    monkeypatch.setattr(CaseRows, "opens", lambda self, case, user: False)


def break_wall_2():
    for model in walled():
        execute(f"alter table {table(model)} disable row level security")


@pytest.mark.parametrize("name", ASKING)
def test_the_database_alone_shows_nothing_closed(world, name, monkeypatch):
    break_wall_1(monkeypatch)
    found, showing = shown_beyond(world, name)
    assert found == []
    assert showing > (15 if WHOLE else 2)


@pytest.mark.parametrize("name", ASKING)
def test_the_querysets_alone_show_nothing_closed(world, name):
    break_wall_2()
    found, showing = shown_beyond(world, name)
    assert found == []
    assert showing > (15 if WHOLE else 2)


@pytest.mark.nightly
def test_without_both_walls_everything_is_seen(world, monkeypatch):
    """Else the two tests above would look away."""
    break_wall_1(monkeypatch)
    break_wall_2()
    found, _showing = shown_beyond(world, PERSONS[0])
    assert len({line.split(": ")[0] for line in found}) > (40 if WHOLE else 6)
