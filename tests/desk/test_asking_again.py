"""Who reads what is kept of the rules asks the noted cases again first, or asks all of it live."""

from __future__ import annotations

from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction

from aftercare.models import Referral
from casework.kept_answers import MOST, asked_again
from casework.models import AskAgain, Case, DerivedTask
from core.context import acting_as
from desk.rules import BY_CODE
from desk.to_do import derived, tasks
from desk.to_do.tasks import to_do
from tests import factories
from tests.desk.kept import as_if_committed
from tests.meanwhile import elsewhere

pytestmark = pytest.mark.django_db


def fresh(user, case=None, most=MOST):
    return asked_again(user, case, most)


@pytest.fixture
def noted(office):
    """A case with a task that nobody has asked of yet."""
    case = factories.case(office)
    factories.referral(case)
    as_if_committed()
    return case


def test_whoever_reads_first_asks_again(noted, case_manager):
    assert not DerivedTask.objects.exists()
    with acting_as(case_manager.pk):
        assert fresh(case_manager)
    assert DerivedTask.objects.filter(case=noted).exists()
    assert not AskAgain.objects.exists()


def test_what_a_transaction_wrote_itself_it_asks_live(noted, case_manager):
    factories.referral(noted)
    assert not fresh(case_manager)
    assert AskAgain.objects.filter(case_id=noted.pk).count() > 1
    found = to_do(case_manager, rules=[BY_CODE["referral-draft"]]).first_of_each(1)
    assert [task.about for task in found] == ["2 not sent"]


def test_a_case_of_another_office_is_not_asked(noted, case_manager):
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    factories.referral(elsewhere)
    as_if_committed()
    assert fresh(case_manager)
    assert set(AskAgain.objects.values_list("case_id", flat=True)) == {elsewhere.pk}


def test_of_one_case_only_this_is_asked(noted, case_manager):
    other = factories.case(noted.office)
    factories.referral(other)
    as_if_committed()
    assert fresh(case_manager, noted)
    assert set(AskAgain.objects.values_list("case_id", flat=True)) == {other.pk}


def test_after_an_import_the_record_is_asked_until_the_worker_was_there(noted, case_manager):
    factories.referral(factories.case(noted.office))
    as_if_committed()
    assert not fresh(case_manager, most=1)
    assert not DerivedTask.objects.exists()
    derived.ask_each_minute()
    assert not AskAgain.objects.exists()
    assert fresh(case_manager, most=1)


def test_a_deed_asks_nothing_again(noted, case_manager):
    row = Referral.objects.get()
    assert tasks.find(case_manager, "referral-draft", row.pk)
    assert AskAgain.objects.exists(), "it would hold the case before the deed does"


@pytest.mark.parametrize("how", ["read only", "isolation level repeatable read"])
@pytest.mark.django_db(transaction=True)
def test_where_nothing_may_be_written_the_record_is_asked(case_manager, office, how):
    def asked():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set transaction {how}")
            return fresh(case_manager)

    factories.referral(factories.case(office))
    assert not asked()
    assert AskAgain.objects.exists()
    assert fresh(case_manager)
    assert asked()


# Of several at once, each on a connection of its own


def kept_of(case):
    return list(
        DerivedTask.objects.filter(case=case, rule="referral-draft").values_list("about", flat=True)
    )


@pytest.fixture
def shared(office):
    """A case with one draft, kept; everything is committed."""
    case = factories.case(office)
    factories.referral(case)
    derived.ask_noted()
    assert kept_of(case) == ["1"]
    return case


def answer(asks, *args):
    """What somebody else is told, on another connection."""
    told = []
    elsewhere(lambda: told.append(asks(*args)))
    return told[0]


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_another_asks_is_asked_by_the_next(shared, case_manager):
    factories.referral(shared)
    with transaction.atomic():
        assert fresh(case_manager)
        elsewhere(factories.referral, shared)
        assert AskAgain.objects.exists()
    assert kept_of(shared) == ["2"]
    assert fresh(case_manager)
    assert kept_of(shared) == ["3"]
    assert not AskAgain.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_hears_of_what_is_not_committed(shared, case_manager):
    with transaction.atomic():
        factories.referral(shared)
        assert not fresh(case_manager)
        assert answer(fresh, case_manager)
        assert answer(kept_of, shared) == ["1"]
    assert fresh(case_manager)
    assert kept_of(shared) == ["2"]


@pytest.mark.django_db(transaction=True)
def test_nobody_reads_what_another_is_about_to_replace(shared, case_manager):
    """Who cannot wait for the other asks the record."""
    factories.referral(shared)
    with transaction.atomic():
        assert fresh(case_manager)
        assert not answer(fresh, case_manager)
        assert not answer(derived.ask_noted)
    assert answer(fresh, case_manager)
    assert answer(kept_of, shared) == ["2"]


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_the_other_reads_what_it_kept(shared, case_manager):
    factories.referral(shared)
    read = []

    def reads():
        with transaction.atomic():
            read.append((fresh(case_manager), kept_of(shared)))
        connection.close()

    other = Thread(target=reads)
    with transaction.atomic():
        assert fresh(case_manager)
        other.start()
        sleep(0.15)
        assert not read
    other.join()
    assert read == [(True, ["2"])]


@pytest.mark.django_db(transaction=True)
def test_who_breaks_off_leaves_the_note(shared, case_manager):
    factories.referral(shared)
    with transaction.atomic():
        assert fresh(case_manager)
        transaction.set_rollback(True)
    assert kept_of(shared) == ["1"]
    assert fresh(case_manager)
    assert kept_of(shared) == ["2"]


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_deed_on_the_case_asks_the_record(shared, case_manager):
    """The deed holds the case: no deadlock, and no longer wait than a moment."""
    Referral.objects.all().delete()
    factories.referral(shared)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=shared.pk)
        assert not answer(fresh, case_manager)
    assert answer(fresh, case_manager)


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_nothing_twice(shared):
    factories.referral(shared)
    other = factories.case(shared.office)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select ask_longest_noted(1)")
        assert cursor.fetchone() == (1,)
        elsewhere(factories.referral, other)
        assert answer(derived.ask_noted) == 0
    assert answer(derived.ask_noted) == 1
