"""The load for measurements: small here, but with something behind every report it can fill."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from casework.models import Case
from intake.management.commands import generate_load
from reports.base import REPORTS
from reports.numbers import COUNTED
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute

pytestmark = pytest.mark.django_db
CASES = 200
# What these count, nobody makes from cases: studies and their figures, trainings, evaluations.
OF_STUDIES = {
    "baseline-endline",
    "evaluations",
    "external-divergence",
    "prevalence",
    "programme-timeline",
}
UNNUMBERED = "select count(*) from {} where id not in (select row_id from reports_rownumber)"


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """Once for all tests here, which only read: the cases first, in a run of their own."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        with pytest.MonkeyPatch.context() as before:
            before.setattr(generate_load, "_missing", lambda: [generate_load.WORLD])
            call_command("generate_load", scale=CASES / generate_load.CASES)
        call_command("generate_load", scale=4)  # of cases that are there: what is missing
        yield
        transaction.set_rollback(True)


@pytest.mark.nightly
def test_every_report_but_those_of_studies_counts_somebody():
    asked = set(REPORTS) - OF_STUDIES
    empty = {slug for slug in asked if not counted(compute(REPORTS[slug], *whole(slug)).rows)}
    assert empty == set()


def whole(slug):
    return Reporter(), parse({"as_of": "2026-11-01"}, REPORTS[slug])


def counted(rows):
    named = {"measure", "unit", "jurisdiction", "name", "programme", "year"}
    return any(value for row in rows for name, value in row.items() if name not in named)


def test_rows_that_figures_count_have_their_numbers():
    with connection.cursor() as cursor:
        for label in COUNTED:
            cursor.execute(UNNUMBERED.format(apps.get_model(label)._meta.db_table))
            assert cursor.fetchone() == (0,), label


def test_a_load_that_is_there_is_left_alone():
    with pytest.raises(CommandError, match="here already"):
        call_command("generate_load", scale=1)
    assert Case.objects.filter(reference__startswith="L-").count() == CASES
