"""Faults in what a figure counts: a rule of the measures that is not kept."""

from __future__ import annotations

from datetime import timedelta

from reports import by_day, sets, stages, verdicts
from reports.catalogue import convictions, funnel, rates
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

RATES = "tests/reports/test_rates.py"
FUNNEL = "tests/reports/test_funnel.py"
TOGETHER = "tests/reports/test_together.py"


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
