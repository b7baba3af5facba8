"""Plants one fault before the tests run: `pytest -p tests.mutants.plugin --mutant NAME`."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.mutants.catalogue import FAULTS

PLANTED = pytest.StashKey[str]()


def pytest_addoption(parser):
    parser.addoption("--mutant", help="the fault to plant")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """After everything is imported: the fault is in what the tests then call."""
    from tests.mutants import (  # noqa: F401, PLC0415 - they declare themselves
        accused,
        beside_survivors,
        borders,
        care,
        courts,
        doors,
        endings,
        exchange,
        exports,
        field,
        files,
        finding,
        guards,
        letting_go,
        life,
        measures,
        persons,
        publication,
        striking,
        studies,
        to_do,
        walls,
    )

    session.stash[PLANTED] = FAULTS[session.config.getoption("mutant")].plant() or ""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """A fault of the database lives in the transaction of its test."""
    if statement := item.session.stash[PLANTED]:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute(statement)
