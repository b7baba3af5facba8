"""Every night figures that were asked for lately are made anew, for nobody else, not forever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs
from core.models import Job
from reports.models import Snapshot
from tests import factories

pytestmark = pytest.mark.django_db


def asked(client, **params):
    run = client.post("report-runs/", {"report": "operations", "params": params}).json()["id"]
    jobs.run(run)
    return run


def aged(run, days):
    Job.objects.filter(pk=run).update(created_at=timezone.now() - timedelta(days=days))


def tonight():
    """The runs that were asked for in a night."""
    night = jobs.request("nightly-figures")
    jobs.run(night.pk)
    night.refresh_from_db()
    return night.result["asked"], list(Job.objects.filter(parameters__nightly=True))


def yesterday(run):
    """As if it had been asked for yesterday, for yesterday."""
    aged(run, 1)
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    row = Job.objects.get(pk=run)
    row.parameters["params"]["as_of"] = day
    Job.objects.filter(pk=run).update(parameters=row.parameters)


def test_what_was_asked_for_its_own_day_is_asked_for_today(api, case_manager, office):
    client = api(case_manager)
    yesterday(asked(client))
    yesterday(asked(client, programme="osec"))
    count, made = tonight()
    assert count == 2
    assert {run.requested_by for run in made} == {case_manager}
    assert {run.parameters["params"]["as_of"] for run in made} == {str(office.today)}
    assert {run.parameters["params"]["programme"] for run in made} == {None, "osec"}
    before = Snapshot.objects.count()
    for run in made:
        jobs.run(run.pk)
    assert Snapshot.objects.filter(as_of=office.today).count() == before


def test_a_day_that_was_named_and_what_is_long_ago_are_left_alone(api, case_manager):
    client = api(case_manager)
    asked(client, as_of="2026-01-31")
    run = asked(client)
    yesterday(run)
    aged(run, 15)
    assert tonight() == (0, [])


def test_the_nights_do_not_keep_each_other_going(api, case_manager):
    run = asked(api(case_manager))
    yesterday(run)
    _count, (made,) = tonight()
    jobs.run(made.pk)
    Job.objects.filter(pk=run).delete()
    yesterday(made.pk)
    assert tonight()[0] == 0


def test_who_has_left_or_may_not_ask_gets_none(api, office):
    leaving = factories.user("case_manager", office)
    yesterday(asked(api(leaving)))
    type(leaving).objects.filter(pk=leaving.pk).update(is_active=False)
    assert tonight() == (0, [])


@pytest.mark.parametrize(("most", "at_once"), [(10**6, True), (-2, False)])
def test_a_night_is_one_run_unless_there_are_very_many_cases(
    case_manager, monkeypatch, most, at_once
):
    type(case_manager).objects.filter(pk=case_manager.pk).update(last_login=timezone.now())
    monkeypatch.setattr("reports.nightly.MOST_AT_ONCE", most)
    _count, made = tonight()
    assert {run.requested_by for run in made} == {case_manager}
    assert (len(made) == 1) is at_once
