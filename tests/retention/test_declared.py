"""Every table says how long its rows are kept and what an erasure does to them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from pghistory.models import Event

from casework.models import CaseRecord
from core.access import PersonRows
from retention.declared import TABLES
from retention.fates import Clock, Deed
from tests.meta.tables import query

pytestmark = pytest.mark.django_db

ALL = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"


def former_values():
    return {model._meta.db_table for model in apps.get_models() if issubclass(model, Event)}


def undeclared():
    """Tables of the database without a line, and lines without a table."""
    there = {name for (name,) in query(ALL)} - former_values()
    return sorted(there ^ TABLES.keys())


def of_persons():
    """Tables whose rows belong to a case or to a person."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if not issubclass(model, Event)
        and (
            issubclass(model, CaseRecord) or isinstance(getattr(model, "access", None), PersonRows)
        )
    ]


def test_every_table_declares_its_retention():
    assert undeclared() == []


def test_a_table_without_a_line_is_found():
    """Planted: a table that somebody adds and forgets."""
    with connection.cursor() as cursor:
        cursor.execute("create table planted (id uuid)")
    assert undeclared() == ["planted"]


def test_no_row_of_a_case_or_person_outlives_its_erasure():
    kept = {name for name in of_persons() if TABLES[name].deed is not Deed.DELETE}
    assert kept == set()
    assert {TABLES[name].clock for name in of_persons()} == {Clock.CASE, Clock.PERSON}


def test_what_stays_says_why_or_has_nobody():
    silent = {Clock.ALWAYS, Clock.WORK, Clock.DAYS}
    for name, fate in TABLES.items():
        said = fate.where or fate.why or fate.clock in silent
        assert said, f"{name} does not say why it stays"
