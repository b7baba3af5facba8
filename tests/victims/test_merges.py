"""Two records recognised as one survivor, and undone: every count follows, at every date."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import Conflict
from core.context import acting_as
from core.services import Refused
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import duplicates
from victims.models import Victim, VictimMerge
from victims.services.merges import merge_victims, undo_victim_merge

pytestmark = pytest.mark.django_db
DAYS = ("2026-03-09", "2026-04-30", "2026-10-31")


@pytest.fixture
def manager(office):
    return factories.user("case_manager", office)


@pytest.fixture
def everywhere():
    """A case manager of the global office, to whom every case and every name is open."""
    return factories.user("case_manager", factories.office("global"))


def merged(keep, other, actor):
    with acting_as(actor.pk):
        merge_victims(keep, other=other, actor=actor)
    return VictimMerge.objects.latest("created_at")


def undone(merge, actor):
    with acting_as(actor.pk):
        return undo_victim_merge(merge, actor=actor)


def stands(*records):
    return [Victim.objects.get(pk=row.pk).merged_into for row in records]


def test_a_merge_is_written_down_and_undone(case, manager, recorded):
    keep, other = factories.victim(case), factories.victim(case)
    merge = merged(keep, other, manager)
    assert (merge.kept, merge.other, merge.moved) == (keep, other, [other.pk])
    assert stands(keep, other) == [None, keep]
    undone(merge, manager)
    assert stands(keep, other) == [None, None]
    assert recorded("merge.undone") == [(manager.pk, str(merge.pk))]
    with pytest.raises(Refused, match="already been undone"):
        undone(merge, manager)


def test_each_goes_back_to_where_it_stood(case, manager):
    first, second, third = (factories.victim(case) for _ in range(3))
    below = merged(second, third, manager)
    above = merged(first, second, manager)
    with pytest.raises(Refused, match="A later merge depends on this one"):
        undone(below, manager)
    undone(above, manager)
    assert stands(first, second, third) == [None, None, second]


def test_only_who_reaches_every_case_of_both_may_merge(case, manager, everywhere):
    """Else a record of another office would change whom it stands for."""
    here, abroad = factories.victim(case), factories.victim(factories.case())
    both = factories.victim(case)
    factories.involvement(factories.case(factories.office("manila", "PH-MNL")), victim=both)
    with pytest.raises(PermissionDenied):
        merged(
            here, factories.victim(factories.case(factories.office("manila", "PH-MNL"))), manager
        )
    with pytest.raises(Refused, match="not open to you"):
        merged(here, both, manager)
    assert stands(here, both, abroad) == [None, None, None]
    merged(here, both, everywhere)
    assert stands(both) == [here]


def test_a_sealed_case_of_one_keeps_everybody_off_who_is_not_named(case, manager, everywhere):
    here, other = factories.victim(case), factories.victim(case)
    factories.involvement(factories.case(case.office, level=4), victim=other)
    for actor in (manager, everywhere):
        with pytest.raises(Refused, match="not open to you"):
            merged(here, other, actor)
    assert stands(other) == [None]


def test_who_sees_no_names_merges_what_both_sides_confirmed(case):
    officer = factories.user("data_officer", factories.office("global"))
    abroad = factories.case(factories.office("manila", "PH-MNL"))
    here, there = factories.victim(case), factories.victim(abroad)
    pair = duplicates.match(case, here, there)
    for record, at in ((here, case), (there, abroad)):
        with pytest.raises(Refused, match="Ask both case managers"):
            merged(here, there, officer)
        said = {"status": "yes", "answered_by": officer, "answered_at": at.created_at}
        part = record.involvements.get()
        duplicates.confirmation(at, match=pair, involvement=part, **said)
    merged(here, there, officer)
    assert stands(there) == [here]


def test_a_conflict_of_interest_follows_the_merge(case, manager):
    """Whoever may not know the one knows the other no more."""
    keep, other = factories.victim(case), factories.victim(factories.case(case.office))
    watched = other.involvements.get().case
    worker = factories.user("field_officer", case.office)
    factories.conflict(case, worker, person_id=keep.pk)
    merged(keep, other, manager)
    assert Conflict.objects.filter(user=worker, case=watched, status="holds").exists()


def row(as_of):
    result = compute(REPORTS["rescues-and-victims"], Reporter(), parse({"as_of": as_of}))
    codes = {
        (r["jurisdiction"] or {}).get("code"): r for r in result.rows if not r.get("programme")
    }
    whole = codes.get("IN") or {"rescued": 0, "minors": 0}
    return whole["rescued"], whole["minors"]


def rescued(case, on, **facts):
    person = Victim.objects.create(**({"sex": "female"} | facts))
    rescue = factories.rescue(case, occurred_on=on)
    factories.involvement(case, victim=person, rescue=rescue, outcome="rescued")
    return person


@pytest.mark.nightly
def test_merged_and_undone_every_count_is_right_at_every_date(case, manager):
    """Rescued twice: one person, and of the age the standing record says (measures.md 4)."""
    first = rescued(case, date(2026, 3, 10), age_min_months=150, age_max_months=150)
    again = rescued(case, date(2026, 9, 1), age_min_months=300, age_max_months=300)
    before = [row(day) for day in DAYS]
    assert before == [(0, 0), (1, 1), (2, 1)]
    merge = merged(first, again, manager)
    assert [row(day) for day in DAYS] == [(0, 0), (1, 1), (1, 1)]
    undone(merge, manager)
    assert [row(day) for day in DAYS] == before
    merged(again, first, manager)  # now the record that stands says 25 years
    assert [row(day) for day in DAYS] == [(0, 0), (1, 0), (1, 0)]


def test_where_the_standing_record_knows_no_age_the_first_known_holds(case, manager):
    unknown = rescued(case, date(2026, 3, 10))
    child = rescued(case, date(2026, 9, 1), age_min_months=150, age_max_months=150)
    assert row(DAYS[1]) == (1, 0)
    merged(unknown, child, manager)
    assert [row(day) for day in DAYS] == [(0, 0), (1, 1), (1, 1)]
