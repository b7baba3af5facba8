"""Each rule reads little of a case of hundreds of proceedings, in tables of which the
database knows nothing yet."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import psycopg2
import pytest
from django.db import connection

from core.local import database_urls
from desk.to_do import derived
from prosecutions.models import (
    Charge,
    ChargeDecision,
    Hearing,
    Judgment,
    Prosecution,
    Sentence,
)
from tests import factories
from tests.databases import named
from tests.reports.test_golden import dockets

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
MANY, FILED, ENDED = 750, date(2026, 2, 3), date(2026, 9, 1)
TABLES = (Prosecution, Charge, ChargeDecision, Judgment, Hearing, Sentence)
AT_MOST = 1_000_000  # blocks, of which so many take a second; twenty million were read before


def adjourned(case, _suspect):
    """Three times each, with a reason for no next date."""
    for court in Prosecution.objects.filter(case=case):
        Hearing.objects.bulk_create(
            Hearing(
                case=case,
                prosecution=court,
                listed_on=date(2026, 3, day),
                purpose="evidence",
                result="adjourned",
                adjourned_for="judge_absent",
                no_next_date="reserved" if day == 3 else "",
            )
            for day in (1, 2, 3)
        )


def sentenced(case, suspect):
    Sentence.objects.bulk_create(
        Sentence(case=case, judgment=judgment, suspect=suspect, compensation=1000, currency="INR")
        for judgment in Judgment.objects.filter(case=case)
    )


def nothing(_case, _suspect):
    pass


@pytest.fixture
def uncounted(db):
    """Tables as new: of what other tests took back PostgreSQL may have counted that none is left,
    and it counts nothing while we hold them."""
    tables = ", ".join(model._meta.db_table for model in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"lock table {tables} in share update exclusive mode")
    here = named(database_urls()["owner"], connection.settings_dict["NAME"])
    with closing(psycopg2.connect(here, user="postgres")) as there, there, there.cursor() as cursor:
        cursor.execute(
            "update pg_class set reltuples = -1, relpages = 0"
            " where relnamespace = 'public'::regnamespace and relkind = 'r'"
        )


@pytest.mark.parametrize(
    ("end", "more"),
    [
        ("", adjourned),
        ("convicted_trial", nothing),
        ("convicted_trial", sentenced),
        ("archived", nothing),
        ("transferred", nothing),
    ],
)
@pytest.mark.usefixtures("uncounted")
def test_each_rule_reads_little_of_it(office, end, more):
    suspect = factories.suspect(factories.case(office))
    dockets(suspect, MANY, FILED, end, *([ENDED] if end else []))
    more(suspect.case, suspect)
    with connection.cursor() as cursor:
        # As `asked_of` sets it.
        cursor.execute("set local plan_cache_mode = force_generic_plan")
        cursor.execute("set local enable_seqscan = off")
        for code in derived.ASKED:
            cursor.execute(
                "explain (analyze, buffers, timing off, format json)"
                f" select count(*) from {derived.name_of(code)}(array[%s]::uuid[])",
                [suspect.case_id],
            )
            (((plan,),),) = cursor.fetchall()
            read = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
            assert read <= AT_MOST, code
