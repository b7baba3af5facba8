"""Anyone on a team closes a case at once; whoever is not named loses it everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Notice
from casework.enums import CaseStatus
from casework.models import Assignment, Case, Seal
from casework.services.sealing import name_person, seal_case, take_name
from core import jobs
from core.services import Refused
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import parse
from reports.run import compute
from tests import factories
from tests.casework.sight import ALL, EXISTS, act, again, full_case, sees

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.now() - timedelta(days=1)
WHY = "Someone near the owner asked who works on this"


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(full_case(office), field_officer).case


@pytest.fixture
def legal(case):
    return factories.assignment(case, factories.user("legal_officer", case.office)).user


@pytest.fixture
def lead(office):
    return factories.user("safeguarding_lead", office)


@pytest.fixture
def global_lead(db):
    return factories.user("safeguarding_lead", factories.office("global"))


def named(case):
    return set(case.assignment_set.in_force().filter(named=True).values_list("user", flat=True))


def test_an_officer_seals_by_the_page(
    browser_client, field_officer, legal, lead, global_lead, case
):
    page = browser_client(field_officer)
    form = page.get(f"/cases/{case.pk}/seal/").content.decode()
    assert legal.name in form
    assert field_officer.name not in form.partition('<main id="main"')[2]
    answer = page.post(f"/cases/{case.pk}/seal/", {"reason": WHY, "people": [legal.pk]})
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/people/#knowing")
    assert named(case) == {field_officer.pk, legal.pk, lead.pk, global_lead.pk}
    assert Case.objects.get().level == 4
    seal = Seal.objects.get()
    assert (seal.reason, seal.sealed_by, seal.status, seal.level) == (
        WHY,
        field_officer,
        "sealed",
        4,
    )
    shown = page.get(f"/cases/{case.pk}/people/").content.decode()
    assert "Only the people named here see this case" in shown
    assert legal.name in shown
    assert WHY not in shown  # the reason is for who decides


def test_a_program_seals(api, field_officer, legal, case, recorded):
    body = {"reason": WHY, "people": [legal.username]}
    answer = api(field_officer).post(f"cases/{case.pk}/seal/", body)
    assert answer.status_code == 201
    assert (answer.json()["status"], answer.json()["sealed_by"]) == (
        "sealed",
        field_officer.username,
    )
    assert named(case) == {field_officer.pk, legal.pk}
    assert recorded("case.sealed") == [(field_officer.pk, str(case.pk))]


def test_who_is_not_named_loses_it_at_once(field_officer, legal, lead, case_manager, case):
    assert sees(legal, case) == sees(case_manager, case) == ALL
    colleague = factories.user("data_officer", case.office)
    assert sees(colleague, case) > EXISTS
    act(seal_case, case, field_officer, reason=WHY)
    for closed in (legal, case_manager, colleague, factories.user("field_officer", case.office)):
        assert sees(closed, case) == set()
    assert sees(field_officer, case) == ALL
    assert sees(lead, case) == EXISTS


def test_pages_lists_and_programs_do_not_know_it(
    browser_client, api, field_officer, legal, case_manager, case
):
    act(seal_case, case, field_officer, reason=WHY)
    for person in (legal, case_manager):
        page, program = browser_client(person), api(person)
        for address in ("/", "/cases/", f"/cases/?office={case.office.code}", "/notices/"):
            assert case.reference not in page.get(address).content.decode()
        assert page.get(f"/cases/{case.pk}/people/").status_code == 404
        assert program.get(f"cases/{case.pk}/").status_code == 404
        for rows in ("cases/", "rescues/", "sites/", "involvements/", "assignments/"):
            assert program.get(rows).json()["results"] == []


def convicted(reader):
    """The figure of the report as it is computed for this reader now."""
    result = compute(REPORTS["conviction-rate"], again(reader), parse({}))
    return max((row["k"] for row in result.rows), default=0)


def test_it_is_in_no_figure_of_who_is_not_named(field_officer, case_manager, case):
    factories.decision(case)
    factories.decision(factories.case(case.office))
    assert (convicted(case_manager), convicted(field_officer)) == (2, 2)
    act(seal_case, case, field_officer, reason=WHY)
    assert (convicted(case_manager), convicted(field_officer)) == (1, 2)


def test_a_figure_computed_before_it_is_shown_to_nobody(api, case_manager, field_officer, case):
    """Nor after it was opened again: what the figure was made of has changed between."""
    factories.decision(case)
    program = api(case_manager)
    run = program.post("report-runs/", {"report": "conviction-rate"}).json()["id"]
    jobs.run(run)
    before = Snapshot.objects.get()
    assert before in Snapshot.objects.visible_to(again(case_manager))
    act(seal_case, case, field_officer, reason=WHY)
    assert before not in Snapshot.objects.visible_to(again(case_manager))
    assert not program.get(f"report-runs/{run}/").json()["result"]
    two = {"asked_by": case_manager, "opened_by": field_officer}
    Seal.objects.update(status="opened", opened_at=timezone.now(), **two)
    assert before not in Snapshot.objects.visible_to(again(case_manager))


def test_a_disclosure_and_a_broken_glass_end_with_it(field_officer, case):
    prosecutor = factories.disclosure(case).user
    outside = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    factories.break_glass(case, outside)
    assert sees(prosecutor, case)
    assert sees(outside, case)
    act(seal_case, case, field_officer, reason=WHY)
    assert sees(prosecutor, case) == sees(outside, case) == set()


def test_a_case_manager_who_was_not_on_the_team_joins_it(case_manager, field_officer, case):
    act(seal_case, case, case_manager, reason=WHY)
    assert named(case) == {case_manager.pk}
    assert sees(case_manager, case) == ALL
    assert sees(field_officer, case) == set()


@pytest.mark.parametrize("status", CaseStatus.values)
def test_a_case_is_sealed_whatever_its_status(field_officer, case, status):
    closed_on = case.opened_on if status == CaseStatus.CLOSED else None
    Case.objects.update(status=status, closed_on=closed_on)
    act(seal_case, Case.objects.get(), field_officer, reason=WHY)
    assert Case.objects.get().sealed


def test_a_lead_with_a_conflict_is_not_named(field_officer, lead, global_lead, case):
    factories.conflict(case, lead)
    act(seal_case, case, field_officer, reason=WHY)
    assert named(case) == {field_officer.pk, global_lead.pk}
    assert sees(lead, case) == set()


def test_leads_of_other_offices_and_former_ones_are_not_named(field_officer, lead, case):
    factories.user("safeguarding_lead", factories.office("manila", "PH-MNL"))
    lead.memberships.update(started_at=YESTERDAY, ended_at=YESTERDAY)
    act(seal_case, case, field_officer, reason=WHY)
    assert named(case) == {field_officer.pk}


def test_the_named_are_told_and_nobody_else(field_officer, legal, lead, case_manager, case):
    act(seal_case, case, field_officer, reason=WHY, people=[legal])
    told = set(Notice.objects.filter(kind="case-sealed").values_list("user", flat=True))
    assert told == {legal.pk, lead.pk}


# Refusals


def test_a_short_reason_is_refused_in_words(browser_client, field_officer, case, said):
    answer = browser_client(field_officer).post(f"/cases/{case.pk}/seal/", {"reason": "x" * 9})
    assert answer.status_code == 400
    with pytest.raises(Refused, match="at least 10 characters"):
        act(seal_case, case, field_officer, reason=" " * 20 + "short")
    assert not Case.objects.get().sealed


def test_sealed_twice_is_refused_in_words(api, field_officer, case):
    act(seal_case, case, field_officer, reason=WHY)
    answer = api(field_officer).post(f"cases/{case.pk}/seal/", {"reason": WHY})
    assert (answer.status_code, answer.json()["detail"]) == (409, "This case is already sealed.")
    assert Seal.objects.count() == 1


def test_only_people_of_the_team_are_chosen(field_officer, case_manager, case):
    with pytest.raises(Refused, match="Name people on the team"):
        act(seal_case, case, field_officer, reason=WHY, people=[case_manager])
    assert not Case.objects.get().sealed


def test_who_only_knows_that_it_exists_does_not_seal_it(browser_client, api, lead, case):
    colleague = factories.user("field_officer", case.office)
    page = browser_client(colleague)
    assert page.get(f"/cases/{case.pk}/seal/").status_code == 403
    assert page.post(f"/cases/{case.pk}/seal/", {"reason": WHY}).status_code == 403
    assert api(colleague).post(f"cases/{case.pk}/seal/", {"reason": WHY}).status_code == 403
    assert api(lead).post(f"cases/{case.pk}/seal/", {"reason": WHY}).status_code == 403
    assert not Case.objects.get().sealed


def test_who_is_shown_a_case_to_read_only_does_not_seal_it(case):
    outside = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    factories.break_glass(case, outside)
    with pytest.raises(PermissionDenied):
        act(seal_case, case, outside, reason=WHY)


@pytest.mark.parametrize("field", ["level", "named", "sealed_by", "office", "status"])
def test_a_field_nobody_offers_changes_nothing(api, field_officer, case, field):
    body = {"reason": WHY, field: 1}
    answer = api(field_officer).post(f"cases/{case.pk}/seal/", body)
    assert list(answer.json()["errors"]) == [field]
    assert not Case.objects.get().sealed


# Whom it names


@pytest.fixture
def sealed(field_officer, lead, case):
    act(seal_case, case, field_officer, reason=WHY)
    return Case.objects.get()


def test_the_lead_names_another_person(browser_client, lead, legal, sealed):
    page = browser_client(lead)
    assert legal.name in page.get(f"/cases/{sealed.pk}/name/").content.decode()
    assert sees(legal, sealed) == set()
    assert page.post(f"/cases/{sealed.pk}/name/", {"user": legal.pk}).status_code == 302
    assert sees(legal, sealed) == ALL
    assert Assignment.objects.filter(case=sealed, user=legal).count() == 1


def test_a_named_case_manager_names_by_the_program(api, case_manager, field_officer, case):
    act(seal_case, case, case_manager, reason=WHY)
    answer = api(case_manager).post(f"cases/{case.pk}/name/", {"user": field_officer.username})
    assert (answer.status_code, answer.json()["user"]) == (201, field_officer.username)
    assert sees(field_officer, case) == ALL


def test_who_is_not_named_names_nobody(api, case_manager, legal, sealed):
    body = {"user": legal.username}
    assert api(case_manager).post(f"cases/{sealed.pk}/name/", body).status_code == 404
    with pytest.raises(PermissionDenied):
        act(name_person, sealed, legal, user=legal)


@pytest.mark.parametrize(
    ("who", "words"),
    [("outsider", "own office"), ("conflicted", "conflict of interest"), ("named", "already")],
)
def test_not_everyone_can_be_named(lead, field_officer, outsider, sealed, who, words):
    conflicted = factories.conflict(sealed, factories.user("legal_officer", sealed.office)).user
    person = {"outsider": outsider, "conflicted": conflicted, "named": field_officer}[who]
    with pytest.raises(Refused, match=words):
        act(name_person, sealed, lead, user=person)


def test_an_open_case_names_nobody(case_manager, legal, case):
    with pytest.raises(Refused, match="not sealed"):
        act(name_person, case, case_manager, user=legal)


def test_a_name_is_taken_away_at_once(browser_client, api, lead, legal, sealed):
    row = act(name_person, sealed, lead, user=legal)
    answer = browser_client(lead).post(f"/assignments/{row.pk}/take-name/")
    assert answer["Location"] == f"/cases/{sealed.pk}/people/#knowing"
    assert sees(legal, sealed) == set()
    row = act(name_person, sealed, lead, user=legal)
    assert api(lead).post(f"assignments/{row.pk}/take-name/").status_code == 200
    assert sees(legal, sealed) == set()


def test_the_last_who_reads_it_stays_named(lead, field_officer, sealed):
    row = Assignment.objects.get(case=sealed, user=field_officer)
    with pytest.raises(Refused, match="Nobody could read"):
        act(take_name, row, lead)
    assert sees(field_officer, sealed) == ALL


def test_who_gives_up_their_own_name_is_told_so(browser_client, lead, sealed, said):
    row = Assignment.objects.get(case=sealed, user=lead)
    page = browser_client(lead)
    answer = page.post(f"/assignments/{row.pk}/take-name/", follow=True)
    assert answer.redirect_chain == [("/?note=access-given-up", 302)]
    assert "You are no longer named on the case" in said(answer)
    assert sees(lead, sealed) == set()


def test_who_is_not_named_cannot_lose_the_name(lead, legal, sealed):
    row = Assignment.objects.get(case=sealed, user=legal)
    with pytest.raises(Refused, match="not named"):
        act(take_name, row, lead)
