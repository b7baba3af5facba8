"""What is computed in one sitting is what each question answers alone, for every reader.

Random histories, in which cases are sealed, corrected and handed over, people merged and erased.
"""

from __future__ import annotations

from random import Random
from uuid import UUID

import numpy as np
import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import CarePlan
from casework.models import Assignment, Case
from core import jobs
from core.access import SEALED
from core.context import acting_as
from core.models import Job, JobState
from prosecutions.models import Perpetrator
from reports import fresh
from reports.base import REPORTS
from reports.dashboards.questions import Question
from reports.jobs import in_one_sitting
from reports.models import Snapshot
from reports.numbers import Ids
from reports.params import all_asked, parse
from reports.rows import Columns
from reports.run import compute, compute_each
from reports.standing import standing
from reports.submission.entries import ENTRIES
from reports.submission.sources import Book
from tests import factories
from tests.factories import care
from tests.reports.boards import rescued
from tests.reports.courtroom import again, arrested, charged, complained, day, decided, sentenced
from tests.retention.test_one_survivor import erase
from victims.models import Involvement, Victim

pytestmark = pytest.mark.django_db
TOGETHER = [slug for slug, report in REPORTS.items() if report.made_of]
PLACES = ("IN-WB", "IN-WB-KOL", "IN-MH", "KH", "PH", "TH")
PROGRAMMES = ("csec", "osec", "sex_trafficking", "bonded_labour", "trafficked_labour")
ENDINGS = ("convicted_trial", "convicted_plea", "acquitted", "abated", "transferred")
READERS = [("case_manager", "kolkata"), ("case_manager", "global"), ("data_officer", "global")]
DAYS = ("2009-04-01", "2014-12-31", "2022-01-01", "2024-03-31", "2025-06-15", "2026-01-01")


class History:
    """Cases of two offices and what happens to them, as chance has it."""

    def __init__(self, chance, offices):
        self.chance, self.offices = chance, offices
        self.cases = [self._case() for _one in range(6)]
        self.people = []

    def _case(self):
        chance = self.chance
        case = factories.case(
            chance.choice(self.offices),
            programme=chance.choice(PROGRAMMES),
            jurisdiction=factories.place(chance.choice(PLACES)),
        )
        on = chance.choice(DAYS)
        rescued(case, 3, served=chance.randint(0, 3), at=chance.choice(PLACES), on=on)
        for part in Involvement.objects.filter(case=case):
            age = chance.choice((None, 100, 155, 190, 216))
            known = {"age_min_months": age, "age_max_months": age and age + chance.choice((0, 24))}
            sex = chance.choice(("female", "male", "unknown"))
            Victim.objects.filter(pk=part.victim_id).update(sex=sex, **known)
        plan = care.care_plan(case)
        CarePlan.objects.filter(pk=plan.pk).update(opened_on=day("2024-01-10"))
        return case

    def accused(self):
        chance, case = self.chance, self.chance.choice(self.cases)
        known = chance.choice(self.people) if self.people and chance.random() < 0.3 else None
        person = again(known, case) if known else factories.suspect(case)
        self.people.append(person)
        on = chance.choice(DAYS)
        if chance.random() < 0.5:
            complained(person, on)
            arrested(person, on, chance.choice(("own", "supported", "external")))
        charge = charged(person, on, chance.choice(PLACES))
        later = [date for date in DAYS if date >= on]
        if chance.random() < 0.7:
            decision = decided(charge, chance.choice(ENDINGS), chance.choice(later))
            if decision.disposition.startswith("convicted"):
                sentenced(decision, months=chance.choice((0, 12, 120)))

    def goes_on(self, reader):
        """Something is found to have been otherwise, or moves, closes or goes."""
        case = self.chance.choice(self.cases)
        mine = Case.objects.filter(pk=case.pk)
        place = factories.place(self.chance.choice(PLACES))
        deeds = {
            "sealed": lambda: mine.update(level=SEALED),
            "opened to one": lambda: self._named(case, reader),
            "corrected": lambda: mine.update(programme="osec", jurisdiction=place),
            "handed over": lambda: mine.update(office=self.chance.choice(self.offices)),
            "merged": lambda: self._merged(Victim),
            "accused merged": lambda: self._merged(Perpetrator),
        }
        deeds[self.chance.choice(list(deeds))]()

    def _named(self, case, reader):
        Case.objects.filter(pk=case.pk).update(level=SEALED)
        factories.seal(case)
        Assignment.objects.filter(case=case, user=reader).delete()
        factories.assignment(case, reader, level=SEALED, named=True, office=case.office)

    def _merged(self, model):
        left = list(model.objects.filter(merged_into=None).order_by("created_at"))
        keep, other = self.chance.sample(left, 2)
        model.objects.filter(merged_into=other).update(merged_into=keep)
        model.objects.filter(pk=other.pk).update(merged_into=keep)


def history(seed, offices, reader):
    world = History(Random(seed), offices)
    for _one in range(8):
        world.accused()
    for _one in range(5):
        world.goes_on(reader)


def one_is_erased():
    still_open = Case.objects.filter(level__lt=SEALED)
    part = Involvement.objects.filter(case__in=still_open, victim__merged_into=None).first()
    if part:
        erase(part)


def alone(questions, reader):
    return {q.key(): figures(compute(REPORTS[q.report], reader, q.params)) for q in questions}


def at_night(questions, reader):
    """In the run that a night asks for."""
    (run,) = fresh.request(questions, reader, at_once=True)
    asked = [(slug, parse(p, REPORTS[slug])) for slug, p in all_asked(run.parameters)]
    return {key: figures(it) for key, it in in_one_sitting(reader, asked).items()}


def figures(result):
    """The rows, and who stands behind each count."""
    return result.rows, {cell: dict(counts) for cell, counts in result.behind.items()}


@pytest.mark.nightly
@pytest.mark.parametrize(("role", "at"), READERS)
@pytest.mark.parametrize("seed", range(4))
def test_a_night_of_a_random_history_is_what_each_question_answers_alone(seed, role, at, office):
    """Of one office, of every office, and of whoever counts survivors without their rows."""
    offices = [office, factories.office("manila")]
    reader = factories.user(role, factories.office(at))
    history(seed, offices, reader)
    one_is_erased()
    with acting_as(reader.pk):
        questions = [_kept(question) for question in standing(reader)]
        expected = alone(questions, reader)
        assert at_night(questions, reader) == expected
    assert sum(bool(rows) for rows, _behind in expected.values()) > len(REPORTS) / 2


def _kept(question):
    """As a run reads it again."""
    params = parse(question.params.as_json(), REPORTS[question.report])
    return Question(question.report, params)


def asked_at_once(slug):
    """Each of a year, where it has periods, and of all dates."""
    every = []
    for of in (*REPORTS[slug].made_of, slug):
        report = REPORTS[of]
        year = [{"from": "2024-01-01", "to": "2024-12-31"}] if "from" in report.narrows else []
        every += [Question(of, parse(given, report)) for given in (*year, {})]
    return every


@pytest.mark.parametrize("slug", TOGETHER)
def test_in_one_sitting_the_answer_is_the_same_and_less_is_asked(slug, office):
    reader = factories.user("case_manager", office)
    history(1, [office], reader)
    with acting_as(reader.pk):
        questions = asked_at_once(slug)
        reader.counting  # noqa: B018 - asked before
        expected = alone(questions, reader)
        with CaptureQueriesContext(connection) as each:
            for of in (*REPORTS[slug].made_of, slug):
                params = [question.params for question in questions if question.report == of]
                compute_each(REPORTS[of], reader, params)
        with CaptureQueriesContext(connection) as together:
            snapshots = in_one_sitting(reader, [question.key() for question in questions])
    assert {key: figures(snapshot) for key, snapshot in snapshots.items()} == expected
    assert _counts(together) < _counts(each)


def test_what_finds_no_room_is_forgotten_and_read_again(office, monkeypatch):
    monkeypatch.setattr("reports.together.MOST", 0)
    reader = factories.user("case_manager", office)
    history(1, [office], reader)
    with acting_as(reader.pk):
        questions = asked_at_once("submission")
        with CaptureQueriesContext(connection) as tight:
            snapshots = in_one_sitting(reader, [question.key() for question in questions])
        monkeypatch.undo()
        with CaptureQueriesContext(connection) as roomy:
            again = in_one_sitting(reader, [question.key() for question in questions])
    assert {key: figures(it) for key, it in snapshots.items()} == {
        key: figures(it) for key, it in again.items()
    }
    assert _counts(tight) > _counts(roomy)


FAULTS = ["select 1 / 0", "set local statement_timeout = 10; select pg_sleep(9)"]


@pytest.mark.parametrize("fault", FAULTS, ids=["wrong", "too_long"])
def test_where_one_report_fails_the_others_are_made_and_it_is_asked_again_alone(
    office, monkeypatch, fault
):
    reader = factories.user("case_manager", office)
    steps = []
    monkeypatch.setattr(jobs.Run, "progress", lambda _run, *step: steps.append(step))

    def fails(*_asked):
        with connection.cursor() as cursor:
            cursor.execute(fault)

    monkeypatch.setattr(type(REPORTS["operations"]), "compute", fails)
    questions = [Question(slug, parse({}, REPORTS[slug])) for slug in ("operations", "sentences")]
    with acting_as(reader.pk):
        (run,) = fresh.request(questions, reader, at_once=True)
    jobs.run(run.pk)
    assert [kept.report for kept in Snapshot.objects.all()] == ["sentences"]
    assert steps == [(0, 2), (1, 2), (2, 2)]
    again = Job.objects.exclude(pk=run.pk).get()
    assert again.parameters["report"] == "operations"
    with pytest.raises(DatabaseError):
        jobs.run(again.pk)
    states = [JobState.DONE, JobState.FAILED if fault == FAULTS[0] else JobState.RUNNING]
    assert [Job.objects.get(pk=row.pk).state for row in (run, again)] == states


def test_where_every_report_fails_the_run_fails(office, monkeypatch):
    reader = factories.user("case_manager", office)

    def fails(*_asked):
        raise ValueError("invented")

    slugs = ("operations", "sentences")
    for slug in slugs:
        monkeypatch.setattr(type(REPORTS[slug]), "compute", fails)
    questions = [Question(slug, parse({}, REPORTS[slug])) for slug in slugs]
    with acting_as(reader.pk):
        (run,) = fresh.request(questions, reader, at_once=True)
    with pytest.raises(ValueError, match="invented"):
        jobs.run(run.pk)
    assert Job.objects.get().state == JobState.FAILED


def test_keys_of_one_mixture_are_told_apart():
    """Of two keys the halves are mixed into the same number; each stays itself."""
    first, other = (1, 2), (3, 2 ^ (0x9E3779B97F4A7C15 ^ 3 * 0x9E3779B97F4A7C15 % 2**64))
    keys = [UUID(int=high << 64 | low) for high, low in (first, other, first)]
    columns = Columns((), ("key",), (), ())
    who = np.array([1, 2, 3], ">i4").tobytes()
    rows = columns.of([(0, who, b"".join(key.bytes for key in keys), bytes(12))])
    assert rows.by("key") == {keys[0]: Ids([1, 3]), keys[1]: Ids([2])}


def _counts(queries):
    return sum("reports_rownumber" in query["sql"] for query in queries)


def test_the_runs_of_a_night_hold_each_question_once(office, case_manager):
    with acting_as(case_manager.pk):
        questions = standing(case_manager)
        runs = fresh.request(questions, case_manager)
    asked = [(slug, str(given)) for run in runs for slug, given in all_asked(run.parameters)]
    wanted = [(question.report, str(question.params.as_json())) for question in questions]
    assert sorted(asked) == sorted(wanted)
    assert {run.parameters["report"] for run in runs} >= set(TOGETHER)
    assert {row.pk for row in fresh.last_runs(case_manager, questions).values()} == {
        run.pk for run in runs
    }


def test_a_report_that_is_made_of_others_says_of_which(office):
    reader = factories.user("case_manager", office)
    with acting_as(reader.pk):
        book = Book(reader, parse({}, REPORTS["submission"]).as_of)
        for entry in ENTRIES.values():
            for source in entry.sources:
                source.read(book)
    usual = {slug for slug, asked in book.results if not asked}
    assert usual == set(REPORTS["submission"].made_of)
