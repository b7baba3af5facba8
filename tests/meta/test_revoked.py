"""What was open a moment ago is closed to the next request and the next job (N9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import ApiKey, Membership
from casework.models import Assignment, BreakGlass, Case, Disclosure
from core import jobs
from core.models import Job
from reports.models import Snapshot
from reports.params import parse
from tests import factories
from tests.factories import kept
from tests.meta.addresses import Caller
from tests.meta.relations import PEOPLE, bare, build, place

pytestmark = pytest.mark.django_db
PAST = timedelta(minutes=-1)


def ago():
    return timezone.now() + PAST


def end_membership(user, case):
    Membership.objects.filter(user=user).update(ended_at=ago())


def end_assignment(user, case):
    Assignment.objects.filter(user=user).update(ended_at=ago())


def move_elsewhere(user, case):
    Membership.objects.filter(user=user).update(office=factories.office("manila", "PH-MNL"))


def disable(user, case):
    user.is_active = False
    user.save(update_fields=["is_active"])


def end_disclosure(user, case):
    Disclosure.objects.filter(user=user).update(status="ended")


def let_disclosure_expire(user, case):
    Disclosure.objects.filter(user=user).update(expires_at=ago())


def end_emergency(user, case):
    BreakGlass.objects.filter(user=user).update(status="ended", ended_at=timezone.now())


def let_emergency_expire(user, case):
    end = ago()
    start = end - timedelta(minutes=60)
    BreakGlass.objects.filter(user=user).update(started_at=start, expires_at=end)


def declare_conflict(user, case):
    factories.conflict(case, user)


def seal(user, case):
    Case.objects.filter(pk=case.pk).update(level=4)


def unname(user, case):
    Assignment.objects.filter(user=user).update(named=False)


MANAGER, OFFICER = "case_manager in the office", "field_officer in the office"
PROSECUTOR = "prosecutor in the office"
ENDS = {
    "membership ended": (MANAGER, "own office", end_membership),
    "membership ended, on the team": (OFFICER, "own team", end_membership),
    "moved to another office": (MANAGER, "own office", move_elsewhere),
    "assignment ended": (OFFICER, "team in another office", end_assignment),
    "account disabled": (MANAGER, "own office", disable),
    "disclosure ended": (PROSECUTOR, "disclosed", end_disclosure),
    "disclosure expired": (PROSECUTOR, "disclosed", let_disclosure_expire),
    "emergency ended": (OFFICER, "glass broken", end_emergency),
    "emergency over": (OFFICER, "glass broken", let_emergency_expire),
    "conflict declared": (MANAGER, "own office", declare_conflict),
    "sealed": (MANAGER, "own office", seal),
    "no longer named": (OFFICER, "sealed and named", unname),
}


@pytest.mark.parametrize(("who", "relation", "end"), ENDS.values(), ids=ENDS)
@pytest.mark.by_turns(5)
def test_the_next_request_is_refused(who, relation, end):
    """By page and by key, with the session and the key of before; in an emergency no key opens a
    case, so that the interface is asked in the session, too."""
    cases = {relation: bare(relation)}
    case, user = cases[relation], place(PEOPLE[who], cases)
    caller = Caller(user)
    if relation == "glass broken":
        caller.headers = {}
    paths = (f"/cases/{case.pk}/", f"/api/v1/cases/{case.pk}/")
    assert [caller.call("get", path).status_code for path in paths] == [200, 200]
    end(user, case)
    page, api = (caller.call("get", path) for path in paths)
    assert page.status_code in {302, 403, 404}
    assert page.status_code != 302 or page["Location"].startswith("/sign-in/")
    assert api.status_code in {401, 403, 404}
    assert case.reference not in page.content.decode() + api.content.decode()


def test_a_revoked_key_opens_nothing(case_manager):
    caller = Caller(case_manager)
    assert caller.call("get", "/api/v1/me/").status_code == 200
    ApiKey.objects.update(revoked_at=timezone.now())
    assert caller.call("get", "/api/v1/me/").status_code == 401


def test_an_expired_key_opens_nothing(case_manager):
    caller = Caller(case_manager)
    ApiKey.objects.update(expires_at=ago())
    assert caller.call("get", "/api/v1/me/").status_code == 401


def test_leaving_a_provider_closes_what_it_received():
    staff = factories.provider_staff()
    caller = Caller(staff.user)
    sent = factories.referral()
    sent.provider, sent.status, sent.sent_at = staff.provider, "sent", timezone.now()
    sent.save()
    path = f"/api/v1/received-referrals/{sent.pk}/"
    assert caller.call("get", path).status_code == 200
    staff.ended_at = ago()
    staff.save()
    assert caller.call("get", path).status_code == 404


def asked(user):
    """A report this person asks for."""
    parameters = {"report": "rescues-and-victims", "params": parse({}).as_json()}
    return Job.objects.create(kind="report", requested_by=user, parameters=parameters)


def counted(row):
    """The ids behind the figures it was answered with."""
    jobs.run(row.pk)
    row.refresh_from_db()
    return kept.told(Snapshot.objects.get(pk=row.result["snapshot"]).behind)


@pytest.mark.parametrize("end", [end_membership, disable], ids=lambda end: end.__name__)
@pytest.mark.by_turns(2)
def test_the_job_asked_for_before_is_refused(end):
    cases = build(("own office",))
    user = place(PEOPLE[MANAGER], cases)
    assert counted(asked(user))
    row = asked(user)
    end(user, cases["own office"])
    with pytest.raises(PermissionDenied):
        counted(row)


def test_the_job_of_who_moved_counts_the_new_office():
    cases = build(("own office",))
    user = place(PEOPLE[MANAGER], cases)
    row = asked(user)
    move_elsewhere(user, cases["own office"])
    assert not counted(row)
