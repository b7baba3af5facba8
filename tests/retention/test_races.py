"""A hold and an erasure at the same moment, on real connections: one of them sees the other."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from casework.models import Case
from core.context import acting_as, at_work
from core.services import Refused
from retention.models import Erasure, LegalHold
from retention.services.holds import ask_hold
from tests import factories
from tests.factories import retention as kept
from tests.meta.tables import execute
from tests.whole import examples

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "An invented court asked for it"


@pytest.fixture
def officer(real_rows):
    return factories.user("case_manager")


def hold(case, victim, officer):
    """As a case manager, through the service; for a person, by that person's other case."""
    with acting_as(officer.pk):
        person = case.involvement_set.filter(victim=victim).first() if victim else None
        ask_hold(case, involvement=person, reason=REASON, actor=officer)


def erase(erasure):
    """As the worker, what its job does in one transaction."""
    with at_work(), acting_as(None), connection.cursor() as cursor:
        cursor.execute("select refused from retention_erase(%s)", [erasure.pk])


def both(first, second):
    """At once, each on a connection of its own; `first` is let off a moment before."""
    start, refused = threading.Barrier(2), []

    def run(deed, late):
        try:
            start.wait(10)
            if late:
                threading.Event().wait(0.002)
            with transaction.atomic():
                deed()
        except (Refused, DatabaseError) as exc:
            refused.append(exc)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in ((first, False), (second, True))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return refused


def contradictions(officer, *, hold_first, of_person, times):
    """Cases that are gone although a hold on them stands."""
    found = []
    for _number in range(times):
        case, other = kept.closed_case(), factories.case()
        victim = factories.victim(case) if of_person else None
        if victim:
            factories.involvement(other, victim=victim)
        erasure = kept.confirmed_erasure(case, tombstone=case.pk)
        held = other if victim else case
        deeds = [lambda h=held, v=victim: hold(h, v, officer), lambda e=erasure: erase(e)]
        both(*(deeds if hold_first else reversed(deeds)))
        gone = not Case.objects.filter(pk=case.pk).exists()
        stands = LegalHold.objects.holding().filter(case=held).exists()
        if gone and stands:
            found.append(case)
        Erasure.objects.filter(pk=erasure.pk).delete()
    return found


@pytest.mark.parametrize("hold_first", [True, False])
@pytest.mark.by_turns(2)
def test_c3_hold_beats_erasure_in_any_order(officer, hold_first):
    """One of the case: gone and held is never both."""
    assert contradictions(officer, hold_first=hold_first, of_person=False, times=5) == []


@pytest.mark.nightly
@pytest.mark.parametrize("hold_first", [True, False])
def test_c3_a_hundred_times_each_way(officer, hold_first):
    assert contradictions(officer, hold_first=hold_first, of_person=False, times=100) == []


@pytest.mark.nightly
def test_c3_without_the_lock_evidence_vanishes_under_a_hold(officer):
    """Planted: neither waits for the other, and the erasure does not ask again."""
    (source,) = source_of("retention_is_held")
    execute(
        "create or replace function retention_is_held(which uuid) returns boolean"
        " stable language sql as 'select false'"
    )
    try:
        case = kept.closed_case()
        kept.hold(case)
        erasure = kept.confirmed_erasure(case, tombstone=case.pk)
        erase(erasure)
        assert not Case.objects.filter(pk=case.pk).exists()
    finally:
        execute(source)


def source_of(function):
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef(%s::regproc)", [function])
        return cursor.fetchone()


def test_a_person_held_while_another_case_is_erased_is_seen(officer):
    """The hold is on the person by another case: it waits for the erasure, or the erasure for it.

    An erasure that came first may be done; one that came second is refused.
    """
    for _number in range(examples(30)):
        case, other = kept.closed_case(), factories.case()
        victim = factories.victim(case)
        factories.involvement(other, victim=victim)
        erasure = kept.confirmed_erasure(case, tombstone=case.pk)
        hold(other, victim, officer)
        erase(erasure)
        assert Case.objects.filter(pk=case.pk).exists()
