"""Faults about a person across cases: counted twice, undone out of turn, paid beyond the order."""

from __future__ import annotations

import dataclasses

from core.alike import merging
from prosecutions.forms import perpetrators as offender_forms
from prosecutions.models import Perpetrator
from prosecutions.services import compensation, perpetrators
from prosecutions.services import matches as offenders
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace
from victims.services import matches, merges

MERGES = "tests/prosecutions/test_merges.py"
PERSONS = "tests/prosecutions/test_perpetrators.py"
SURVIVORS = "tests/victims/test_merges.py"
PAYMENTS = "tests/prosecutions/test_compensation.py"


@fault(MERGES)
def records_below_stay_behind():
    """A merge moves one record and leaves those that stand under it."""
    replace(merging.Merging, "standing_under", lambda self, record: [record.pk])


@fault(MERGES)
def a_merge_moves_what_is_out_of_reach():
    """A merge asks for no right to the records it moves."""
    unasked = dataclasses.replace(perpetrators.MERGING, require_open=lambda ids, actor: None)
    replace(perpetrators, "MERGING", unasked)


@fault(PERSONS)
def who_is_shown_a_case_describes_people():
    """Whoever an emergency opening shows a case writes about the people of it."""
    replace(
        perpetrators,
        "may_write_about",
        lambda record, actor: bool(Perpetrator.objects.visible_to(actor).filter(pk=record.pk)),
    )


@fault(PAYMENTS)
def more_paid_than_ordered():
    """A payment is checked against nothing."""
    replace(compensation, "_check", lambda payment, sentence: None)


@fault(SURVIVORS)
def a_case_nobody_here_sees_is_no_obstacle():
    """Survivors are merged although one of them stands in a case that is closed to the actor."""
    replace(merges, "wholly_open", lambda ids: True)


@fault(SURVIVORS)
def who_sees_no_names_merges_unasked():
    """The data officer merges what nobody confirmed."""
    replace(merges, "confirmed", lambda one, other: True)


@fault("tests/victims/test_matching.py")
def whoever_is_seen_is_judged():
    """Two records are said to be one by somebody who does not reach both."""
    replace(
        matches,
        "MATCHING",
        dataclasses.replace(matches.MATCHING, require=lambda record, actor: None),
    )


@fault("tests/prosecutions/test_offender_matches.py")
def offenders_out_of_reach_are_judged():
    """Two records are said to be two by somebody who does not reach both."""
    replace(
        offenders,
        "MATCHING",
        dataclasses.replace(offenders.MATCHING, require=lambda record, actor: None),
    )


@fault("tests/prosecutions/test_offender_matches.py")
def offenders_out_of_reach_are_offered():
    """The form of a merge offers whoever is seen."""
    replace(offender_forms, "within_reach", lambda rows, actor: rows)
