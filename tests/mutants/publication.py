"""Faults in what leaves the organisation, and in what is taken for the same figure."""

from __future__ import annotations

from accounts.models import User
from reports import closed, comparison, jobs, readers
from reports.catalogue.clearance import Clearance
from reports.params import Params
from reports.publishing import bounds, draft, models, sealed, services, suppression
from reports.schedules import services as schedules
from reports.schedules.models import Schedule
from tests.mutants.catalogue import fault
from tests.mutants.planting import like, replace

SAFE = "tests/reports/test_suppression.py"
RELEASES = "tests/reports/test_releases.py"
MANY = "tests/reports/test_many_releases.py"
HISTORIES = "tests/reports/test_histories.py"
SAID_NO = "tests/reports/test_said_no.py"
SNAPSHOTS = "tests/reports/test_snapshots.py"
SCHEDULES = "tests/reports/test_schedules.py"


@fault(SAFE)
def only_small_counts_are_hidden():
    """Nothing is hidden beside the counts from 1 to 10."""
    replace(bounds.Bounds, "narrow", lambda self, watched: iter(()))


@fault(SAFE)
def an_interval_of_ten_is_wide_enough():
    """A hidden count is held to be safe one number too early."""
    replace(suppression, "K", 10)


@fault("tests/reports/test_bounds.py")
def the_solver_is_believed():
    """A table that breaks an equation is taken for one that fits."""
    replace(
        bounds.Bounds, "_remember", lambda self, values: self._keep(bounds.np.rint(values)) or True
    )


@fault(SAFE)
def a_rest_is_not_protected():
    """What the parts leave over of a whole may be told by subtraction."""
    watched = suppression._OfPeople._watched

    def counts_alone(self):
        return [number for number in watched(self) if number < len(self.groups.told)]

    replace(suppression._OfPeople, "_watched", counts_alone)


@fault(RELEASES, SAFE, MANY)
def earlier_releases_are_forgotten():
    """A table is held against itself only."""
    replace(suppression, "related", lambda new, before: [])
    replace(suppression.Judgement, "_few_more", lambda self: [])


@fault(MANY, HISTORIES)
def releases_are_compared_two_by_two():
    """A table is held against each earlier one alone."""
    whole = suppression.Judgement.safe

    def by_pairs(self):
        judged = [
            whole(suppression.Judgement(self.new, before, self.gives_up))
            for before in ([], *([one] for one in self.before))
        ]
        hidden = frozenset().union(*(safe.hidden for safe in judged))
        return suppression.Safe(hidden, tuple(one for safe in judged for one in safe.open))

    replace(suppression.Judgement, "safe", by_pairs)


@fault(SAFE, RELEASES)
def a_few_more_may_be_told():
    """A count may differ by less than eleven from what was told of it."""
    replace(suppression.Judgement, "_few_more", lambda self: [])


@fault(RELEASES)
def the_one_who_proposed_lets_it_out():
    """One person is enough for a release."""
    replace(services, "_require_second_person", lambda proposal, actor: None)
    return (
        "alter table reports_releaseproposal drop constraint reports_releaseproposal_second_person;"
        "alter table reports_release drop constraint reports_release_second_person"
    )


@fault(RELEASES)
def whoever_decides_decides_on_everything():
    """A proposal is open to deciders who count other rows."""
    replace(models.OfSameScope, "scope", lambda self, rows, user: rows)


@fault(RELEASES)
def a_few_sealed_persons_are_counted():
    """A national total holds sealed cases of fewer than eleven persons."""
    replace(sealed, "K", 1)


@fault(RELEASES)
def figures_with_a_sealed_case_leave():
    """Whoever is named in a sealed case may propose figures that count it."""
    require = draft._require_publishable

    class Nobody:
        cases = ()

    def unasked(report, snapshot, detail, reader):
        require(report, snapshot, detail, type("Reader", (), {"counting": Nobody})())

    replace(draft, "_require_publishable", unasked)


@fault(RELEASES)
def a_table_of_nothing_leaves():
    """A table in which every count is hidden is released."""
    replace(draft, "_require_something_left", lambda grid, hidden: None)


@fault(RELEASES)
def any_report_leaves():
    """A report that does not say how its counts add up is released."""
    replace(Clearance, "sums", ())


@fault(SNAPSHOTS)
def what_changed_is_not_computed_again():
    """A snapshot is taken again though the data changed."""
    replace(jobs, "data_state", lambda: "1")


@fault(SNAPSHOTS)
def a_table_does_not_note_its_changes():
    """Services may be written without a mark, so old figures are taken for new ones."""
    return "drop trigger aftercare_servicerecord_noted on aftercare_servicerecord"


@fault(SNAPSHOTS)
def who_came_is_named_to_everyone():
    """The difference of two snapshots tells small counts to readers without row rights."""
    replace(comparison, "counts_only", lambda reader: False)


@fault(SCHEDULES)
def it_comes_every_day():
    """A report that came is asked for again on each later day."""
    replace(Schedule, "is_due", Schedule.has_come)


@fault(SCHEDULES)
def what_is_changed_comes_at_once():
    """A report moved to a day that is over this month is asked for again the same day."""
    replace(schedules, "_as_if_run", lambda wanted, today: None)


@fault(SCHEDULES)
def a_stranger_is_given_reports():
    """A report comes to somebody of an office that the one who asks is not of."""
    replace(schedules, "colleagues", lambda actor: User.objects.all())


@fault(SCHEDULES)
def a_colleague_is_sent_the_figures_of_the_one_who_asked():
    """What comes to a colleague is computed with the rights of whoever asked for it."""
    request = schedules.jobs.request

    def as_asker(kind, *, actor=None, **parameters):
        row = Schedule.objects.get(pk=parameters["schedule"])
        return request(kind, actor=row.asked_by or actor, **parameters)

    replace(schedules, "jobs", like(schedules.jobs, request=as_asker))


@fault(SCHEDULES)
def it_still_comes_to_whoever_left():
    """A report is computed for somebody whose roles ended."""
    replace(schedules.run_schedule, "check", lambda actor: None)


@fault(SCHEDULES)
def a_colleague_is_given_open_weeks():
    """Somebody who counts survivors without seeing them is given weeks and open years."""
    replace(schedules, "_require_open", lambda wanted, today, person, actor: None)


@fault(SAID_NO)
def who_said_no_is_released():
    """Figures that leave count everybody."""
    replace(Params, "leaves", False)


@fault(SAID_NO)
def figures_for_inside_leave():
    """What counts everybody, or somebody who said no since, is let out."""
    replace(draft, "_require_consent", lambda snapshot, reader: None)


@fault(SAID_NO)
def a_no_holds_in_one_record_alone():
    """Only a withdrawal is a no, and only in the record it is written in."""
    return (
        "create or replace function victims_out_of_figures() returns setof uuid stable"
        " language sql security definer set search_path = public, pg_temp as $$"
        " select i.victim_id from victims_consent c"
        " join victims_involvement i on i.id = c.involvement_id"
        " where c.purpose = 'statistics' and c.replaced_at is null"
        " and c.withdrawn_on is not null $$"
    )


CLOSED, LOOKS = "tests/reports/test_closed.py", "tests/reports/test_looks.py"


@fault(CLOSED)
def whoever_counts_asks_for_free_windows():
    """Periods that are not over are computed for readers without row rights."""
    replace(closed, "is_closed", lambda report, params, today: True)


@fault(LOOKS)
def earlier_looks_are_forgotten():
    """A table is held against itself alone."""
    replace(closed, "_told", list)


@fault(CLOSED)
def a_late_entry_shows_at_once():
    """A line changes by one."""
    replace(closed, "_may_change", lambda report, was, now: True)


@fault(CLOSED)
def figures_are_shared_with_whoever_counts():
    """What was computed for somebody with row rights is open to whoever has none."""
    replace(readers, "counts_only", lambda reader: False)
