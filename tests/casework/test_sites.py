"""The life of a site: closed, open again, and known from another case without betraying it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import RescueSite, SameSite, Site, SiteClosing
from casework.services.sites import close_site, other_site, reopen_site, same_site
from core.models import AuditEvent
from core.services import Refused
from tests import factories
from tests.factories import field

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(case):
    return factories.site(case, code="P-1")


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


@pytest.fixture
def near(office, field_officer):
    """A site of another case of the officer."""
    return factories.site(factories.assignment(user=field_officer).case, code="P-7")


def test_a_site_is_closed_and_opens_again(page, site, said):
    agency = factories.agency(name="Invented Municipality")
    address = f"/sites/{site.pk}/"
    assert "Not closed so far" in said(page.get(address))
    body = {"closed_on": "2026-05-04", "closed_by": agency.pk, "key": "k"}
    assert page.get(f"{address}close/").status_code == 200
    assert page.post(f"{address}close/", body)["Location"] == address
    assert "Closed 4 May 2026 by Invented Municipality" in said(page.get(address))
    assert "Closed 4 May 2026" in said(page.get(f"/cases/{site.case_id}/investigation/"))
    again = page.post(f"{address}close/", body | {"key": "l"})
    assert "already closed" in said(again)
    assert page.post(f"{address}reopen/", {"reopened_on": "2026-06-04", "key": "m"}).status_code
    shown = said(page.get(address))
    assert "Open again since 4 Jun 2026" in shown
    assert "It was closed" in shown, "it can be closed once more"
    assert page.post(f"{address}close/", body | {"key": "n"}).status_code == 409
    later = body | {"closed_on": "2026-07-04", "key": "o"}
    assert page.post(f"{address}close/", later).status_code == 302
    assert SiteClosing.objects.filter(site=site).count() == 2


def test_what_cannot_be_is_refused(site, field_officer):
    with pytest.raises(Refused, match="is not closed"):
        reopen_site(site, reopened_on=date(2026, 5, 4), actor=field_officer)
    with pytest.raises(Refused, match="future"):
        close_site(site, closed_on=date(2099, 5, 4), actor=field_officer)
    close_site(site, closed_on=date(2026, 5, 4), actor=field_officer)
    with pytest.raises(Refused, match="before it was closed"):
        reopen_site(site, reopened_on=date(2026, 5, 3), actor=field_officer)


def test_a_closed_site_is_not_offered_where_a_rescue_is_logged(page, site):
    assert "P-1" in page.get("/field/rescues/new/").content.decode()
    field.site_closing(site=site)
    assert "P-1" not in page.get("/field/rescues/new/").content.decode()


def test_the_interface(api, site, field_officer):
    client, address = api(field_officer), f"sites/{site.pk}/"
    closed = client.post(f"{address}close/", {"closed_on": "2026-05-04"})
    assert closed.status_code == 200
    assert client.get(address).json()["closed_on"] == "2026-05-04"
    assert client.post(f"{address}reopen/", {"reopened_on": "2026-05-09"}).status_code == 200
    assert client.get(address).json()["closed_on"] is None
    (row,) = client.get("site-closings/").json()["results"]
    assert (row["closed_on"], row["reopened_on"]) == ("2026-05-04", "2026-05-09")
    sent = client.patch(address, {"setting": "private"}, If_Match='"1"').json()
    assert (sent["setting"], sent["kind"]) == ("private", "brothel")


def test_one_place_stands_on_both_pages(page, site, near, field_officer, said, recorded):
    address = f"/sites/{site.pk}/same/"
    assert page.get(address).status_code == 200
    body = {"reference": near.case.reference.lower(), "code": "p-7", "key": "k"}
    assert page.post(address, body).status_code == 302
    there = said(page.get(f"/sites/{near.pk}/"))
    assert f"{site.case.reference} P-1" in there
    assert len(recorded("site.same")) == 2
    with pytest.raises(Refused, match="These are already recorded as one place"):
        same_site(near, other=site, actor=field_officer)
    with pytest.raises(Refused, match="another site"):
        same_site(site, other=site, actor=field_officer)
    row = SameSite.objects.get(site=near)
    assert page.post(f"/same-sites/{row.pk}/other/").status_code == 302
    assert not SameSite.objects.filter(ended_at__isnull=True).exists()
    with pytest.raises(Refused, match="already been taken back"):
        other_site(row, actor=field_officer)


def plain(answer):
    return re.sub(r'csrf\w*" value="[^"]*"', "", answer.content.decode())


def test_a_hidden_site_leaves_no_trace(page, api, site, field_officer, office):
    address = f"/sites/{site.pk}/"
    before, listed = plain(page.get(address)), api(field_officer).get("same-sites/").json()
    manila = factories.office("manila", "PH-MNL")
    for elsewhere in (
        factories.case(manila),
        factories.case(office),  # known to exist, not open
        factories.case(office, level=4),
    ):
        field.same_site(site=site, other=factories.site(elsewhere))
    assert plain(page.get(address)) == before
    assert api(field_officer).get("same-sites/").json() == listed
    row = SameSite.objects.first()
    assert api(field_officer).get(f"same-sites/{row.pk}/").status_code == 404
    assert page.post(f"/same-sites/{row.pk}/other/").status_code == 404


def test_the_first_wall_alone_hides_it(site, field_officer):
    """Asked as the owner of the database, whom no row security binds."""
    hidden = factories.site(factories.case(factories.office("manila", "PH-MNL")))
    row = field.same_site(site=site, other=hidden)
    assert row in SameSite.objects.visible_to(field_officer)
    assert not SameSite.objects.known_to(field_officer).exists()


def test_every_closed_site_answers_alike(page, site, office, said):
    known = factories.site(factories.case(office), code="P-3")
    sealed = factories.site(factories.case(level=4), code="P-4")
    address = f"/sites/{site.pk}/same/"
    bodies = [{"reference": row.case.reference, "code": row.code} for row in (known, sealed)] + [
        {"reference": "KOL-1", "code": "P-1"},
        {"reference": "\0", "code": "P-1"},
    ]
    for body in bodies:
        answer = page.post(address, body | {"key": "k"})
        assert answer.status_code == 400
    assert "Not found, or not open to you." in said(page.post(address, bodies[0] | {"key": "k"}))
    assert not SameSite.objects.exists()


def test_both_must_be_open(site, office, field_officer, colleague):
    closed = factories.site(factories.case(office))
    with pytest.raises(Refused, match="not open to you"):
        same_site(site, other=closed, actor=field_officer)
    with pytest.raises(PermissionDenied):
        same_site(site, other=closed, actor=colleague)


def test_reading_it_is_recorded_for_either_case(page, site, near, field_officer):
    same_site(site, other=near, actor=field_officer)
    page.get(f"/sites/{site.pk}/")
    read = AuditEvent.objects.filter(action="site.read", target_id=str(site.pk)).get()
    assert {site.case_id, near.case_id} <= set(read.subjects)


def test_where_exactly_is_opened_on_asking_only(page, case, said):
    place = factories.site_place(case, text="Canary Lane")
    address = f"/sites/{place.site_id}/"
    assert "Canary Lane" not in said(page.get(address))
    assert "Canary Lane" in said(page.get(f"/site-places/{place.pk}/"))
    assert AuditEvent.objects.filter(action="siteplace.opened").count() == 1


@pytest.mark.nightly
def test_the_page_costs_the_same_however_much_there_is(
    page, site, near, field_officer, django_assert_max_num_queries, office
):
    page.get(f"/sites/{site.pk}/")
    with django_assert_max_num_queries(60) as few:
        page.get(f"/sites/{site.pk}/")
    for _one in range(3):
        other = factories.site(factories.assignment(user=field_officer).case)
        officer = type(field_officer).objects.get(pk=field_officer.pk)  # on one more team
        same_site(site, other=other, actor=officer)
        field.site_closing(site=other)
        field.site_closing(site=site, reopened_on=date(2026, 4, 1))
        RescueSite.objects.create(case=site.case, rescue=factories.rescue(site.case), site=site)
    with django_assert_max_num_queries(60) as many:
        page.get(f"/sites/{site.pk}/")
    assert len(many) - len(few) <= 2, "what is there at all, once"
    assert Site.objects.count() >= 4
