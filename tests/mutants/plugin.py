"""A run of pytest that collects once and then plants each fault in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connection

from desk.to_do import derived
from tests.mutants.forks import MINUTES, in_forks
from tests.mutants.planting import NotPlanted, planted
from tests.mutants.reaching import watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutants.catalogue import Fault
    from tests.mutants.planting import Planted
    from tests.mutants.reaching import Reached

CAUGHT, SURVIVED, NOT_PLANTED = "caught", "survived", "not planted"
NOT_REACHED, NO_VERDICT = "not reached", "no verdict"


@dataclass
class Verdict:
    """What became of a fault: the test that turned red, or why there is no answer."""

    outcome: str
    said: str = ""


@dataclass
class Run:
    """What the tests of one process said."""

    statement: str = ""
    ran: int = 0
    red: list[tuple[str, str, BaseException]] = field(default_factory=list)
    written: bool = False


class Planting:
    """Plants these faults, so many at once, and tells of each as it ends."""

    def __init__(
        self,
        faults: list[Fault],
        processes: int,
        tell: Callable[[Fault, Verdict, float], None],
        last: dict[str, str],
    ) -> None:
        """`last`: the test that caught a fault when it was run before, which is asked first."""
        self.faults, self.processes, self.tell, self.last = faults, processes, tell, last
        self.verdicts: dict[str, Verdict] = {}
        self.cpu = 0.0
        self.run = Run()
        self.rules: dict[str, object] = {}  # what the database keeps, without any fault
        self.otherwise: list[str] = []  # of these, what asks otherwise with a fault

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("A file of tests cannot be read.")
        faults = {fault.name: fault for fault in self.faults}
        self.rules = _rules()
        tasks = {name: partial(self._try, fault, session.items) for name, fault in faults.items()}
        for name, said, cpu in in_forks(tasks, self.processes):
            broke = Verdict(NO_VERDICT, f"its process broke off, or took {MINUTES} minutes")
            self.verdicts[name] = Verdict(*said) if said else broke
            self.cpu += cpu
            self.tell(faults[name], self.verdicts[name], cpu)
        self._take_back(session.items)
        return True

    def _take_back(self, items: list[pytest.Item]) -> None:
        """A test that is red without the fault, too, has caught nothing."""
        caught = {name: v.said for name, v in self.verdicts.items() if v.outcome == CAUGHT}
        files: dict[str, list[pytest.Item]] = {}
        for item in items:
            if item.nodeid in caught.values():
                files.setdefault(item.nodeid.partition("::")[0], []).append(item)
        tasks = {file: partial(self._red_anyway, some) for file, some in files.items()}
        for file, said, cpu in in_forks(tasks, self.processes):
            self.cpu += cpu
            red = [item.nodeid for item in files[file]] if said is None else said
            for fault in self.faults:
                if caught.get(fault.name) in red:
                    verdict = Verdict(NO_VERDICT, f"red without it, too: {caught[fault.name]}")
                    self.verdicts[fault.name] = verdict
                    self.tell(fault, verdict, 0)

    def _try(self, fault: Fault, items: list[pytest.Item]) -> tuple[str, str]:
        """In the fork: the fault and its tests until the first that turns red."""
        for test in fault.caught_by:
            if not any(_is_of(item, test) for item in items):
                return NO_VERDICT, f"there is no test {test}"
        # As the fault names them, so that the cheap ones come before the machines.
        named = (item for test in fault.caught_by for item in items if _is_of(item, test))
        mine = [*dict.fromkeys(named)]
        mine.sort(key=lambda item: item.nodeid != self.last.get(fault.name))
        try:
            with planted(fault) as change:
                asked = _rules()
                self.otherwise = [code for code in derived.ASKED if asked[code] != self.rules[code]]
                with watched(change) as reached:
                    self._run(mine, change.statement)
                return self._verdict(fault, change, reached)
        except NotPlanted as why:
            return NOT_PLANTED, str(why)
        except Exception as error:
            return NO_VERDICT, f"its process broke off: {_words(error)}"

    def _verdict(self, fault: Fault, change: Planted, reached: Reached) -> tuple[str, str]:
        for test, when, error in self.run.red:
            if isinstance(error, NotPlanted):
                return NOT_PLANTED, str(error)
            if is_of_the_fault(error, fault, change):
                return NO_VERDICT, f"the fault itself broke: {_words(error)}"
            if when != "call":
                return NO_VERDICT, f"no test ran to its end ({when}): {_words(error)}"
            return CAUGHT, test
        if self.run.statement and not self.run.written:
            return NOT_PLANTED, "No test of it has a database."
        if not self.run.ran:
            return NOT_REACHED, "Every test of it is skipped."
        if not reached.at_all:
            return NOT_REACHED, "No test of it comes to its place."
        return SURVIVED, ""

    def _red_anyway(self, items: list[pytest.Item]) -> list[str]:
        self._run(items, "", to_the_end=True)
        return [test for test, _when, _error in self.run.red]

    def _run(self, items: list[pytest.Item], statement: str, *, to_the_end: bool = False) -> None:
        self.run = Run(statement)
        for item, following in zip(items, [*items[1:], None], strict=True):
            runtestprotocol(item, nextitem=following, log=False)
            if self.run.red and not to_the_end:
                break

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """A fault of the database lives in the transaction of its test, or from the first on."""
        kept = self.run.written and not connection.in_atomic_block
        wanted = self.run.statement or self.otherwise
        if not wanted or kept or not _has_database(item):
            return
        try:
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
                cursor.execute(_asked(self.otherwise) + self.run.statement)
        except Exception as error:
            raise NotPlanted(_words(error)) from error
        self.run.written = True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        report = yield
        self.run.ran += report.when == "call" and not report.skipped
        if report.failed:
            error = call.excinfo.value if call.excinfo else AssertionError(str(report.longrepr))
            self.run.red.append((item.nodeid, report.when, error))
        return report


def _rules() -> dict[str, object]:
    """What each rule asks that the database keeps. A fault in one is a fault of the database."""
    return {code: derived.words(rule) for code, rule in derived.ASKED.items()}


def _asked(codes: list[str]) -> str:
    """These rules, as the database is to ask them from now on."""
    functions = derived.functions({code: derived.question(derived.ASKED[code]) for code in codes})
    return "".join(f"{one.replace('create', 'create or replace', 1)}\n" for one in functions)


def _is_of(item: pytest.Item, test: str) -> bool:
    """Whether this is the test, one of its cases, or one of the file or class."""
    return item.nodeid == test or item.nodeid.startswith((f"{test}::", f"{test}["))


def _has_database(item: pytest.Item) -> bool:
    return bool({"db", "transactional_db"} & {*getattr(item, "fixturenames", ())}) or bool(
        item.get_closest_marker("django_db")
    )


def is_of_the_fault(error: BaseException, fault: Fault, change: Planted) -> bool:
    """It is called otherwise than what it replaces, lacks a part of that, or names what is gone."""
    if not isinstance(error, AttributeError | NameError | TypeError):
        return False
    lacking = getattr(error, "obj", None)
    if lacking is not None and any(lacking is new for _owner, _name, new in change.places):
        return True
    if f"{fault.name}.<locals>." in str(error):
        return True
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    return bool(last) and last.tb_frame.f_globals.get("__name__", "").startswith("tests.mutants.")


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0]
