"""A program that others run reads nothing about people, whatever its roles and keys say."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import keys
from accounts.key_scopes import OF_PROGRAMS, KeyScope
from accounts.models import ApiKey, ServiceAccount
from accounts.permissions import Perm
from accounts.services.keys import issue_key, open_program, rotate_key
from core.services import Refused
from tests import factories

pytestmark = pytest.mark.django_db
ABOUT_PEOPLE = ["read_people", "read_names", "read_justice", "read_care", "reports"]
THE_REST = ["read_cases", "log_rescues", "write_justice", "write_care", "answer_referrals"]
NEVER = {Perm.VICTIM_VIEW, Perm.IDENTITY_VIEW, Perm.NARRATIVE_VIEW, Perm.NOTE_VIEW}
NEVER |= {Perm.SUSPECT_VIEW, Perm.PROSECUTION_VIEW, Perm.REFERRAL_VIEW, Perm.CARE_PRIVATE_VIEW}
NEVER |= {Perm.DOCUMENT_VIEW, Perm.DOCUMENT_OPEN, Perm.INQUIRY_READ, Perm.MATCH_VIEW}
NEVER |= {Perm.CLOSING_VIEW}  # notes in free words, of whoever the case is about
NEVER |= {Perm.REPORT_VIEW, Perm.REPORT_RUN, Perm.SCHEDULE_KEEP, Perm.CASE_EXPORT}
PROGRAM = {"name": "Invented Register", "username": "register", "purpose": "Invented purpose"}


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


@pytest.fixture
def others(office):
    return factories.service_account("data_officer", office, run_by="outside")


def call(account, scopes=None):
    """A caller with a key that was made before anybody asked who runs the program."""
    _row, text = keys.make(account.user, scopes=scopes)
    client = Client(headers={"Authorization": f"Bearer {text}"})
    return lambda path: client.get(f"/api/v1/{path}")


@pytest.mark.parametrize("word", ABOUT_PEOPLE)
def test_no_key_about_people_is_issued(admin, others, word, fresh):
    with pytest.raises(Refused, match="run by others") as refused:
        issue_key(others, scopes=["read_cases", word], actor=admin)
    assert refused.value.field == "scopes"
    assert not ApiKey.objects.exists()


def test_a_key_for_the_rest_is_issued(admin, others, fresh):
    assert issue_key(others, scopes=THE_REST, actor=admin).row.scopes == sorted(THE_REST)
    by_provider = ["off_board"]  # offered where one is set up
    assert sorted(KeyScope.values) == sorted(ABOUT_PEOPLE + THE_REST + by_provider)


def test_a_program_of_ours_may_be_told_of_people(admin, office, fresh):
    ours = factories.service_account("data_officer", office, run_by="house")
    assert issue_key(ours, scopes=ABOUT_PEOPLE, actor=admin).row.scopes == sorted(ABOUT_PEOPLE)
    assert call(ours)("victims/").status_code == 200


@pytest.mark.parametrize("scopes", [None, KeyScope.values])
@pytest.mark.parametrize(
    "path",
    [
        *("victims/", "involvements/", "suspects/", "prosecutions/", "referrals/", "reports/"),
        "closings/",
    ],
)
def test_a_key_that_exists_opens_nothing_about_people(others, scopes, path):
    ask = call(others, scopes)
    assert ask("cases/").status_code == 200
    assert ask(path).status_code == 403


def test_a_program_of_ours_reads_why_a_case_was_closed(office):
    ours = factories.service_account("data_officer", office, run_by="house")
    assert call(ours, ["read_cases"])("closings/").status_code == 200


def test_others_are_told_that_a_case_is_closed_and_when(office):
    case = factories.case(office, status="closed", closed_on=date(2026, 4, 1))
    others = factories.service_account("data_officer", office, run_by="outside")
    answer = call(others)(f"cases/{case.pk}/summary/").json()
    assert (answer["status"], answer["closed_on"]) == ("Closed", "2026-04-01")


@pytest.mark.parametrize("page", ["summary", "timeline"])
def test_what_is_read_of_a_case_names_nobody(office, page):
    case = factories.case(office)
    person = factories.consent(case).involvement
    for run_by, told in (("house", True), ("outside", False)):
        ask = call(factories.service_account("data_officer", office, run_by=run_by))
        answer = ask(f"cases/{case.pk}/{page}/")
        assert answer.status_code == 200
        assert (person.code.encode() in answer.content) is told


@pytest.mark.parametrize("role", sorted(OF_PROGRAMS))
def test_no_role_gives_it_more(office, role):
    others = factories.service_account(role, office, run_by="outside").user
    assert others.permissions & NEVER == frozenset()
    assert not any(others.has_perm(perm) for perm in NEVER)


def test_its_roles_still_give_it_the_rest(office):
    def held(role):
        return factories.service_account(role, office, run_by="outside").user.permissions

    assert held("field_officer") >= {Perm.CASE_VIEW, Perm.RESCUE_LOG, Perm.SITE_REGISTER}
    assert Perm.REFERRAL_ANSWER in held("provider_partner")
    assert Perm.HEARING_RECORD in held("legal_officer")


def test_a_key_about_people_is_not_replaced(admin, others, fresh):
    row, _text = keys.make(others.user, scopes=["read_people"])
    with pytest.raises(Refused, match="run by others"):
        rotate_key(row, actor=admin)
    assert ApiKey.objects.get() == row


def test_who_runs_it_is_said_when_it_is_added(admin, browser_client, said, api, fresh):
    client = browser_client(admin)
    body = PROGRAM | {"owner": str(admin.pk), "key": "once"}
    assert client.post("/people/programs/new/", body).status_code == 400
    unsaid = api(admin).post("service-accounts/", PROGRAM | {"owner": str(admin.pk)})
    assert list(unsaid.json()["errors"]) == ["run_by"]
    assert not ServiceAccount.objects.exists()
    answer = client.post("/people/programs/new/", body | {"run_by": "outside"})
    account = ServiceAccount.objects.get()
    assert account.run_by == "outside"
    assert "run by somebody outside" in said(client.get(answer["Location"]))
    assert "run outside" in said(client.get("/people/programs/"))
    assert api(admin).get(f"service-accounts/{account.pk}/").json()["run_by"] == "outside"


def test_the_page_offers_only_what_its_key_may_say(admin, others, browser_client, said):
    client, here = browser_client(admin), f"/people/programs/{others.pk}/issue-key/"
    form = said(client.get(here))
    assert "Log rescues and open cases" in form
    assert "Read survivors, by code" not in form
    assert client.post(here, {"scopes": ["read_people"], "days": "30"}).status_code == 400
    assert not ApiKey.objects.exists()


def test_the_interface_says_which_words_are_refused(admin, others, api, fresh):
    answer = api(admin).post(f"service-accounts/{others.pk}/issue-key/", {"scopes": ["reports"]})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["scopes"]


def test_somebody_runs_every_program(admin, fresh):
    with pytest.raises(IntegrityError), transaction.atomic():
        open_program(owner=admin, run_by="", actor=admin, **PROGRAM)
