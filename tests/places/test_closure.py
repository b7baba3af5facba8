"""The database keeps the closure of the tree, whatever happens to the tree."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import (
    IntegrityError,
    OperationalError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from places.enums import JurisdictionLevel as Level
from places.models import Jurisdiction, JurisdictionClosure, jurisdiction_id
from tests.whole import examples

Place = Callable[..., Jurisdiction]
RANK = {level: rank for rank, level in enumerate(Level)}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(list(Level)), st.integers(0, 999), st.integers(0, 999), st.booleans()
    ),
    max_size=25,
)


def unsaved(number: int, level: Level, parent: Jurisdiction | None) -> Jurisdiction:
    code = f"ZZ-{number}"
    return Jurisdiction(
        id=jurisdiction_id(code),
        code=code,
        name=code,
        level=level,
        parent=parent,
        time_zone="Asia/Kolkata",
    )


def fits(level: str, parent: Jurisdiction | None) -> bool:
    """What the tree allows, said a second time, independently of the database."""
    if parent is None:
        return level == Level.COUNTRY
    return RANK[Level(parent.level)] < RANK[Level(level)]


def tried(write: Callable[[], Any]) -> bool:
    """Whether the database takes a write."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return False
    return True


def play(steps: list[tuple[Level, int, int, bool]], check: Callable[[], bool]) -> None:
    """Insert and move at random; each write is taken exactly when it fits."""
    nodes: list[Jurisdiction] = []
    for number, (level, one, two, moves) in enumerate(steps):
        parent = ([None, *nodes])[one % (len(nodes) + 1)]
        if moves and nodes:
            node = nodes[two % len(nodes)]
            rows = Jurisdiction.objects.filter(pk=node.pk)
            taken = tried(partial(rows.update, parent=parent))
            assert taken == fits(node.level, parent)
        else:
            node = unsaved(number, level, parent)
            taken = tried(partial(node.save, force_insert=True))
            assert taken == fits(level, parent)
            if taken:
                nodes.append(node)
        assert check()


@pytest.mark.django_db
def test_closure_is_the_tree_after_random_inserts_and_moves(
    closure_is_tree: Callable[[], bool],
) -> None:
    @settings(max_examples=examples(60), deadline=None)
    @given(STEPS)
    def story(steps: list[tuple[Level, int, int, bool]]) -> None:
        with transaction.atomic():
            play(steps, closure_is_tree)
            transaction.set_rollback(True)

    story()


@pytest.mark.django_db
@given(seed=st.integers(0, 99))
@settings(max_examples=examples(15), deadline=None)
def test_the_order_of_rows_in_a_statement_does_not_matter(seed: int) -> None:
    country = unsaved(0, Level.COUNTRY, None)
    state = unsaved(1, Level.STATE, country)
    rows = [country, state, unsaved(2, Level.CITY, state), unsaved(3, Level.CITY, country)]
    random.Random(seed).shuffle(rows)
    with transaction.atomic():
        Jurisdiction.objects.bulk_create(rows)
        found = set(
            JurisdictionClosure.objects.filter(ancestor=country).values_list(
                "descendant__code", "depth"
            )
        )
        transaction.set_rollback(True)
    assert found == {("ZZ-0", 0), ("ZZ-1", 1), ("ZZ-2", 2), ("ZZ-3", 1)}


def test_one_statement_may_turn_a_branch_over(
    place: Place, closure_is_tree: Callable[[], bool]
) -> None:
    country = place("ZZ")
    upper = place("ZZ-A", country)
    middle = place("ZZ-B", upper)
    lower = place("ZZ-C", middle)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE places_jurisdiction j SET parent_id = v.parent, level = v.level
               FROM (VALUES (%s::uuid, %s::uuid, 'city'), (%s, %s, 'state')) v(id, parent, level)
               WHERE j.id = v.id""",
            [upper.pk, middle.pk, middle.pk, country.pk],
        )
    assert closure_is_tree()
    assert not Jurisdiction.objects.within(upper).filter(pk=lower.pk).exists()


def test_a_cycle_is_refused(place: Place, closure_is_tree: Callable[[], bool]) -> None:
    state = place("ZZ-A", place("ZZ"))
    city = place("ZZ-A-1", state)
    for inside in (state, city):
        with (
            pytest.raises(IntegrityError, match="places_jurisdiction_no_cycle"),
            transaction.atomic(),
        ):
            Jurisdiction.objects.filter(pk=state.pk).update(parent=inside)
    assert closure_is_tree()


def test_a_cycle_among_rows_of_one_statement_is_refused(place: Place) -> None:
    country = place("ZZ")
    one, two = place("ZZ-A", country), place("ZZ-B", country)
    below = place("ZZ-A-1", one)
    with (
        pytest.raises(IntegrityError, match="places_jurisdiction_no_cycle"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """UPDATE places_jurisdiction SET parent_id = CASE id WHEN %s THEN %s::uuid
               WHEN %s THEN %s::uuid ELSE %s::uuid END WHERE id IN (%s, %s, %s)""",
            [one.pk, two.pk, two.pk, one.pk, two.pk, one.pk, two.pk, below.pk],
        )


@pytest.mark.parametrize(
    ("level", "above"),
    [
        (Level.STATE, Level.STATE),
        (Level.STATE, Level.CITY),
        (Level.DISTRICT, Level.CITY),
        (Level.CITY, Level.CITY),
    ],
)
def test_a_place_is_narrower_than_its_parent(place: Place, level: Level, above: Level) -> None:
    parent = place("ZZ-A", place("ZZ"), above)
    with pytest.raises(IntegrityError, match="places_jurisdiction_level_below_parent"):
        place("ZZ-B", parent, level)


def test_a_parent_cannot_become_as_narrow_as_its_child(place: Place) -> None:
    state = place("ZZ-A", place("ZZ"))
    place("ZZ-A-1", state)
    with pytest.raises(IntegrityError, match="places_jurisdiction_level_below_parent"):
        Jurisdiction.objects.filter(pk=state.pk).update(level=Level.DISTRICT)


def test_a_deleted_place_leaves_no_links(place: Place, closure_is_tree: Callable[[], bool]) -> None:
    gone = place("ZZ-A", place("ZZ"))
    gone.delete()
    assert closure_is_tree()


def test_the_application_moves_places_without_rights_on_the_closure(
    place: Place, closure_is_tree: Callable[[], bool]
) -> None:
    country = place("ZZ")
    old, new = place("ZZ-A", country), place("ZZ-B", country)
    city = place("ZZ-A-1", old, Level.CITY)
    with connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{django_settings.GRANTED_ROLES["app"]}"')
        Jurisdiction.objects.filter(pk=city.pk).update(parent=new)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            JurisdictionClosure.objects.filter(descendant=city).update(depth=7)
        cursor.execute("RESET ROLE")
    assert closure_is_tree()
    assert set(Jurisdiction.objects.within(new)) == {new, city}


def test_writers_take_turns(
    django_db_setup: None, django_db_blocker: Any, closure_is_tree: Callable[..., bool]
) -> None:
    """A place added below one that is being moved is linked to where its parent went."""
    country, old = unsaved(0, Level.COUNTRY, None), unsaved(1, Level.STATE, None)
    new, moved, added = (
        unsaved(2, Level.STATE, None),
        unsaved(3, Level.DISTRICT, None),
        unsaved(4, Level.CITY, None),
    )
    old.parent = new.parent = country
    moved.parent, added.parent = old, moved
    with django_db_blocker.unblock():
        other = connections.create_connection("default")
        Jurisdiction.objects.bulk_create([country, old, new, moved])
        try:
            with transaction.atomic():
                Jurisdiction.objects.filter(pk=moved.pk).update(parent=new)
                with other.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '100ms'")
                    with pytest.raises(OperationalError, match="lock timeout"):
                        insert(cursor, added)
            with other.cursor() as cursor:
                insert(cursor, added)
            assert closure_is_tree(other)
            above = Jurisdiction.objects.filter(descendant_links__descendant=added)
            assert set(above.exclude(pk=added.pk)) == {country, new, moved}
        finally:
            other.close()
            for row in (added, moved, new, old, country):
                Jurisdiction.objects.filter(pk=row.pk).delete()
            connection.close()


def insert(cursor: Any, row: Jurisdiction) -> None:
    cursor.execute(
        """INSERT INTO places_jurisdiction (id, code, name, level, parent_id, time_zone)
           VALUES (%s, %s, %s, %s, %s, %s)""",
        [row.pk, row.code, row.name, row.level, row.parent_id, row.time_zone],
    )
