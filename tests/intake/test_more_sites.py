"""One rescue at several sites: known ones of one case, and ones nobody had recorded."""

from __future__ import annotations

import uuid

import pytest

from casework.models import Case, Rescue, Site
from tests import factories
from tests.api.world import REPORT

pytestmark = pytest.mark.django_db
PAGE = "/field/rescues/new/"


@pytest.fixture
def case(field_officer):
    return factories.assignment(user=field_officer).case


def entries(**changed):
    told = {"key": str(uuid.uuid4()), "place": "place:IN-WB-KOL", "programme": "csec"}
    return told | {"people-female-13-17": "1"} | changed


def sites_of(rescue):
    return {row.site.kind for row in rescue.rescue_sites.select_related("site")}


def test_the_form_offers_one_more_site_and_logs_them_all(case, browser_client, field_officer):
    one, other = factories.site(case, kind="bar"), factories.site(case, kind="hotel")
    page = browser_client(field_officer)
    assert f'name="more_sites" value="{other.pk}"' in page.get(PAGE).content.decode()
    told = entries(place=f"site:{one.pk}", more_sites=[str(other.pk)], new_sites=["kiln"])
    assert page.post(PAGE, told).status_code == 201
    assert sites_of(Rescue.objects.get()) == {"bar", "hotel", "kiln"}
    made = Site.objects.get(kind="kiln")
    assert (made.case, made.jurisdiction.code) == (case, "IN-WB-KOL")


def test_a_rescue_nobody_expected_brings_its_sites_along(browser_client, field_officer):
    told = entries(new_sites=["bar", "hotel"])
    assert browser_client(field_officer).post(PAGE, told).status_code == 201
    assert sites_of(Rescue.objects.get()) == {"bar", "hotel"}


def test_sites_of_two_cases_are_refused_and_nothing_is_written(
    case, browser_client, field_officer, api
):
    mine = factories.site(case)
    other = factories.site(factories.assignment(user=field_officer).case)
    hidden = factories.site(factories.case(factories.office("manila", "PH-MNL")))
    before = Case.objects.count()
    page = browser_client(field_officer)
    for more in (other, hidden):
        told = entries(place=f"site:{mine.pk}", more_sites=[str(more.pk)])
        assert page.post(PAGE, told).status_code == 400
    body = REPORT | {"site": str(mine.pk), "more_sites": [str(other.pk)]}
    answer = api(field_officer).post("rescue-reports/", body)
    assert list(answer.json()["errors"]) == ["more_sites"]
    assert not Rescue.objects.exists()
    assert Case.objects.count() == before


def test_a_program_names_several_sites(case, field_officer, api):
    sites = [factories.site(case, kind=kind) for kind in ("bar", "hotel")]
    body = REPORT | {"more_sites": [str(row.pk) for row in sites], "new_sites": ["farm"]}
    answer = api(field_officer).post("rescue-reports/", body)
    assert answer.status_code == 201, answer.content
    assert answer.json()["case"]["id"] == str(case.pk)
    assert sites_of(Rescue.objects.get()) == {"bar", "hotel", "farm"}
