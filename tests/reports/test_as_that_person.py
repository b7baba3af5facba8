"""`manage.py report --as`: what that person sees on the page, no less and no more."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core import jobs
from tests import factories
from tests.reports.courtroom import day

pytestmark = pytest.mark.django_db
SLUG = "survivors-served"
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def six_rescued(office):
    """Five in an open case, one in a sealed one."""
    cases = [factories.case(office), factories.case(office, level=4)]
    for case, many in zip(cases, (5, 1), strict=True):
        rescue = factories.rescue(case, occurred_on=day("03-10"))
        for _one in range(many):
            part = factories.involvement(case, rescue=rescue, outcome="rescued")
            factories.service_record(case, involvement=part, provided_on=day("03-11"))
    return cases


def by_command(**options):
    out = StringIO()
    call_command("report", SLUG, stdout=out, **options)
    return json.loads(out.getvalue())["rows"]


def by_page(client, **params):
    run = client.post("report-runs/", {"report": SLUG, "params": params}).json()["id"]
    jobs.run(run)
    return client.get(f"report-runs/{run}/").json()["result"]["rows"]


def national(rows):
    return next(row["n"] for row in rows if row["jurisdiction"]["code"] == "IN")


def test_who_is_named_in_a_sealed_case_counts_it(api, case_manager, six_rescued):
    factories.assignment(six_rescued[1], case_manager, named=True)
    rows = by_command(reader=case_manager.username)
    assert national(rows) == 6
    assert rows == by_page(api(case_manager))
    other = factories.user("case_manager", case_manager.memberships.get().office)
    assert national(by_command(reader=other.username)) == 5
    assert national(by_command()) == 5, "the built-in reader is named nowhere"


def test_who_opens_no_records_is_given_no_small_counts(api, six_rescued):
    manager = factories.user("programme_manager", factories.office("global"))
    rows = by_command(reader=manager.username, **MARCH)
    assert rows == by_page(api(manager), **MARCH)
    states = [row for row in rows if row["jurisdiction"]["code"] in {"IN", "IN-WB"}]
    assert states
    assert all((row["k"], row["n"], row["rate"]) == (None, None, None) for row in states)
    out = StringIO()
    call_command("report", SLUG, stdout=out, reader=manager.username, format="csv", **MARCH)
    lines = list(csv.DictReader(StringIO(out.getvalue())))
    assert {line["n"] for line in lines if line["jurisdiction"] == "IN-WB"} == {""}


def test_a_name_that_nobody_has_is_said(six_rescued):
    with pytest.raises(CommandError, match="no user nobody"):
        by_command(reader="nobody")
