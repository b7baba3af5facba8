"""The two walls agree for every table and every relation, and with what decisions.md says.

Wall 1 is the queryset, run as the owner, so that nothing else hides a row. Wall 2 is row-level
security, asked with plain SQL. Permissions are part of the first only, and tested apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection

from accounts import roles, scope
from accounts.models import User
from casework import access
from casework.access import standing_of
from casework.models import Assignment, Case, Narrative
from casework.querysets import DisclosureQuerySet, GlassQuerySet
from core import scopes
from core.access import CaseRows, PersonRows, ScopedQuerySet
from core.context import acting_as
from core.shortcuts.prepared import Prepared
from tests import factories
from tests.meta.matrix import NAMED
from tests.meta.relations import PEOPLE, RELATIONS, may, offices, own, place
from tests.meta.tables import LEVELS, OWN, PARTS, execute, histories, is_event, query, table, walled
from victims.models import Identity, Involvement, Victim

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(cases):
    return cases


def placed(model):
    """Of every row its case, found as the owner."""
    subject = model.pgh_tracked_model if is_event(model) else model
    if isinstance(subject.access, PersonRows):
        through = apps.get_model(subject.access.through)
        cases = dict(through.objects.values_list(subject.access.key, "case"))
        own = subject.access.own
        key = "pgh_obj" if is_event(model) and own == "pk" else own
        return {pk: cases[person] for pk, person in model.objects.values_list("pk", key)}
    key = "case" if subject is not Case else "pgh_obj" if is_event(model) else "pk"
    return dict(model.objects.values_list("pk", key))


def by_case(model):
    """Of every case its rows."""
    found = defaultdict(set)
    for pk, case in placed(model).items():
        found[case].add(pk)
    return found


def in_wall_1(user):
    return {
        model: set(model.access.scope(model.objects.all(), user).values_list("pk", flat=True))
        for model in walled()
    }


def in_wall_2(user):
    with acting_as(user.pk):
        return {
            model: {pk for (pk,) in query(f"select {model._meta.pk.column} from {table(model)}")}
            for model in [*walled(), *histories()]
        }


def rightly(person, user, relation, model, rows):
    """Which of these rows the oracle opens to this person."""
    subject = model.pgh_tracked_model if is_event(model) else model
    if table(model) in NAMED:
        return set()
    if may(person, relation, LEVELS[table(subject)], PARTS.get(table(model))):
        return rows
    if table(model) in OWN and own(person, relation, table(model)):
        return rows & set(model.objects.filter(user=user).values_list("pk", flat=True))
    return set()


def disagreements(person, user, world):
    """Where a wall shows what the oracle hides, or hides what it shows."""
    walls = {"wall 1": in_wall_1(user), "wall 2": in_wall_2(user)}
    found = []
    for model in [*walled(), *histories()]:
        files = by_case(model)
        for name, relation in RELATIONS.items():
            rows = files[world[name].pk]
            assert rows, f"{table(model)} has no row for {name}"
            right = rightly(person, user, relation, model, rows)
            found += [
                f"{table(model)}: {name}: {wall} {'hides' if right else 'shows'}"
                for wall, shown in walls.items()
                if model in shown and shown[model] & rows != right
            ]
    return found


def beyond_permission(user):
    """Tables in which `visible_to` is not: the scope, for those who may read the table at all."""
    reach = in_wall_1(user)
    found = []
    for model in walled():
        right = reach[model] if user.has_perm(model.access.view) else set()
        if set(model.objects.visible_to(user).values_list("pk", flat=True)) != right:
            found.append(f"{table(model)}: visible_to is not scope and permission")
    return found + [
        f"{table(m)}: history is open"
        for m in histories()
        if m.access.scope(m.objects.all(), user).exists()
    ]


def apart_by_case(user, world):
    """Tables of which a case asked by itself shows other rows than it does among all cases."""
    found = []
    for model in walled():
        if isinstance(model.access, PersonRows):
            continue
        cases = placed(model)
        seen = set(model.objects.visible_to(user).values_list("pk", flat=True))
        for relation in RELATIONS:
            case = Case.objects.get(pk=world[relation].pk)
            alone = set(model.objects.visible_in(case, user).values_list("pk", flat=True))
            if alone != {pk for pk in seen if cases[pk] == case.pk}:
                found.append(f"{table(model)}: {relation}: not as among all cases")
    return found


@pytest.mark.parametrize("role", ["case_manager", "field_officer", "prosecutor"])
@pytest.mark.by_turns(3)
def test_a_case_by_itself_shows_the_same_rows(world, role):
    assert apart_by_case(place(PEOPLE[f"{role} in the office"], world), world) == []


@pytest.mark.nightly
def test_a_case_that_is_opened_too_wide_is_found(world, monkeypatch):
    monkeypatch.setattr(CaseRows, "opens", lambda self, case, user: True)
    found = apart_by_case(place(PEOPLE["case_manager in the office"], world), world)
    assert "casework_rescue: other office: not as among all cases" in found


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.by_turns(9)
def test_both_walls_and_the_oracle_agree(world, name):
    user = place(PEOPLE[name], world)
    assert disagreements(PEOPLE[name], user, world) == []
    assert beyond_permission(user) == []


def test_the_oracle_knows_every_role():
    assert {name.split(" ")[0] for name in PEOPLE} >= set(roles.Role.values)


def test_the_oracle_says_both_yes_and_no_at_every_level():
    for level in (1, 2, 3):
        answers = {may(p, r, level, None) for p in PEOPLE.values() for r in RELATIONS.values()}
        assert answers == {True, False}


# Planted faults: one wall is broken, and the sweep names table, relation and wall.

LEAD, FIELD = "case_manager in the office", "field_officer in the office"


def found_for(name, world):
    return disagreements(PEOPLE[name], place(PEOPLE[name], world), world)


def tables_at(*levels):
    tables = [table(m) for m in walled() if LEVELS[table(m)] in levels]
    return tables + [table(m) for m in histories() if LEVELS[table(m.pgh_tracked_model)] in levels]


def expected(tables, relations, verdict):
    return {f"{t}: {relation}: {verdict}" for t in tables for relation in relations}


def walled_at(*levels):
    return [name for m in walled() if LEVELS[name := table(m)] in levels and name not in NAMED]


def test_a_role_that_sees_deeper_in_python_is_found(world, monkeypatch):
    monkeypatch.setitem(roles.OFFICE_LEVEL, "field_officer", 2)
    where = ["own team, ended", "own office", "conflict lifted"]
    assert set(found_for(FIELD, world)) == expected(walled_at(2), where, "wall 1 shows")


@pytest.mark.nightly
def test_a_role_that_sees_deeper_in_the_database_is_found(world):
    execute(
        "create or replace function office_depth(role text) returns int language sql as"
        " $$ select case role when 'field_officer' then 2 else 0 end $$"
    )
    where = ["own team, ended", "own office", "conflict lifted"]
    assert set(found_for(FIELD, world)) == expected(tables_at(2), where, "wall 2 shows")


def test_a_queryset_that_forgets_sealing_is_found(world, monkeypatch):
    monkeypatch.setattr(scopes, "SEALED", 5)
    where = ["sealed", "sealed, on the team, not named", "sealed and named, ended"]
    assert set(found_for(LEAD, world)) == expected(walled_at(1, 2, 3), where, "wall 1 shows")


@pytest.mark.nightly
def test_a_policy_that_forgets_sealing_is_found(world):
    reach = "office_id = any (nullif(current_setting('app.offices_l3', true), '')::uuid[])"
    team = "case_id = any (nullif(current_setting('app.cases_l3', true), '')::uuid[])"
    clear = "not case_id = any (nullif(current_setting('app.conflicts', true), '')::uuid[])"
    execute(f"alter policy in_scope on casework_narrative using (({reach} or {team}) and {clear})")
    where = ["sealed", "sealed, on the team, not named", "sealed and named, ended"]
    assert set(found_for(LEAD, world)) == expected(["casework_narrative"], where, "wall 2 shows")


def test_a_table_at_another_level_is_found(world, monkeypatch):
    monkeypatch.setattr(Narrative, "access", CaseRows(2, Narrative.access.view))
    data = "data_officer in the office"
    where = [
        "own team",
        "own team, until later",
        "own team, ended",
        "own office",
        "conflict lifted",
    ]
    assert set(found_for(data, world)) == expected(["casework_narrative"], where, "wall 1 shows")


FOREVER = {
    "disclosure": ("and d.expires_at > statement_timestamp()", "prosecutor in the office"),
    "glass": ("and g.expires_at > statement_timestamp()", FIELD),
}


@pytest.mark.parametrize(("condition", "who"), FOREVER.values(), ids=FOREVER)
@pytest.mark.by_turns(2)
def test_what_never_expires_in_the_database_is_found(world, condition, who):
    ((body,),) = query("select pg_get_functiondef('open_context(uuid)'::regprocedure)")
    assert condition in body
    execute(body.replace(condition, ""))
    (name,) = {line.split(": ")[1] for line in found_for(who, world)}
    assert name in ("disclosure expired", "glass over")


@pytest.mark.parametrize("kind", ["disclosure", "glass"])
def test_what_never_expires_in_python_is_found(world, monkeypatch, kind):
    rows, who, name = {
        "disclosure": (DisclosureQuerySet, "prosecutor in the office", "disclosure expired"),
        "glass": (GlassQuerySet, FIELD, "glass over"),
    }[kind]
    status = {"disclosure": "confirmed", "glass": "open"}[kind]
    monkeypatch.setattr(rows, "in_force", lambda self: self.filter(status=status, level__lt=4))
    monkeypatch.setattr(access, "_standing", Prepared(access._of))  # not as it was kept
    assert {line.split(": ")[1] for line in found_for(who, world)} >= {name}


def test_a_part_that_opens_another_is_found(world):
    """Planted: whoever is shown the court is shown names."""
    court = "case_id = any (nullif(current_setting('app.shown_court', true), '')::uuid[])"
    execute(f"alter policy shown on casework_siteplace using ({court})")
    found = found_for("prosecutor in the office", world)
    assert "casework_siteplace: disclosed in part: wall 2 shows" in found
    assert not [line for line in found if "wall 1" in line]


@pytest.mark.nightly
def test_a_conflict_forgotten_in_python_is_found(world, monkeypatch):
    def blind(user):
        return replace(standing_of(user), conflicts=[])

    monkeypatch.setattr(scope, "standings", [blind])
    found = {line.split(": ")[1] for line in found_for(FIELD, world)}
    assert found == {
        "conflicted",
        "conflicted, on the team",
        "conflicted, sealed and named",
        "glass broken and conflicted",
    }


@pytest.mark.nightly
def test_an_assignment_that_never_ends_is_found(world, monkeypatch):
    def team_forever(user):
        team = dict.fromkeys(user.assignments.values_list("case", flat=True))  # by no office
        return replace(standing_of(user), team=team)

    monkeypatch.setattr(scope, "standings", [team_forever])
    found = found_for(FIELD, world)
    assert "victims_identity: team in another office, ended: wall 1 shows" in found
    assert "victims_identity: sealed, on the team, not named: wall 1 shows" in found
    assert not [line for line in found if "wall 2" in line]


@pytest.mark.nightly
def test_a_context_for_people_who_left_is_found(world):
    """`open_context` without the check of `is_active`."""
    ((body,),) = query("select pg_get_functiondef('open_context(uuid)'::regprocedure)")
    execute(body.replace(" and u.is_active", ""))
    found = found_for("not active", world)
    assert "casework_case: own office: wall 2 shows" in found
    assert not [line for line in found if "wall 1" in line]


def test_a_list_that_forgets_the_permission_is_found(world, monkeypatch):
    monkeypatch.setattr(
        ScopedQuerySet, "visible_to", lambda self, user: self.model.access.scope(self, user)
    )
    user = place(PEOPLE["safeguarding_lead in the office"], world)
    assert user.has_perm(Case.access.view)
    monkeypatch.setitem(roles.GRANTS, "safeguarding_lead", frozenset())
    del user.permissions
    assert set(beyond_permission(user)) >= {
        f"{name}: visible_to is not scope and permission" for name in walled_at(1)
    }


# Rows move with their case, and persons stand in several.


def shown(user, model, wall):
    user = User.objects.get(pk=user.pk)
    return {"wall 1": in_wall_1, "wall 2": in_wall_2}[wall](user)[model]


def whole_file(case):
    """Everything of this case, by table."""
    return {
        m: {pk for pk, of in placed(m).items() if of == case.pk} for m in [*walled(), *histories()]
    }


def seen_of(user, rows):
    one, two = in_wall_1(User.objects.get(pk=user.pk)), in_wall_2(user)
    return [
        f"{table(m)}: {wall}"
        for m, mine in rows.items()
        for wall, ids in (("wall 1", one), ("wall 2", two))
        if m in ids and ids[m] & mine
    ]


def test_moving_and_sealing_a_case_moves_all_that_hangs_from_it(world):
    at = offices()
    kolkata = factories.user("case_manager", at["kolkata"])
    manila = factories.user("case_manager", at["manila"])
    case = world["own office"]
    rows = whole_file(case)
    everywhere = (len(walled()) - len(NAMED)) * 2 + len(histories())
    assert len(seen_of(kolkata, rows)) == everywhere
    assert seen_of(manila, rows) == []
    Case.objects.filter(pk=case.pk).update(office=at["manila"])
    assert seen_of(kolkata, rows) == []
    assert len(seen_of(manila, rows)) == everywhere
    Case.objects.filter(pk=case.pk).update(level=4)
    assert seen_of(manila, rows) == []
    Case.objects.filter(pk=case.pk).update(level=1)
    assert len(seen_of(manila, rows)) == everywhere


@pytest.mark.nightly
def test_a_table_that_stays_behind_is_found(world):
    """Planted: the trigger by which the narrative follows its case is gone."""
    at = offices()
    kolkata = factories.user("case_manager", at["kolkata"])
    rows = whole_file(world["own office"])
    execute("drop trigger casework_narrative_follow on casework_case")
    Case.objects.filter(pk=world["own office"].pk).update(office=at["manila"])
    assert seen_of(kolkata, rows) == ["casework_narrative: wall 1", "casework_narrative: wall 2"]


@pytest.mark.parametrize("wall", ["wall 1", "wall 2"])
def test_a_person_of_two_cases_is_seen_through_either(world, wall):
    """Whoever sees one of the cases sees the person, and not the other case's part in it."""
    person = Victim.objects.get(involvements__case=world["other office"], identity__isnull=False)
    lead = factories.user("case_manager", offices()["kolkata"])
    assert person.pk not in shown(lead, Victim, wall)
    here = factories.involvement(world["own office"], victim=person)
    there = Involvement.objects.get(case=world["other office"], victim=person)
    assert person.pk in shown(lead, Victim, wall)
    assert person.identity.pk in shown(lead, Identity, wall)
    assert {here.pk, there.pk} & set(shown(lead, Involvement, wall)) == {here.pk}


def test_nobody_sets_office_or_level_of_a_row_by_hand(world):
    """The database copies them from the case, whatever was sent."""
    case, elsewhere = world["sealed"], offices()["manila"]
    row = Assignment.objects.create(case=case, user=factories.user(), office=elsewhere, level=1)
    Assignment.objects.filter(pk=row.pk).update(office=elsewhere, level=1)
    row.refresh_from_db()
    assert (row.office_id, row.level) == (case.office_id, 4)
    with connection.cursor() as cursor:
        cursor.execute("update casework_assignment set level = 1 where id = %s", [row.pk])
    row.refresh_from_db()
    assert row.level == 4
