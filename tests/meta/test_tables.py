"""Every table says who may see its rows, in Python and in the database, and both say the same."""

from __future__ import annotations

from functools import cache

import pytest
from django.db import connection, transaction

from casework.models import Case, Site
from core.access import Access, CaseRows
from tests.factories import FACTORIES
from tests.meta.tables import (
    ALSO,
    LEVELS,
    UNWALLED,
    WITHOUT_FACTORY,
    conditions,
    execute,
    histories,
    is_event,
    our_models,
    query,
    said,
    table,
    walled,
)
from victims.models import Identity

pytestmark = pytest.mark.django_db


def undeclared():
    """Models without an access rule, at another level than pinned, or without a factory."""
    found = []
    for model in our_models():
        name, rule = model._meta.label, getattr(model, "access", None)
        if not isinstance(rule, Access):
            found.append(f"{name}: does not say who may see its rows")
        elif model in walled() and getattr(rule, "level", None) != LEVELS.get(table(model)):
            found.append(f"{name}: its level is not the one pinned for it")
        if not is_event(model) and model not in FACTORIES and name not in WITHOUT_FACTORY:
            found.append(f"{name}: has no factory, so no sweep sees a row of it")
    return found


def wall_faults():
    """Tables of case data whose second wall is not exactly what core.wall builds."""
    found = []
    for model in [*walled(), *histories()]:
        name = table(model)
        ((enabled, forced),) = query(
            "select relrowsecurity, relforcerowsecurity from pg_class where oid = %s::regclass",
            name,
        )
        if not (enabled and forced):
            found.append(f"{name}: row security is not {'forced' if enabled else 'enabled'}")
        found += [f"{name}: {fault}" for fault in policy_faults(name, said(model))]
    return found


def policy_faults(name, right):
    seen = policies(name)
    for policy in ALSO.get(name, ()):
        seen.pop(policy, None)
    if set(seen) != {*right, "owner_maintains"}:
        return [f"its policies are {', '.join(sorted(seen)) or 'none'}"]
    ((owner,),) = query("select tableowner from pg_tables where tablename = %s", name)
    writers = ["casework_app", "casework_worker"]
    wanted = {
        "in_scope": ("PERMISSIVE", writers, "ALL", *as_stored(name, right["in_scope"])),
        "owner_maintains": ("PERMISSIVE", [owner], "ALL", "true", "true"),
    }
    for policy, roles in (("counted", ["casework_report"]), ("shown", writers)):
        if policy in right:
            using, _check = as_stored(name, right[policy])
            wanted[policy] = ("PERMISSIVE", roles, "SELECT", using, None)
    return [f"{policy} is not as generated" for policy in wanted if seen[policy] != wanted[policy]]


def policies(name):
    rows = query(
        "select policyname, permissive, roles::text[], cmd, qual, with_check"
        " from pg_policies where tablename = %s",
        name,
    )
    return {policy: tuple(rest) for policy, *rest in rows}


@cache  # the same in every test: it hangs from the columns of the table alone
def as_stored(name, condition):
    """The expression as the database would keep it, found by making the policy once more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"create policy expected on {name} using ({condition}) with check ({condition})"
        )
        *_rest, using, check = policies(name)["expected"]
        transaction.set_rollback(True)
    return using, check


def trigger_faults():
    """Tables of a case that do not copy its office and level, or do not follow it."""
    enabled = {
        (on, trigger): definition
        for on, trigger, definition in query(
            "select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger"
            " where not tgisinternal and tgenabled = 'O'"
        )
    }
    found = []
    for model in walled():
        name = table(model)
        if model is Case or not isinstance(model.access, CaseRows):
            continue
        copy = enabled.get((name, f"{name}_scope"), "")
        if not (
            "BEFORE INSERT OR UPDATE OF case_id, office_id, level" in copy
            and f"casework_copy_scope('{LEVELS[name]}')" in copy
        ):
            found.append(f"{name}: does not copy office and level {LEVELS[name]} from its case")
        follow = enabled.get(("casework_case", f"{name}_follow"), "")
        if not (
            "AFTER UPDATE OF office_id, level" in follow
            and f"casework_follow_case('{name}')" in follow
        ):
            found.append(f"{name}: does not follow its case")
    return found


def neighbours():
    """Tables that point to a case or a person, or name one, and stand outside the wall.

    Asked of the catalogue, so that a table no model knows is found, too.
    """
    inside = [table(m) for m in [*walled(), *histories()]]
    rows = query(
        "select distinct on (1) pointing, what from ("
        " select conrelid::regclass::text pointing, 'points to ' || confrelid::regclass what"
        "   from pg_constraint where contype = 'f' and confrelid::regclass::text = any(%s)"
        " union select table_name, 'has case_id' from information_schema.columns"
        "   where table_schema = 'public' and column_name = 'case_id') found order by 1, 2",
        inside,
    )
    return [
        f"{pointing}: {what} but is not behind the wall"
        for pointing, what in rows
        if pointing not in inside and pointing not in UNWALLED
    ]


SWEEPS = [undeclared, wall_faults, trigger_faults, neighbours]


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda s: s.__name__)
def test_nothing_is_found(sweep):
    assert sweep() == []


def test_the_sweeps_look_at_something():
    assert {table(m) for m in walled()} == set(LEVELS)
    assert len(histories()) >= 8
    assert set(WITHOUT_FACTORY) <= {m._meta.label for m in our_models()}


LEVEL_2 = "case_id = any (nullif(current_setting('app.cases_l2', true), '')::uuid[])"
FAULTS = {
    "wrong level": (
        f"alter policy in_scope on casework_narrative using ({LEVEL_2}) with check ({LEVEL_2})",
        wall_faults,
        "casework_narrative: in_scope is not as generated",
    ),
    "open to all": (
        "alter policy in_scope on victims_identity using (true)",
        wall_faults,
        "victims_identity: in_scope is not as generated",
    ),
    "anything may be written": (
        "alter policy in_scope on casework_site with check (true)",
        wall_faults,
        "casework_site: in_scope is not as generated",
    ),
    "no check": (
        "drop policy in_scope on casework_case;"
        " create policy in_scope on casework_case to casework_app, casework_worker"
        f" using ({conditions(Case)[0]})",
        wall_faults,
        "casework_case: in_scope is not as generated",
    ),
    "reading only": (
        "drop policy in_scope on casework_case;"
        " create policy in_scope on casework_case for select to casework_app, casework_worker"
        f" using ({conditions(Case)[0]})",
        wall_faults,
        "casework_case: in_scope is not as generated",
    ),
    "owner's door open": (
        "alter policy owner_maintains on prosecutions_arrest to public",
        wall_faults,
        "prosecutions_arrest: owner_maintains is not as generated",
    ),
    "one policy too many": (
        "create policy extra on aftercare_referral using (true)",
        wall_faults,
        "aftercare_referral: its policies are counted, extra, in_scope, owner_maintains, shown",
    ),
    "counts what is sealed": (
        "alter policy counted on prosecutions_suspect using (true)",
        wall_faults,
        "prosecutions_suspect: counted is not as generated",
    ),
    "history open": (
        "alter policy in_scope on casework_caseevent using (true) with check (true)",
        wall_faults,
        "casework_caseevent: in_scope is not as generated",
    ),
    "not forced": (
        "alter table casework_rescue no force row level security",
        wall_faults,
        "casework_rescue: row security is not forced",
    ),
    "not enabled": (
        "alter table victims_victimevent disable row level security",
        wall_faults,
        "victims_victimevent: row security is not enabled",
    ),
    "copies another level": (
        "drop trigger casework_narrative_scope on casework_narrative;"
        " create trigger casework_narrative_scope before insert or update of case_id, office_id,"
        " level on casework_narrative for each row execute function casework_copy_scope(2)",
        trigger_faults,
        "casework_narrative: does not copy office and level 3 from its case",
    ),
    "copies no more": (
        "alter table victims_involvement disable trigger victims_involvement_scope",
        trigger_faults,
        "victims_involvement: does not copy office and level 2 from its case",
    ),
    "follows no more": (
        "drop trigger casework_siteplace_follow on casework_case",
        trigger_faults,
        "casework_siteplace: does not follow its case",
    ),
    "a table beside the wall": (
        "create table casework_leaflet (site_id uuid references casework_site)",
        neighbours,
        "casework_leaflet: points to casework_site but is not behind the wall",
    ),
    "a copy of cases": (
        "create table desk_cache (case_id uuid)",
        neighbours,
        "desk_cache: has case_id but is not behind the wall",
    ),
}


@pytest.mark.parametrize(("fault", "sweep", "finding"), FAULTS.values(), ids=FAULTS)
@pytest.mark.by_turns(6)
def test_a_planted_fault_is_found(fault, sweep, finding):
    execute(fault)
    assert sweep() == [finding]


def test_a_model_without_a_rule_is_found(monkeypatch):
    monkeypatch.setattr(Site, "access", None)
    assert undeclared() == ["casework.Site: does not say who may see its rows"]


def test_a_model_at_another_level_is_found(monkeypatch):
    monkeypatch.setattr(Identity.access, "level", 2)
    assert undeclared() == ["victims.Identity: its level is not the one pinned for it"]


def test_a_model_without_a_factory_is_found(monkeypatch):
    monkeypatch.delitem(FACTORIES, Site)
    assert undeclared() == [
        "casework.Site: has no factory, so no sweep sees a row of it",
    ]
