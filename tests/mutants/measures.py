"""Faults in what a figure counts: a rule of the measures that is not kept."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, OuterRef

from reports import by_day, dispositions, jobs, rows, sets, stages, together, verdicts
from reports.catalogue import convictions, funnel, rates
from reports.submission import sources
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace
from victims import persons

RATES = "tests/reports/test_rates.py"
FUNNEL = "tests/reports/test_funnel.py"
TOGETHER = "tests/reports/test_together.py"
SITTING = "tests/reports/test_one_sitting.py"


@fault(RATES, FUNNEL)
def a_conviction_under_appeal_is_final():
    """While an appeal is open, the decision counts as the final outcome."""
    closed = verdicts.Appeal.objects.none()
    replace(verdicts, "_open_appeals", lambda day: closed)


@fault(RATES)
def one_charge_withdrawn_ends_a_prosecution():
    """A person counts as ended while another charge of the prosecution goes on."""
    nothing = convictions.Charge.objects.none()
    replace(convictions, "_not_ended_otherwise", lambda reader, params: nothing)


@fault(RATES)
def somebody_arrested_before_is_of_the_cohort():
    """The cohort of arrests holds persons first arrested in an earlier period."""
    replace(
        rates.ArrestYield,
        "members",
        lambda self, at: {
            "k": at["arrested"] & at["convicted"],
            "n": at["arrested"],
        },
    )


@fault(FUNNEL)
def a_stage_that_is_no_subset():
    """Whoever skips a stage of the funnel comes back at the next one."""
    told = stages.reached

    def as_if_never_skipped(walk):
        reached = told(walk)
        for stage in reversed(list(reached)[:-1]):
            later = list(reached)[list(reached).index(stage) + 1]
            ever = reached[stage].ever | reached[later].ever
            reached[stage] = reached[stage]._replace(ever=ever)
        return reached

    replace(funnel, "reached", as_if_never_skipped)


@fault(TOGETHER)
def a_year_holds_the_first_day_of_the_next():
    """A figure counts what happened on the day after its period."""
    within = by_day.Spans.within
    replace(
        by_day.Spans,
        "within",
        lambda self, start, last: within(self, start, last + timedelta(days=1)),
    )


@fault(TOGETHER)
def each_year_asks_anew():
    """A night asks the database the same of every year."""
    replace(sets, "is_alone", lambda: True)
    replace(rows, "once", lambda key, answer, *, by_report=False: answer())


@fault("tests/reports/test_numbers.py")
def the_numbers_of_all_tables_are_read():
    """A figure of persons reads the numbers of everything that is counted."""
    of_one = sets.numbered
    replace(sets, "numbered", lambda *asked: of_one(*asked).partition(" and ")[0])


@fault(SITTING)
def a_part_answers_another_question():
    """A report takes what it is made of from the first question that was asked of it."""

    def first(slug, params):
        asked = together._asked.get()
        results = asked.sitting.results if asked.sitting else {}
        return next((result for (of, _params), result in results.items() if of == slug), None)

    replace(sources, "part", first)


@fault(SITTING)
def proceedings_of_any_day_are_shared():
    """Reports of one sitting share the proceedings, whichever day they ask for."""
    once = dispositions.once
    replace(dispositions, "once", lambda key, answer, *, by_report=False: once(key[0], answer))


@fault(SITTING)
def one_report_that_fails_fails_all():
    """A night has no figures where one report fails."""
    replace(jobs, "FORGIVEN", ())


@fault(SITTING)
def each_report_sits_alone():
    """What a report is made of is computed again for it."""
    replace(jobs, "Sitting", lambda: None)


@fault("tests/reports/test_served.py", "tests/reports/test_profile.py")
def merged_records_are_two_persons():
    """Whoever has two records counts as two survivors."""

    def as_written(self, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False):
        return F(self._victim).resolve_expression(query, allow_joins, reuse, summarize, for_save)

    replace(persons.Standing, "resolve_expression", as_written)


@fault("tests/reports/test_quality.py")
def a_merged_person_is_looked_for_among_all():
    """Of each merged person every record there is gets read."""
    when = persons.Case
    replace(
        persons,
        "Case",
        lambda *cases, **extra: (
            persons.Coalesce(cases[0].condition.lhs, extra["default"])
            if isinstance(extra["default"], OuterRef)
            else when(*cases, **extra)
        ),
    )
