"""A site is recorded by kind and place; where exactly it is stays encrypted, for the team."""

from __future__ import annotations

import pytest
from django.db import connection

from casework.models import Site, SitePlace
from tests import factories
from tests.api.real import at_once
from tests.clients import ApiClient

FORM = {"kind": "brothel", "setting": "public", "jurisdiction": "IN-WB-KOL"}
EXACT = "Invented lane 4"


def page_of(case):
    return f"/cases/{case.pk}/sites/new/"


@pytest.mark.django_db
def test_the_officer_on_the_team_records_sites_by_both_doors(
    browser_client, api, field_officer, case, recorded
):
    page = browser_client(field_officer)
    assert page.get(page_of(case)).status_code == 200
    answer = page.post(page_of(case), FORM | {"exact_place": EXACT})
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/cases/{case.pk}/investigation/#sites",
    )
    body = FORM | {"case": str(case.pk), "exact_place": EXACT}
    answer = api(field_officer).post("sites/", body)
    assert answer.status_code == 201
    assert EXACT not in answer.content.decode()
    sites = list(Site.objects.order_by("code"))
    assert [(s.code, s.kind, s.setting) for s in sites] == [
        ("P-1", "brothel", "public"),
        ("P-2", "brothel", "public"),
    ]
    assert [row.text for row in SitePlace.objects.all()] == [EXACT, EXACT]
    who = field_officer.pk
    assert recorded("site.registered") == [(who, str(site.pk)) for site in sites]


@pytest.mark.django_db
def test_the_exact_place_cannot_be_read_in_the_database(api, field_officer, case):
    api(field_officer).post("sites/", FORM | {"case": str(case.pk), "exact_place": EXACT})
    with connection.cursor() as cursor:
        cursor.execute("select text from casework_siteplace")
        ((kept,),) = cursor.fetchall()
    assert b"lane" not in bytes(kept)


@pytest.mark.django_db
def test_without_the_role_no_site_is_recorded(browser_client, api, aftercare_worker, case):
    page = browser_client(aftercare_worker)
    assert page.get(page_of(case)).status_code == 403
    assert page.post(page_of(case), FORM).status_code == 403
    assert api(aftercare_worker).post("sites/", FORM | {"case": str(case.pk)}).status_code == 403
    assert not Site.objects.exists()


@pytest.mark.django_db
def test_another_office_does_not_find_the_case(browser_client, api, outsider, case):
    assert browser_client(outsider).post(page_of(case), FORM).status_code == 404
    answer = api(outsider).post("sites/", FORM | {"case": str(case.pk)})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"case": ["Not found, or not open to you."]}
    assert not Site.objects.exists()


@pytest.mark.django_db
def test_who_only_knows_that_a_case_exists_records_no_site(browser_client, api, colleague, case):
    assert browser_client(colleague).post(page_of(case), FORM).status_code == 403
    assert api(colleague).post("sites/", FORM | {"case": str(case.pk)}).status_code == 403
    assert not Site.objects.exists()


@pytest.mark.django_db
def test_entries_that_cannot_be_are_refused_at_their_fields(
    browser_client, api, field_officer, case
):
    wrong = {"kind": "castle", "setting": "x", "jurisdiction": "XX", "exact_place": "a\0b"}
    assert browser_client(field_officer).post(page_of(case), wrong).status_code == 400
    answer = api(field_officer).post("sites/", wrong | {"case": str(case.pk), "code": "P-9"})
    assert set(answer.json()["errors"]) == {*wrong, "code"}
    assert not Site.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_codes_have_no_gaps_and_no_twins_when_many_record_at_once(real_rows):
    user = factories.user()
    case = factories.assignment(user=user).case
    clients = [ApiClient(user) for _ in range(8)]
    body = FORM | {"case": str(case.pk)}
    codes = at_once(8, lambda number: clients[number].post("sites/", body).json()["code"])
    assert sorted(codes) == [f"P-{number}" for number in range(1, 9)]
