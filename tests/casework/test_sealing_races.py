"""Two people at the same moment, with real transactions."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from casework.models import Assignment, Case, Conflict, Seal, Site
from core.context import acting_as
from tests import factories
from tests.api.real import at_once
from tests.clients import ApiClient
from tests.meta.tables import execute
from victims.models import Involvement

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "Someone asked who works on this"}


@pytest.fixture
def case(real_rows):
    return factories.assignment().case


@pytest.fixture
def officer(case):
    return case.assignment_set.get().user


def elsewhere(run):
    """Do it on another connection, in a thread; the answer is its end."""
    done = threading.Event()

    def work():
        try:
            run()
        finally:
            connection.close()
            done.set()

    threading.Thread(target=work, daemon=True).start()
    return done


def test_two_seal_at_once_and_one_is_told(case, officer):
    other = factories.assignment(case, factories.user("legal_officer")).user
    clients = [ApiClient(officer), ApiClient(other)]
    answers = at_once(2, lambda n: clients[n].post(f"cases/{case.pk}/seal/", WHY).status_code)
    assert sorted(answers)[0] == 201
    assert sorted(answers)[1] in {404, 409}  # closed to the other, or sealed already
    assert Seal.objects.count() == 1


@pytest.mark.nightly
def test_two_confirm_at_once_and_one_opens_it(case, officer):
    leads = [factories.user("safeguarding_lead") for _ in range(2)]
    ApiClient(officer).post(f"cases/{case.pk}/seal/", WHY)
    ApiClient(officer).post(f"cases/{case.pk}/ask-to-open/", WHY)
    seal, clients = Seal.objects.get(), [ApiClient(lead) for lead in leads]

    def confirm(number):
        path = f"seals/{seal.pk}/confirm/"
        return clients[number].post(path, If_Match=f'"{seal.version}"').status_code

    assert sorted(at_once(2, confirm)) == [200, 409]
    seal.refresh_from_db()
    assert (seal.status, seal.opened_by in leads, Case.objects.get().level) == ("opened", True, 1)


def writes_while_it_is_sealed(case):
    """A site written before the sealing and committed after it began: its level in the end."""
    with transaction.atomic():
        factories.site(case)
        sealed = elsewhere(lambda: Case.objects.filter(pk=case.pk).update(level=4))
        sealed.wait(0.5)
    assert sealed.wait(20)
    return Site.objects.get().level


def sealed_while_it_is_written(case):
    """A site written while a sealing is not committed yet."""
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(level=4)
        written = elsewhere(lambda: factories.site(Case(pk=case.pk)))
        written.wait(0.5)
    assert written.wait(20)
    return Site.objects.get().level


def test_what_is_written_while_a_case_is_sealed_is_sealed_with_it(case):
    assert writes_while_it_is_sealed(case) == 4


def test_what_waits_for_a_sealing_is_sealed_with_it(case):
    assert sealed_while_it_is_written(case) == 4


@pytest.mark.nightly
def test_a_row_that_does_not_wait_for_a_sealing_is_found(case):
    """Planted: the lock of foreign keys, which reads past an update."""
    (source,) = source_of("casework_copy_scope")
    execute(source.replace("for share", "for key share"))
    try:
        assert {writes_while_it_is_sealed(case), level_again(case)} != {4}
    finally:
        execute(source)


def level_again(case):
    Site.objects.all().delete()
    Case.objects.update(level=1)
    return sealed_while_it_is_written(case)


def source_of(function):
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef(%s::regproc)", [function])
        return cursor.fetchone()


def test_a_person_placed_while_a_tie_is_declared_is_kept_from_it(case, officer):
    """Both transactions are open at once; neither sees the row of the other."""
    survivor = factories.involvement(case).victim
    later = factories.assignment(factories.case(), officer).case
    path = {"case": str(case.pk), "kind": "friend", "person": str(survivor.pk)}
    client = ApiClient(officer)
    with transaction.atomic():
        Involvement.objects.create(case=later, victim=survivor, code="S-9")
        declared = elsewhere(lambda: client.post("conflicts/", path))
        declared.wait(0.5)
    assert declared.wait(20)
    assert set(Conflict.objects.values_list("case", flat=True)) == {case.pk, later.pk}
    assert not Assignment.objects.in_force().filter(user=officer).exists()
    with acting_as(officer.pk):
        assert not Case.objects.exists()
