"""Every declared fault can be planted, and the tests that must catch it are there."""

from __future__ import annotations

import ast
import sys
from functools import cache
from types import ModuleType, SimpleNamespace

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.mutants.catalogue import Fault, declared
from tests.mutants.planting import NotPlanted, like, planted, replace
from tests.mutants.plugin import is_of_the_fault
from tests.mutants.reaching import CAN_ASK, watched

ROOT = settings.BASE_DIR


@cache
def names_in(path):
    """Names of tests, and of classes of tests, in a file; none where there is no file."""
    file = ROOT / path
    body = ast.parse(file.read_text(encoding="utf-8")).body if file.is_file() else []
    named = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assigned = [
        ast.unparse(t) for node in body if isinstance(node, ast.Assign) for t in node.targets
    ]
    return {*named, *assigned}


def absent(test):
    """Whether there is no such file, or no such test in it."""
    path, _, name = test.partition("::")
    known = names_in(path)
    return not known or (bool(name) and name.partition("[")[0] not in known)


def why_not(fault):
    """Why a fault is not planted; nothing where it is."""
    try:
        with planted(fault):
            return ""
    except NotPlanted as why:
        return f"{fault.name}: {why}"


def refused(name, statement):
    """Why the database does not take it; nothing where it does, for a moment."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as why:
        return f"{name}: {why}"
    return ""


def test_every_fault_is_planted():
    assert len(declared()) > 260
    assert [why for fault in declared().values() if (why := why_not(fault))] == []


@pytest.mark.django_db
def test_every_fault_of_the_database_is_planted():
    statements = {}
    for name, fault in declared().items():
        with planted(fault) as change:
            if change.statement:
                statements[name] = change.statement
    assert len(statements) > 25
    assert [why for some in statements.items() if (why := refused(*some))] == []


def test_every_fault_says_what_is_wrong_and_who_catches_it():
    faults = declared().values()
    assert [fault.name for fault in faults if not fault.words or not fault.caught_by] == []
    assert [(f.name, test) for f in faults for test in f.caught_by if absent(test)] == []


# Planted faults, in the planting


@pytest.fixture
def modules(monkeypatch):
    """`core.here` defines a rule; `core.there` imported it, and keeps it in a dict."""
    here, there = ModuleType("core.here"), ModuleType("core.there")
    exec("def rule(row): return 'kept'", vars(here))
    there.rule, there.RULES = here.rule, {"row": here.rule}
    for module in (here, there):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return SimpleNamespace(here=here, there=there)


def broken(row):
    return "broken"


def planting(change):
    return planted(Fault("a_fault", change, ("tests/core/test_a.py",)))


def test_what_is_replaced_where_it_is_defined_is_replaced_everywhere_and_comes_back(modules):
    with planting(lambda: replace(modules.here, "rule", broken)) as change:
        rules = (modules.here.rule, modules.there.rule, modules.there.RULES["row"])
        assert [rule(None) for rule in rules] == ["broken"] * 3
        assert change.apps == {"core"}
    rules = (modules.here.rule, modules.there.rule, modules.there.RULES["row"])
    assert [rule(None) for rule in rules] == ["kept"] * 3


def test_what_is_replaced_where_it_was_imported_is_replaced_there_alone(modules):
    with planting(lambda: replace(modules.there, "rule", broken)):
        assert (modules.there.rule(None), modules.here.rule(None)) == ("broken", "kept")


@pytest.mark.parametrize(
    ("name", "new", "why"),
    [
        ("gone", broken, "core.here.gone is not there."),
        ("rule", lambda: "", "core.here.rule is called otherwise: too many positional arguments."),
    ],
)
def test_what_cannot_be_replaced_is_said(modules, name, new, why):
    assert why_not(Fault("a_fault", lambda: replace(modules.here, name, new), ())) == (
        f"a_fault: {why}"
    )


def test_what_a_tuple_keeps_is_said(modules):
    modules.there.RULES = {"row": (modules.here.rule, None)}
    why = why_not(Fault("a_fault", lambda: replace(modules.here, "rule", broken), ()))
    assert why == "a_fault: core.there.RULES keeps it, too: replace it there."


def test_a_fault_that_replaces_nothing_is_said():
    assert why_not(Fault("a_fault", lambda: None, ())) == "a_fault: It replaces nothing."


def test_a_test_that_is_not_there_is_said():
    here = "tests/mutants/test_planting.py"
    tests = (here, f"{here}::test_every_fault_is_planted", f"{here}::test_no", "tests/no.py")
    assert [absent(test) for test in tests] == [False, False, True, True]


def test_a_body_that_never_ran_was_not_reached(modules):
    with planting(lambda: replace(modules.here, "rule", broken)) as change:
        with watched(change) as reached:
            pass
        assert reached.at_all is not CAN_ASK
        with watched(change) as reached:
            modules.there.rule(None)
        assert reached.at_all


def test_a_value_is_reached_by_whatever_reads_its_name(modules):
    modules.here.MOST = 3
    exec("def most(): return MOST", vars(modules.here))
    with planting(lambda: replace(modules.here, "MOST", 4)) as change:
        with watched(change) as reached:
            modules.here.rule(None)
        assert reached.at_all is not CAN_ASK
        with watched(change) as reached:
            assert modules.here.most() == 4
        assert reached.at_all


def error_of(call):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is
        call()
    return caught.value


def stands_in_for_too_little():
    replace(sys.modules["core.here"], "rule", SimpleNamespace(OPEN="open"))


def is_called_otherwise():
    replace(sys.modules["core.here"], "rule", lambda row: "broken")


def names_what_is_gone():
    replace(sys.modules["core.here"], "rule", lambda row: row.gone)


@pytest.mark.parametrize(
    ("change", "use"),
    [
        (stands_in_for_too_little, "rule.GONE"),
        (is_called_otherwise, "rule()"),
        (names_what_is_gone, "rule(0)"),
    ],
)
def test_a_fault_that_breaks_by_itself_is_told_from_a_red_test(modules, change, use):
    exec(f"def use(): return {use}", vars(modules.here))
    fault = Fault(change.__name__, change, ())
    with planted(fault) as done:
        assert is_of_the_fault(error_of(modules.here.use), fault, done)
        for other in (AssertionError("assert 1 == 2"), error_of(lambda: vars(modules.here)["no"])):
            assert not is_of_the_fault(other, fault, done)


def test_what_stands_in_is_as_the_original_but_for_what_is_named():
    kinds = like(SimpleNamespace(OPEN="open", CLOSED="closed"), CLOSED="over")
    assert (kinds.OPEN, kinds.CLOSED) == ("open", "over")
