"""The plan of a rescue: made, changed and decided by those it names, by page and by program."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from casework.models import Case, RescuePlan
from core.models import AuditEvent
from tests import factories
from tests.factories import field

pytestmark = pytest.mark.django_db
PLACE = "IN-WB-KOL"


@pytest.fixture
def mate(case):
    """A field officer on the team."""
    user = factories.user("field_officer", case.office)
    return factories.assignment(case, user).user


@pytest.fixture
def plan(case, field_officer):
    return field.rescue_plan(case, field_officer)


def day(days=3):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def opened(plan):
    return RescuePlan.objects.get(pk=plan.pk).says


def test_a_plan_is_made_on_its_page_and_leaves_the_case_where_it_stood(
    browser_client, field_officer, case, said
):
    Case.objects.update(status="investigation")
    before = Case.objects.values().get()
    site, agency = factories.site(case), factories.agency()
    sent = {
        "key": "a-key",
        "day": day(),
        "hour": "04:30",
        "jurisdiction": PLACE,
        "site": str(site.pk),
        "meeting_point": "Invented tea stall",
        "part": "leads",
        "partners": [str(agency.pk)],
        "children": "4",
        "risks": "The owner is warned: phones stay off\nDogs: a handler comes along",
        "beds": "Six at the invented home",
        "evidence": "One films, one seizes",
    }
    client = browser_client(field_officer)
    answer = client.post(f"/cases/{case.pk}/rescue-plans/new/", sent)
    plan = RescuePlan.objects.get()
    assert answer["Location"] == f"/rescue-plans/{plan.pk}/"
    shown = said(client.get(answer["Location"]))
    for words in ("Invented tea stall", "04:30", agency.name, "a handler comes along", "leads"):
        assert words in shown
    assert "Not decided yet" in shown
    assert Case.objects.values().get() == before
    assert (plan.named, plan.status) == ([field_officer.pk], "open")
    assert "Invented tea stall" not in str(RescuePlan.objects.values("content").get())


def test_a_program_plans_and_opens_it(api, field_officer, case):
    body = {"case": str(case.pk), "day": day(), "jurisdiction": PLACE, "part": "leads"}
    client = api(field_officer)
    made = client.post("rescue-plans/", body | {"hour": "05:15", "children": 2})
    assert made.status_code == 201
    assert set(made.json()) == {
        *("id", "case", "status", "rescue", "version", "created_at", "updated_at")
    }
    told = client.post(f"rescue-plans/{made.json()['id']}/open/").json()
    assert (told["hour"], told["children"], told["day"]) == ("05:15", 2, day())
    assert told["team"] == {str(field_officer.pk): "leads"}


def test_a_risk_says_what_is_done_about_it(api, browser_client, field_officer, case, plan):
    """By both doors the refusal stands at its field, and nothing of the plan changes."""
    before = RescuePlan.objects.values().get()
    risks = "Dogs: a handler comes along\nThe owner is warned"
    path, tag = f"rescue-plans/{plan.pk}/", f'"{plan.version}"'
    answer = api(field_officer).patch(path, {"risks": risks}, If_Match=tag)
    assert answer.status_code == 400
    assert "The owner is warned" in answer.json()["errors"]["risks"][0]
    sent = {"version": plan.version, "day": day(), "jurisdiction": PLACE, "risks": risks}
    page = browser_client(field_officer).post(f"/{path}change/", sent)
    assert page.status_code == 409
    assert page.context["form"].errors["risks"]
    assert RescuePlan.objects.values().get() == before


@pytest.mark.parametrize(
    ("sent", "at"),
    [({"hour": "25:00"}, "hour"), ({"children": -1}, "children"), ({"day": "soon"}, "day")],
)
def test_what_cannot_be_is_refused_at_its_field(api, field_officer, plan, sent, at):
    path = f"rescue-plans/{plan.pk}/"
    answer = api(field_officer).patch(path, sent, If_Match='"1"')
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [at])


def test_a_site_of_another_case_is_refused(api, field_officer, plan):
    other = factories.assignment(user=field_officer).case
    sent = {"site": str(factories.site(other).pk)}
    answer = api(field_officer).patch(f"rescue-plans/{plan.pk}/", sent, If_Match='"1"')
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["site"])


def test_a_change_begins_with_what_is_planned_and_takes_the_decision_back(
    api, browser_client, field_officer, plan
):
    client, path = browser_client(field_officer), f"/rescue-plans/{plan.pk}/"
    decided = {"version": 1, "decision": "go", "reason": "All is arranged"}
    assert client.post(f"{path}decide/", decided)["Location"] == f"{path}#plan"
    says = opened(plan)
    assert (says.decision, says.decided_by) == ("go", str(field_officer.pk))
    form = client.get(f"{path}change/").context["form"]
    assert form["meeting_point"].value() == "Invented meeting point"
    same = {"version": 2, "day": says.day, "jurisdiction": says.jurisdiction}
    client.post(f"{path}change/", same | {"meeting_point": says.meeting_point})
    assert opened(plan).decision == "go"  # nothing was changed
    client.post(f"{path}change/", same | {"version": 3, "meeting_point": "Another corner"})
    assert (opened(plan).decision, opened(plan).decided_by) == ("", None)
    event = AuditEvent.objects.filter(action="rescueplan.changed").latest("id")
    assert event.detail["fields"] == ["meeting_point"]


def test_two_who_change_it_at_once_both_see_it(browser_client, field_officer, plan):
    sent = {"version": 7, "day": day(), "jurisdiction": PLACE, "beds": "Six"}
    page = browser_client(field_officer).post(f"/rescue-plans/{plan.pk}/change/", sent)
    assert page.status_code == 409
    assert opened(plan).beds == ""


def test_the_named_read_it_until_they_are_taken_off(
    api, browser_client, field_officer, mate, plan, said
):
    """With a notice that says nothing; taken off, the plan is gone for them at once."""
    path, theirs = f"/rescue-plans/{plan.pk}/", browser_client(mate)
    assert theirs.get(path).status_code == 404
    named = {"version": 1, "user": str(mate.pk), "part": "drives"}
    browser_client(field_officer).post(f"{path}name/", named)
    assert "Invented meeting point" in said(theirs.get(path))
    notice = Notice.objects.get(user=mate)
    assert (notice.kind, notice.target_id) == ("plan-opened", plan.pk)
    assert path in theirs.get("/notices/").content.decode()
    taken = api(field_officer).post(
        f"rescue-plans/{plan.pk}/unname-person/", {"user": str(mate.pk)}, If_Match='"2"'
    )
    assert taken.status_code == 200
    assert theirs.get(path).status_code == 404
    assert path not in theirs.get("/notices/").content.decode()
    assert list(opened(plan).team) == [str(field_officer.pk)]


def test_only_the_team_is_named_and_nobody_takes_themselves_off(
    api, field_officer, colleague, case_manager, plan
):
    """Not even the manager of the office, who sees all else of the case."""
    client, path = api(field_officer), f"rescue-plans/{plan.pk}/"
    for user in (colleague, case_manager, factories.user("system_admin")):
        sent = {"user": str(user.pk), "part": "drives"}
        assert client.post(f"{path}name-person/", sent, If_Match='"1"').status_code == 400
    own = {"user": str(field_officer.pk)}
    assert client.post(f"{path}unname-person/", own, If_Match='"1"').status_code == 400
    assert RescuePlan.objects.get().named == [field_officer.pk]


def test_who_leaves_the_team_leaves_the_plan(browser_client, mate, case):
    plan = field.rescue_plan(case, mate)
    path = f"/rescue-plans/{plan.pk}/"
    assert browser_client(mate).get(path).status_code == 200
    case.assignment_set.filter(user=mate).update(ended_at=timezone.now())
    assert browser_client(mate).get(path).status_code == 404


def test_an_aftercare_worker_who_is_named_reads_and_does_not_decide(
    browser_client, aftercare_worker, case
):
    plan = field.rescue_plan(case, aftercare_worker)
    client, path = browser_client(aftercare_worker), f"/rescue-plans/{plan.pk}/"
    assert client.get(path).context["urls"] == {}
    sent = {"version": 1, "decision": "go", "reason": "All is arranged"}
    assert client.post(f"{path}decide/", sent).status_code == 403
    assert opened(plan).decision == ""


def test_what_is_called_off_stays_closed_and_ends(api, browser_client, field_officer, mate, plan):
    client, path = api(field_officer), f"rescue-plans/{plan.pk}/"
    sent = {"reason": "The place was left"}
    ended = client.post(f"{path}call-off/", sent, If_Match='"1"').json()
    assert ended["status"] == "called_off"
    again = client.patch(path, {"beds": "Six"}, If_Match='"2"')
    assert (again.status_code, again.json()["detail"]) == (409, "This plan has ended.")
    assert browser_client(mate).get(f"/{path}").status_code == 404
    page = browser_client(field_officer).get(f"/{path}")
    assert b"The place was left" in page.content
    assert page.context["urls"] == {}


def test_a_rescue_logged_without_its_plan_is_named_later(
    api, browser_client, field_officer, mate, case, plan
):
    """The whole team reads the plan then, and nobody changes it any more."""
    rescue, other = factories.rescue(case, occurred_at=timezone.now()), factories.rescue()
    client, path = api(field_officer), f"rescue-plans/{plan.pk}/carry-out/"
    refused = client.post(path, {"rescue": str(other.pk)}, If_Match='"1"')
    assert refused.status_code == 400
    sent = {"version": 1, "rescue": str(rescue.pk)}
    browser_client(field_officer).post(f"/{path}", sent)
    plan.refresh_from_db()
    assert (plan.status, plan.rescue_id) == ("carried_out", rescue.pk)
    page = browser_client(mate).get(f"/rescue-plans/{plan.pk}/")
    assert b"Invented meeting point" in page.content
    assert page.context["urls"] == {}
    late = api(mate).patch(f"rescue-plans/{plan.pk}/", {"beds": "Six"}, If_Match='"2"')
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("rescued", "planned", "why"),
    [
        (timedelta(days=-1), -3, "This rescue took place before the plan was made."),
        (timedelta(), 3, "The planned day has not come yet."),
    ],
)
def test_no_plan_opens_before_its_rescue(
    api, browser_client, field_officer, mate, case, rescued, planned, why
):
    """Else whom it names could open it by any rescue of the case; a report is saved without it."""
    plan = field.rescue_plan(case, field_officer, says={"day": day(planned)})
    moment = timezone.now() + rescued
    sent = {"rescue": str(factories.rescue(case, occurred_at=moment).pk)}
    answer = api(field_officer).post(f"rescue-plans/{plan.pk}/carry-out/", sent, If_Match='"1"')
    assert answer.status_code == 400
    assert why in answer.json()["errors"]["rescue"][0]
    sent = {"key": "a-key", "place": f"case:{case.pk}", "plan": str(plan.pk)}
    sent |= {"occurred_at": moment.isoformat(timespec="minutes")}
    assert browser_client(field_officer).post("/field/rescues/new/", sent).status_code == 201
    assert browser_client(mate).get(f"/rescue-plans/{plan.pk}/").status_code == 404


def test_nobody_takes_off_whoever_made_it(api, browser_client, field_officer, mate, case):
    body = {"case": str(case.pk), "day": day(), "jurisdiction": PLACE, "part": "leads"}
    client = api(field_officer)
    path = f"rescue-plans/{client.post('rescue-plans/', body).json()['id']}/"
    third = factories.assignment(case, factories.user("field_officer", case.office)).user
    for user, tag in ((mate, '"1"'), (third, '"2"')):
        named = {"user": str(user.pk), "part": "drives"}
        assert client.post(f"{path}name-person/", named, If_Match=tag).status_code == 200
    offered = browser_client(mate).get(f"/{path}unname/").context["form"]["user"]
    assert [str(pk) for pk, _label in offered.field.choices if pk] == [str(third.pk)]
    own = {"user": str(field_officer.pk)}
    answer = api(mate).post(f"{path}unname-person/", own, If_Match='"3"')
    assert answer.status_code == 400
    assert "This person made the plan." in answer.json()["errors"]["user"][0]
    assert field_officer.pk in RescuePlan.objects.get().named


@pytest.mark.parametrize("step", ["change", "name", "decide", "carry-out"])
def test_no_title_names_the_case_of_a_plan(browser_client, field_officer, plan, step):
    """It stays in the history of the browser."""
    client = browser_client(field_officer)
    for path in (f"/rescue-plans/{plan.pk}/{step}/", f"/cases/{plan.case_id}/rescue-plans/new/"):
        title = client.get(path).content.decode().partition("</title>")[0]
        assert plan.case.reference not in title.partition("<title>")[2]


def test_no_court_is_offered_as_a_partner(browser_client, field_officer, case):
    police, court = factories.agency(), factories.agency(kind="court")
    page = browser_client(field_officer).get(f"/cases/{case.pk}/rescue-plans/new/")
    offered = set(page.context["form"].fields["partners"].queryset)
    assert police in offered
    assert court not in offered


def test_the_form_is_filled_in_as_planned_and_carries_the_plan_out(
    api, browser_client, field_officer, case
):
    """A moment to come and whom one expected are not filled in: a report says what was."""
    site, agency = factories.site(case), factories.agency()
    told = {"day": "2026-03-02", "hour": "04:30", "site": str(site.pk), "children": 9}
    plan = field.rescue_plan(case, field_officer, says=told | {"partners": [str(agency.pk)]})
    client = browser_client(field_officer)
    context = client.get(f"/field/rescues/new/?case={case.pk}&plan={plan.pk}").context
    assert context["plan"] == str(plan.pk)
    assert context["occurred_at"] == "2026-03-02T04:30"
    assert [p["value"] for p in context["places"] if p["checked"]] == [f"case:{case.pk}"]
    assert [a["value"] for a in context["agencies"] if a["checked"]] == [str(agency.pk)]
    assert [s["value"] for s in context["more_sites"] if s["checked"]] == [str(site.pk)]
    assert {tile["value"] for tile in context["tiles"]} == {0}
    sent = {"key": "a-key", "place": f"case:{case.pk}", "plan": str(plan.pk)}
    assert client.post("/field/rescues/new/", sent).status_code == 201
    plan.refresh_from_db()
    assert plan.rescue.case == case
    assert Case.objects.get(pk=case.pk).status == "rescued"


def test_a_program_reports_the_rescue_of_a_plan(api, field_officer, case, plan):
    body = {"occurred_at": timezone.now().isoformat(), "jurisdiction": PLACE}
    body |= {"programme": "csec", "plan": str(plan.pk)}
    other = factories.assignment(user=field_officer).case
    refused = api(field_officer).post("rescue-reports/", body | {"case": str(other.pk)})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["plan"])
    before = body | {"occurred_at": "2026-03-02T05:52:00+05:30"}
    refused = api(field_officer).post("rescue-reports/", before)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["plan"])
    made = api(field_officer).post("rescue-reports/", body).json()
    assert made["case"]["id"] == str(case.pk)
    plan.refresh_from_db()
    assert str(plan.rescue_id) == made["id"]


@pytest.mark.parametrize("key", ["", "no-id", "00000000-0000-4000-8000-000000000000"])
def test_a_plan_that_is_none_of_ones_own_fills_in_nothing_and_holds_up_nothing(
    browser_client, field_officer, case, key
):
    hidden = field.rescue_plan(case)
    client = browser_client(field_officer)
    for asked in (key, str(hidden.pk)):
        context = client.get("/field/rescues/new/", {"case": str(case.pk), "plan": asked}).context
        assert (context["plan"], context["occurred_at"]) == ("", "")
        sent = {"key": f"key-{asked}", "place": f"case:{case.pk}", "plan": asked}
        assert client.post("/field/rescues/new/", sent).status_code == 201
    assert RescuePlan.objects.get().status == "open"


def test_a_closed_case_takes_no_plan(api, browser_client, field_officer, case, plan):
    Case.objects.update(status="closed", closed_on=timezone.now().date())
    body = {"case": str(case.pk), "day": day(), "jurisdiction": PLACE, "part": "leads"}
    client = api(field_officer)
    assert client.post("rescue-plans/", body).status_code == 409
    page = browser_client(field_officer).get(f"/rescue-plans/{plan.pk}/")
    assert (page.context["urls"], page.context["log_url"]) == ({}, "")
    answer = client.patch(f"rescue-plans/{plan.pk}/", {"beds": "Six"}, If_Match='"1"')
    assert answer.status_code == 409
