"""Sites: found by kind and place, their exact place written later, a closing put right; and what a
page opens is open by the interface as well."""

from __future__ import annotations

from datetime import date

import pytest

from casework.models import SiteClosing, SitePlace
from casework.services.sites import close_site, place_site, same_site
from core.context import acting_as
from core.models import AuditEvent
from core.services import Refused
from tests import factories
from tests.factories import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(case):
    return factories.site(case, kind="kiln")


def test_the_exact_place_is_written_later_and_nothing_is_lost(site, field_officer, recorded):
    with acting_as(field_officer.pk):
        place_site(site, exact_place=" Lane 4 ", actor=field_officer)
        assert SitePlace.objects.get().text == "Lane 4"
        place_site(site, exact_place="Lane 5", actor=field_officer)
        text = SitePlace.objects.get().text
        with pytest.raises(Refused, match="Enter where"):
            place_site(site, exact_place=" ", actor=field_officer)
    today = site.case.jurisdiction.today.isoformat()
    assert text == f"Lane 5\n\n(… {today}) Lane 4"  # in figures: readers have other languages
    assert len(recorded("siteplace.written")) == 2


def test_the_page_offers_to_write_it_to_the_team(site, browser_client, field_officer, colleague):
    page, address = browser_client(field_officer), f"/sites/{site.pk}/place/write/"
    assert address in page.get(f"/sites/{site.pk}/").content.decode()
    assert page.post(address, {"exact_place": "Lane 4"})["Location"] == f"/sites/{site.pk}/"
    assert browser_client(colleague).get(address).status_code == 404


def test_by_whom_it_was_closed_is_added_later(site, browser_client, field_officer, said):
    with acting_as(field_officer.pk):
        closing = close_site(site, closed_on=date(2026, 5, 4), actor=field_officer)
    page, agency = browser_client(field_officer), factories.agency()
    address = f"/site-closings/{closing.pk}/correct/"
    assert "Add by whom" in said(page.get(f"/sites/{site.pk}/"))
    told = {"closed_on": "2026-05-04", "closed_by": str(agency.pk), "version": 1}
    assert page.post(address, told)["Location"] == f"/sites/{site.pk}/"
    assert agency.name in said(page.get(f"/sites/{site.pk}/"))
    assert page.post(address, told).status_code == 409  # of an old version
    assert SiteClosing.objects.get().version == 2


def test_a_closing_stays_in_the_order_of_its_days(site, field_officer, api):
    row = SiteClosing.objects.create(
        case=site.case, site=site, closed_on="2026-05-04", reopened_on="2026-06-01"
    )
    client = api(field_officer)
    answer = client.patch(f"site-closings/{row.pk}/", {"closed_on": "2026-06-02"}, If_Match='"1"')
    assert list(answer.json()["errors"]) == ["closed_on"]
    answer = client.patch(f"site-closings/{row.pk}/", {"closed_on": "2026-05-05"}, If_Match='"1"')
    assert answer.json()["closed_on"] == "2026-05-05"


def listed(client, query=""):
    return {row["site"].pk for row in client.get(f"/sites/{query}").context["sites"]}


def test_sites_are_found_by_kind_and_place(case, site, browser_client, case_manager):
    bar = factories.site(case, kind="bar", jurisdiction=factories.place("IN-MH-MUM"))
    elsewhere = factories.site(factories.case(factories.office("manila", "PH-MNL")), kind="kiln")
    client = browser_client(case_manager)
    assert listed(client) == {site.pk, bar.pk}
    assert listed(client, "?kind=kiln") == {site.pk}
    assert listed(client, "?place=IN-MH") == {bar.pk}
    assert listed(client, "?state=closed") == set()
    assert elsewhere.pk not in listed(client, "?kind=kiln")
    assert client.get("/sites/?kind=ship").status_code == 200


def test_other_cases_of_a_place_are_counted_as_far_as_they_are_open(
    site, browser_client, field_officer, api
):
    mine = factories.site(factories.assignment(user=field_officer).case)
    hidden = factories.site(factories.case(factories.office("manila", "PH-MNL")))
    reader = factories.user("data_officer", factories.office("global"))
    for other in (mine, hidden):
        with acting_as(reader.pk):
            same_site.run(site, other=other, actor=reader)
    rows = browser_client(field_officer).get("/sites/").context["sites"]
    assert {row["site"].pk: row["others"] for row in rows} == {site.pk: 1, mine.pk: 1}
    told = api(field_officer).get("sites/?jurisdiction=IN-WB&kind=kiln").json()["results"]
    assert [row["id"] for row in told] == [str(site.pk)]


def test_what_a_page_opens_the_interface_opens_and_records(case, site, field_officer, api, office):
    client = api(field_officer)
    rescue = factories.narrative(case, text="Invented account").rescue
    SitePlace.objects.create(case=case, site=site, text="Lane 4")
    assert client.get(f"sites/{site.pk}/exact-place/").json()["exact_place"] == "Lane 4"
    told = client.get(f"rescues/{rescue.pk}/narrative/").json()["results"]
    assert [part["text"] for part in told] == ["Invented account"]
    for action in ("siteplace.opened", "narrative.opened"):
        assert AuditEvent.objects.filter(action=action, actor_id=field_officer.pk).exists()
    bare = client.get(f"sites/{factories.site(case).pk}/exact-place/").json()
    assert bare["exact_place"] is None
    assert client.get(f"rescues/{factories.rescue(case).pk}/narrative/").json() == {"results": []}
    officer = api(factories.user("data_officer", office))
    assert officer.get(f"sites/{site.pk}/exact-place/").status_code == 403
    assert officer.get(f"rescues/{rescue.pk}/narrative/").status_code == 403


def test_the_original_needs_a_person_with_a_second_factor(case, api, office, field_officer):
    version = papers.version(case, original=papers.stored_file())
    path = f"document-versions/{version.pk}/original/"
    manager = api(factories.user("case_manager", office))
    assert b"".join(manager.person.get(f"/api/v1/{path}")) == papers.TEXT
    assert api(field_officer).get(path).status_code == 403
    by_key = manager.get(path)
    assert (by_key.status_code, by_key.json()["code"]) == (403, "step-up")


def test_my_cases_by_the_interface(case, field_officer, api):
    other = factories.case(case.office)
    client = api(field_officer)
    assert [row["id"] for row in client.get("cases/?team=me").json()["results"]] == [str(case.pk)]
    assert str(other.pk) in {row["id"] for row in client.get("cases/").json()["results"]}
