"""The history and figures have clocks of their own; the chain tells what two persons took away."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import jobs
from core.context import acting_as
from core.models import AuditEvent, Job
from reports.models import KeptIds, Snapshot
from retention.models import Erasure, Policy
from tests import factories
from tests.core.chaining import happen, ids, link_all, tamper
from tests.core.test_chain import verified
from tests.factories import releases
from tests.factories import retention as kept
from tests.nights import nightly

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "aside"]),
    pytest.mark.usefixtures("fresh"),
]
LAW = {"kind": "history", "years": 7, "begins_on": "2026-01-01"}
LAW |= {"legal_source": "Invented Act 2001, section 9"}
AGO = "at - interval '9 years'"


def clock(kind, years=7):
    return kept.policy(kind=kind, person="", country=None, years=years)


def old_events(number=4, young=2):
    """Some of nine years ago, and some of today; all linked."""
    happen(number)
    tamper(f"update core_auditevent set at = {AGO}")
    old = ids()
    happen(young)
    link_all()
    return old


def go_through():
    Job.objects.all().delete()
    nightly("retention")
    for kind in ("erase", "finish-erasure"):
        for job in Job.objects.filter(kind=kind, state="queued"):
            jobs.run(job.pk)
            job.refresh_from_db()
            assert job.state == "done", job.failure


def confirmed(erasure):
    """By two persons, a month ago."""
    told = {"status": "confirmed", "first_by": factories.user("data_officer")}
    told |= {"second_by": factories.user("data_officer")}
    told |= dict.fromkeys(("first_at", "second_at", "not_before"), "2026-01-01T00:00:00Z")
    Erasure.objects.filter(pk=erasure.pk).update(**told)


@pytest.fixture
def officers(office):
    return [factories.user("data_officer") for _ in range(2)]


@pytest.mark.parametrize(
    ("odd", "field"),
    [({"country": "IN"}, "country"), ({"person": "child"}, "person"), ({"years": 0}, "years")],
)
@pytest.mark.by_turns(3)
def test_a_policy_of_the_history_is_of_no_country_and_no_survivor(api, officers, odd, field):
    answer = api(officers[0]).post("retention-policies/", LAW | odd)
    assert answer.status_code in {400, 409}
    assert field in answer.content.decode()
    assert not Policy.objects.exists()


def test_a_policy_of_cases_needs_its_country(api, officers):
    asked = LAW | {"kind": "survivors", "person": "child"}
    answer = api(officers[0]).post("retention-policies/", asked)
    assert "A policy is for a whole country." in answer.content.decode()


def test_two_persons_set_the_clock(api, browser_client, officers, said):
    first, second = map(api, officers)
    made = first.post("retention-policies/", LAW | {"kind": "figures"})
    assert made.status_code == 201, made.content
    assert made.json()["country"] is None
    path = f"retention-policies/{made.json()['id']}/confirm/"
    assert first.post(path).status_code == 409
    assert second.post(path).json()["outcome"] == "confirmed"
    page = said(browser_client(officers[0]).get("/retention/"))
    assert "Everywhere" in page
    assert "Stored figures" in page


def test_old_events_go_by_an_act_of_two_and_the_chain_tells_them_from_tampering(office):
    old = old_events()
    clock("history")
    go_through()
    erasure = Erasure.objects.get(of_kind="history")
    assert (erasure.status, erasure.until < timezone.now().date()) == ("proposed", True)
    confirmed(erasure)
    go_through()
    erasure.refresh_from_db()
    assert erasure.status == "erasing"
    assert set(old) <= set(ids())  # the act is not linked yet
    link_all()
    go_through()
    erasure.refresh_from_db()
    assert erasure.status == "erased"
    assert not set(old) & set(ids())
    link_all()
    code, said = verified()
    assert code == 0, said
    assert f"{len(old)} of {len(old)} events went ({kept.LAW})" in said
    alone = ids()[0]
    tamper(f"delete from core_auditevent where id = {alone}")
    code, said = verified()
    assert (code, f"Event {alone} of link" in said) == (1, True), said


def test_what_is_not_linked_and_what_took_others_away_stays(office):
    old_events()
    clock("history")
    go_through()
    confirmed(Erasure.objects.get())
    go_through()
    link_all()
    go_through()
    acts = AuditEvent.objects.filter(action="history.removed")
    tamper(f"update core_auditevent set at = {AGO} where action = 'history.removed'")
    with connection.cursor() as cursor:
        cursor.execute("select retention_has_old('history', current_date)")
        assert acts.count() == 1
        cursor.execute("select o from retention_old_events(current_date + 1) o")
        assert acts.get().pk not in {pk for (pk,) in cursor.fetchall()}


def test_c3_events_of_what_is_held_stay(office):
    case, other = factories.case(), factories.case()
    for one in (case, other):
        factories.audit_event(case=one)
    tamper(f"update core_auditevent set at = {AGO}")
    link_all()
    kept.hold(case)
    clock("history")
    go_through()
    confirmed(Erasure.objects.get())
    for _night in range(2):
        go_through()
        link_all()
    left = AuditEvent.objects.filter(case_id__in=[case.pk, other.pk])
    assert set(left.values_list("case_id", flat=True)) == {case.pk}
    assert verified()[0] == 0


@pytest.mark.nightly
def test_where_all_of_it_is_held_by_now_it_is_proposed_anew(office):
    case = factories.case()
    factories.audit_event(case=case)
    tamper(f"update core_auditevent set at = {AGO}")
    link_all()
    clock("history")
    go_through()
    confirmed(Erasure.objects.get())
    kept.hold(case)
    go_through()
    assert list(Erasure.objects.values_list("status", "first_by")) == [("proposed", None)]


@pytest.mark.parametrize("state", ["proposed", "once", "confirmed"])
@pytest.mark.by_turns(3)
def test_the_database_takes_nothing_before_its_time(office, state):
    old = old_events()
    later = {"not_before": "2999-01-01T00:00:00Z"} if state == "confirmed" else {}
    told = {"of_case": None, "country": None, "of_kind": "history", "until": date(2024, 1, 1)}
    erasure = Erasure.objects.create(due_on=date(2026, 1, 1), basis=kept.LAW, **told)
    confirmed(erasure)
    Erasure.objects.update(status=state, **later)
    go_through()
    link_all()
    with connection.cursor() as cursor:
        cursor.execute("select retention_take_old(%s)", [erasure.pk])
        assert cursor.fetchone() == (None,)
    assert set(old) <= set(ids())


def test_no_role_deletes_an_event_whatever_it_sets(office):
    """The one way is for the owner's function alone."""
    old = old_events()
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("select set_config('casework.removing', 'on', true)")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("delete from core_auditevent where id = %s", [old[0]])
    assert old[0] in ids()


def test_old_figures_go_and_those_of_a_release_stay(office):
    old, young, released = (factories.snapshot(behind={"IN|": {"k": {7}}}) for _ in range(3))
    releases.release_proposal(snapshot=released)
    tamper(
        "update reports_snapshot set created_at = created_at - interval '9 years'"
        f" where id <> '{young.pk}'"
    )
    clock("figures")
    go_through()
    confirmed(Erasure.objects.get(of_kind="figures"))
    go_through()
    assert set(Snapshot.objects.values_list("pk", flat=True)) == {young.pk, released.pk}
    assert not KeptIds.objects.filter(snapshot_id=old.pk).exists()


def test_only_whoever_decides_policies_confirms(api, officers, case_manager):
    old_events()
    clock("history")
    go_through()
    erasure = Erasure.objects.get()
    path = f"erasures/{erasure.pk}/confirm/"
    assert api(case_manager).post(path, If_Match='"1"').status_code == 403
    assert api(officers[0]).post(path, If_Match='"1"').json()["status"] == "once"
    again = api(officers[0]).post(path, If_Match='"2"')
    assert (again.status_code, "second person" in again.json()["detail"]) == (409, True)
