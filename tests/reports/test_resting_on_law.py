"""Each report that reads what a kind of law says is named by it, so that a preview can say so."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prosecutions.enums import LawKind
from prosecutions.law_contents import FIGURES
from reports.base import REPORTS
from reports.choices import CHOICES
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
# What is on record by a law, as statements name it.
READ_BY = {
    LawKind.PROVISION: ("prosecutions_provision",),
    LawKind.END: ("prosecutions_provision",),
    LawKind.COURT: ("court_by", "presumed_until"),
    LawKind.CHARGE: ("charge_by",),
    LawKind.LIMITATION: ("shortest_limitation", "time_ends_on"),
    LawKind.STAGES: ("IN ('filed', 'preliminary', 'arraigned'",),  # a table in its order
    LawKind.SCHEME: ("aftercare_rehabilitationscheme", "aftercare_schemerate"),
}


def test_a_report_that_reads_a_law_is_named_by_it():
    read = {}
    for slug, report in REPORTS.items():
        measures = CHOICES["measure"] if "measure" in report.takes else [None]
        with CaptureQueriesContext(connection) as asked:
            for measure in measures:
                given = {"measure": measure} if measure else {}
                compute(report, Reporter(), parse(given, report))
        said = " ".join(query["sql"] for query in asked.captured_queries)
        for kind, marks in READ_BY.items():
            if any(mark in said for mark in marks):
                read.setdefault(kind.value, set()).add(slug)
    assert {kind: set(titles) for kind, titles in FIGURES.items()} == read
    assert set(READ_BY) == set(LawKind)
