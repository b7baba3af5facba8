"""That a rescue is planned changes nothing that anybody reads whom the plan does not name: not a
word, a count, a status of an answer, a row of either wall (N4, N5, M4).
"""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.notices import WORDS
from casework.models import Case, RescuePlan
from casework.services.plans import (
    change_plan,
    decide_plan,
    name_in_plan,
    open_plan,
    plan_rescue,
)
from core.context import acting_as, counting_as
from core.models import AuditEvent
from tests import factories
from tests.casework.sight import act, again, by_application, by_database
from tests.clients import lasting, taken_back
from tests.factories import field
from tests.meta.relations import PEOPLE, RELATIONS, bare, may, place
from tests.meta.tables import execute

pytestmark = pytest.mark.django_db
SECRET = "Invented tea stall"
SECTIONS = ("", "investigation/", "people/", "to-do/", "documents/", "timeline/", "readers/")
PAGES = ("/", "/to-do/", "/cases/", "/go/", "/notices/", "/exports/", "/field/rescues/new/")
CALLS = ("cases", "rescues", "tasks", "notices", "rescue-plans")
CHANGES = "rescue-plans/changes/?updated_since=2026-01-01T00:00:00Z"
PLAN = (RescuePlan,)


@pytest.fixture
def case(case):
    Case.objects.update(status="investigation")
    return case


def on_team(role):
    return lambda case: factories.assignment(case, factories.user(role, case.office)).user


def of_office(role):
    return lambda case: factories.user(role, case.office)


def elsewhere(role, office, *place):
    return lambda case: factories.user(role, factories.office(office, *place))


def with_broken_glass(case):
    user = elsewhere("case_manager", "manila", "PH-MNL")(case)
    return factories.break_glass(case, user).user


OUTSIDE = {  # who must not learn of it
    "on the team": on_team("field_officer"),
    "who cares for the survivors": on_team("aftercare_worker"),
    "in the office": of_office("field_officer"),
    "manager of the office": of_office("case_manager"),
    "manager of all offices": elsewhere("case_manager", "global"),
    "of another office": elsewhere("case_manager", "manila", "PH-MNL"),
    "in an emergency": with_broken_glass,
    "data officer": of_office("data_officer"),
    "safeguarding lead": of_office("safeguarding_lead"),
    "administrator": of_office("system_admin"),
}


def answers(browser_client, api, user, case, moment):
    """What this person reads of the case and around it, but for what is new in every answer."""
    with taken_back(), time_machine.travel(moment, tick=False):
        client, program = browser_client(user), api(user)
        pages = [f"/cases/{case.pk}/{section}" for section in SECTIONS]
        found = {path: client.get(path) for path in (*pages, *PAGES)}
        found["search"] = client.post("/search/", {"q": SECRET})
        found["by reference"] = client.post("/search/", {"q": case.reference})
        calls = [*CALLS, *(f"cases/{case.pk}/{part}" for part in ("timeline", "steps"))]
        found |= {f"api {path}": program.get(f"{path}/") for path in calls}
        found["changes"] = program.get(CHANGES)
        told = program.get(f"audit-events/?case={case.pk}").json().get("results", [])
        seen = {path: (one.status_code, lasting(one)) for path, one in found.items()}
        return seen | {"history": [(event["action"], event["record_id"]) for event in told]}


def planned(case, planner, mate):
    """A plan with all that becomes of one before its rescue."""
    place = case.jurisdiction
    day = (timezone.now() + timedelta(days=3)).date()
    plan = act(plan_rescue, case, planner, day=day, jurisdiction=place, part="leads")
    act(change_plan, plan, planner, version=1, meeting_point=SECRET)
    act(name_in_plan, plan, planner, version=2, user=mate, part="drives")
    act(decide_plan, plan, mate, version=3, decision="go", reason="All is arranged")
    act(open_plan, RescuePlan.objects.get(), mate)
    return RescuePlan.objects.get()


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.by_turns(5)
def test_nothing_that_others_read_changes(browser_client, api, field_officer, case, who):
    """And an address of the plan answers them as one of none."""
    user, mate = OUTSIDE[who](case), on_team("field_officer")(case)
    moment = timezone.now()
    before = answers(browser_client, api, user, case, moment)
    plan = planned(case, field_officer, mate)
    after = answers(browser_client, api, user, case, moment)
    assert [path for path in before if before[path] != after[path]] == []
    page, program = browser_client(user), api(user)
    for step in ("", "change/", "decide/", "carry-out/"):
        for method in ("get", "post"):
            there, nowhere = (
                getattr(page, method)(f"/rescue-plans/{pk}/{step}").status_code
                for pk in (plan.pk, uuid.uuid4())
            )
            assert there == nowhere == 404
    assert program.get(f"rescue-plans/{plan.pk}/").status_code in (403, 404)


def test_its_trail_names_no_case_and_tells_an_auditor_who_did_what_and_no_more(
    api, browser_client, field_officer, case
):
    mate = factories.assignment(case, factories.user("field_officer", case.office)).user
    plan = planned(case, field_officer, mate)
    events = AuditEvent.objects.filter(action__startswith="rescueplan.")
    assert {event.action for event in events} == {
        f"rescueplan.{deed}" for deed in ("made", "changed", "named", "decided", "opened")
    }
    for event in events:
        assert (event.case_id, event.subjects) == (None, [plan.pk])
    named = browser_client(mate).get(f"/rescue-plans/{plan.pk}/").context["deeds"]
    assert [deed.who for deed in named] == [mate.name, *[field_officer.name] * 3]
    auditor = factories.user("auditor", case.office)
    seen = api(auditor).get("audit-events/?limit=200").content.decode()
    assert "rescueplan.decided" in seen
    assert SECRET not in seen


def test_a_notice_of_it_says_nothing(field_officer, case):
    words = str(WORDS["plan-opened"]).lower()
    assert not {"rescue", "plan", "case"} & set(re.findall(r"\w+", words))


def test_what_is_typed_of_it_is_the_drafts_of_one_person(browser_client, field_officer, case):
    """On the form of the plan, too: the draft lies encrypted and for its person alone."""
    plan = field.rescue_plan(case, field_officer)
    path = f"/rescue-plans/{plan.pk}/change/"
    browser_client(field_officer).post(path, {"_draft": "keep", "meeting_point": SECRET})
    other = factories.assignment(case, factories.user("field_officer", case.office)).user
    with acting_as(other.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from core_draft")
        assert cursor.fetchone() == (0,)
    assert browser_client(other).get(path).status_code == 404


@pytest.mark.parametrize("name", ["case_manager in the office", "field_officer in the office"])
def test_who_is_named_sees_it_as_deep_as_the_case_and_nobody_else_does(name):
    """Either wall, in every relation: named it goes with names of the case, unnamed it is shut."""
    person, cases = PEOPLE[name], {relation: bare(relation) for relation in RELATIONS}
    user = place(person, cases)
    for relation, case in cases.items():
        hidden, right = field.rescue_plan(case), may(person, RELATIONS[relation], 3, None)
        assert not by_application(user, case, PLAN) | by_database(user, case, PLAN), relation
        hidden.named.append(user.pk)
        hidden.save()
        seen = [bool(by(user, case, PLAN)) for by in (by_application, by_database)]
        assert seen == [right, right], relation


def test_once_its_rescue_is_logged_it_opens_to_the_team_in_both_walls(case, field_officer):
    other = factories.assignment(case, factories.user("legal_officer", case.office)).user
    beside = factories.user("field_officer", case.office)
    plan = field.rescue_plan(case, field_officer)
    RescuePlan.objects.filter(pk=plan.pk).update(
        status="carried_out", rescue=factories.rescue(case)
    )
    for user, right in ((other, {"RescuePlan"}), (beside, set())):
        assert by_application(user, case, PLAN) == right
        assert by_database(user, case, PLAN) == right


def test_it_is_in_no_figure(case, field_officer, case_manager):
    field.rescue_plan(case, field_officer)
    assert not RescuePlan.objects.countable_by(again(case_manager)).exists()
    for reader in (case_manager.pk, field_officer.pk):
        with counting_as(reader), connection.cursor() as cursor:
            cursor.execute("select count(id) from casework_rescueplan")
            assert cursor.fetchone() == (0,)


def test_the_wall_alone_lets_nobody_write_a_plan_that_does_not_name_them(case, field_officer):
    """Nor write themselves into one."""
    plan, other = field.rescue_plan(case, field_officer), factories.user("legal_officer")
    factories.assignment(case, other)
    with acting_as(other.pk), connection.cursor() as cursor:
        cursor.execute(
            "update casework_rescueplan set named = named || %s::uuid where id = %s",
            [str(other.pk), str(plan.pk)],
        )
        assert cursor.rowcount == 0


def test_a_wall_that_forgets_the_names_is_found(case, field_officer):
    """Planted: whoever reads names of the case would see its plans."""
    other = factories.assignment(case, factories.user("legal_officer", case.office)).user
    field.rescue_plan(case, field_officer)
    execute("alter policy in_scope on casework_rescueplan using (true)")
    assert by_database(other, case, PLAN) == {"RescuePlan"}
    assert by_application(other, case, PLAN) == set()
