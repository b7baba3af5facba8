"""Questions asked together have the answers they have alone, and ask the database less."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import jobs
from core.days import clock
from core.models import Job
from prosecutions.models import ChargeDecision, Hearing
from reports import fresh
from reports.base import REPORTS
from reports.dashboards.catalogue import DASHBOARDS
from reports.dashboards.questions import all_questions, asked_of, questions_of
from reports.models import Snapshot
from reports.params import Params, parse
from reports.readers import Reporter
from reports.run import compute, compute_each, digest
from tests import factories
from tests.reports.boards import rescued
from tests.reports.courtroom import again, charged, day, decided, merged, sentenced
from victims.models import Victim

pytestmark = pytest.mark.django_db
BY_YEAR = {
    "survivors-served": "aftercare",
    "conviction-rate": "legal",
    "data-quality": "data-quality",
}
DAYS = ("12-31", "01-01", "06-15")  # where periods meet, and between


def history(chance, office):
    """People of two cases, some of them in both or two records of one, on random days."""
    today = clock.today()
    days = [f"{year}-{end}" for year in range(2022, 2026) for end in DAYS] + [str(today)]
    home, away = factories.case(office), factories.case(office, programme="osec")
    persons = []
    for _one in range(6):
        case, on = chance.choice((home, away)), chance.choice(days)
        person = again(chance.choice(persons), case) if chance.random() < 0.3 and persons else None
        persons.append(person or factories.suspect(case))
        charge = charged(persons[-1], "2022-01-01", chance.choice(("IN-WB", "IN-WB-KOL")))
        decision = decided(charge, chance.choice(("convicted_trial", "acquitted", "abated")), on)
        if decision.disposition == "convicted_trial" and chance.random() < 0.5:
            sentenced(decision, months=3)
        factories.hearing(
            prosecution=charge.prosecution, listed_on=day(on), result=chance.choice(("", "held"))
        )
    merged(*chance.sample(persons, 2))
    for _one in range(3):
        rescued(chance.choice((home, away)), 2, served=chance.randint(0, 2), on=chance.choice(days))
    one, other = chance.sample(list(Victim.objects.all()), 2)
    Victim.objects.filter(pk=one.pk).update(merged_into=other)


def together(slug):
    """The questions of a dashboard to a report: of all dates and of each year."""
    every = all_questions(DASHBOARDS[BY_YEAR[slug]], Params())
    return [question.params for question in every if question.report == slug]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.by_turns(6)
def test_a_history_is_counted_alike_together_and_alone(seed, office):
    history(Random(seed), office)
    for slug in BY_YEAR:
        every, report, reader = together(slug), REPORTS[slug], Reporter()
        assert len(every) == 7
        alone = [digest(compute(report, reader, params)) for params in every]
        assert [digest(result) for result in compute_each(report, reader, every)] == alone
        assert len(set(alone)) > 1


def test_a_year_holds_its_first_day_and_its_last(office):
    case = factories.case(office)
    for on in ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"):
        charge = charged(factories.suspect(case), "2023-01-01")
        decided(charge, "convicted_trial", on)
        factories.hearing(prosecution=charge.prosecution, listed_on=day(on), result="held")
        rescued(case, 1, on=on)
    figures = {"conviction-rate": "n", "survivors-served": "n"}
    for slug, column in figures.items():
        results = compute_each(REPORTS[slug], Reporter(), together(slug))
        counts = [row[column] for result in results for row in result.rows[:1]]
        assert sorted(counts) == [1, 1, 2, 4]
    results = compute_each(REPORTS["data-quality"], Reporter(), together("data-quality"))
    counts = [
        row["n"] for result in results for row in result.rows if row["measure"] == "result_recorded"
    ]
    assert counts == [4, 0, 0, 1, 2, 1, 0]
    assert Hearing.objects.count() == ChargeDecision.objects.count() == 4


def test_what_lies_after_the_day_asked_for_is_in_no_period(office):
    case, today = factories.case(office), clock.today()
    for on in (today, today + timedelta(days=1)):
        decided(charged(factories.suspect(case), "2024-01-01"), "convicted_trial", str(on))
    slug = "conviction-rate"
    years = [parse({"from": f"{year}-01-01"}, REPORTS[slug]) for year in (today.year, 2024)]
    for result in compute_each(REPORTS[slug], Reporter(), years):
        assert result.rows[0]["n"] == 1


@pytest.mark.parametrize("slug", BY_YEAR)
def test_seven_questions_ask_hardly_more_than_one(slug, office):
    factories.case(office)
    every, reader = together(slug), Reporter()
    reader.counting  # noqa: B018 - asked before
    with CaptureQueriesContext(connection) as alone:
        compute(REPORTS[slug], reader, every[0])
    with CaptureQueriesContext(connection) as all_of_them:
        compute_each(REPORTS[slug], reader, every)
    assert len(all_of_them) <= len(alone) + 2 * len(every)  # the places of each answer


def test_the_years_of_a_panel_are_one_run_and_each_is_answered(office, case_manager):
    rescued(factories.case(office), 2, served=1, on="2025-12-31")
    panel = DASHBOARDS["aftercare"].panel("by-year")
    questions = questions_of(panel, asked_of({}, case_manager).params)
    (run,) = fresh.request(questions, case_manager)
    assert {row.pk for row in fresh.last_runs(case_manager, questions).values()} == {run.pk}
    assert len(fresh.last_runs(case_manager, questions[1:3])) == 2
    jobs.run(run.pk)
    assert Job.objects.get(pk=run.pk).state == "done"
    assert Snapshot.objects.count() == len(questions)
    asked = {str(snapshot.params["from"]) for snapshot in Snapshot.objects.all()}
    assert asked == {str(question.params.start) for question in questions}


def test_of_several_only_what_is_not_known_is_computed(office, case_manager):
    rescued(factories.case(office), 2, served=1)
    panel = DASHBOARDS["aftercare"].panel("by-year")
    questions = questions_of(panel, asked_of({}, case_manager).params)
    for some in (questions[:2], questions):
        (run,) = fresh.request(some, case_manager)
        jobs.run(run.pk)
    assert Snapshot.objects.count() == len(questions)
