"""Linked cases: on both sides, for those who may know of the other, and betrayed to nobody."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import CaseLink
from casework.services.links import link_cases, unlink_cases
from core.models import AuditEvent
from core.services import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer(office):
    return factories.user("legal_officer", office)


@pytest.fixture
def case(office, lawyer):
    case = factories.case(office)
    factories.assignment(case, lawyer)
    return case


@pytest.fixture
def manila():
    return factories.office("manila", "PH-MNL")


@pytest.fixture
def twin(manila, lawyer):
    """In another country, the lawyer on its team."""
    twin = factories.case(manila, jurisdiction=factories.place("PH-MNL"))
    factories.assignment(twin, lawyer)
    return twin


@pytest.fixture
def page(browser_client, lawyer):
    return browser_client(lawyer)


def sides():
    """Every link in force: case, other, kind."""
    rows = CaseLink.objects.filter(ended_at__isnull=True)
    return set(rows.values_list("case__reference", "other__reference", "kind"))


def test_a_link_stands_on_both_sides(case, twin, lawyer, recorded):
    link_cases(case, other=twin, kind="twin", actor=lawyer)
    a, b = case.reference, twin.reference
    assert sides() == {(a, b, "twin"), (b, a, "twin")}
    assert len(recorded("case.linked")) == 2, "the history of either case tells of it"
    link_cases(case, other=twin, kind="merged_into", actor=lawyer)
    assert {(a, b, "merged_into"), (b, a, "merged_from")} <= sides()


def test_what_is_no_link_is_refused(case, twin, lawyer, office):
    near = factories.assignment(factories.case(office), lawyer).case
    with pytest.raises(Refused, match="with itself"):
        link_cases(case, other=case, kind="related", actor=lawyer)
    with pytest.raises(Refused, match="in one country"):
        link_cases(case, other=near, kind="twin", actor=lawyer)
    link_cases(case, other=twin, kind="split_into", actor=lawyer)
    for one, other, kind in (
        (case, twin, "split_into"),
        (twin, case, "split_from"),
        (twin, case, "split_into"),
    ):
        with pytest.raises(Refused, match="already linked in this way"):
            link_cases(one, other=other, kind=kind, actor=lawyer)
    assert CaseLink.objects.count() == 2


def test_a_link_is_taken_back_on_both_sides_and_may_be_made_again(case, twin, lawyer, recorded):
    link = link_cases(case, other=twin, kind="twin", actor=lawyer)
    mirror = CaseLink.objects.get(case=twin)
    unlink_cases(mirror, actor=lawyer)
    assert sides() == set()
    assert len(recorded("case.unlinked")) == 2
    with pytest.raises(Refused, match="already ended"):
        unlink_cases(link, actor=lawyer)
    link_cases(twin, other=case, kind="twin", actor=lawyer)
    assert len(sides()) == 2


def test_the_content_of_both_is_needed(case, manila, office, lawyer):
    closed = factories.case(manila, jurisdiction=factories.place("PH-MNL"))
    link = factories.case_link(case, other=closed, kind="network")
    mirror = factories.case_link(closed, other=case, kind="network")
    with pytest.raises(Refused, match="not open to you"):
        link_cases(case, other=closed, kind="twin", actor=lawyer)
    with pytest.raises(Refused, match="not open to you"):
        unlink_cases(link, actor=lawyer)
    with pytest.raises(PermissionDenied):
        link_cases(closed, other=case, kind="twin", actor=lawyer)
    with pytest.raises(PermissionDenied):
        unlink_cases(mirror, actor=lawyer)
    assert len(sides()) == 2
    worker = factories.user("aftercare_worker", office)
    factories.assignment(case, worker)
    near = factories.assignment(factories.case(office), worker).case
    with pytest.raises(PermissionDenied):
        link_cases(case, other=near, kind="related", actor=worker)


def plain(answer):
    """The page without what changes from request to request."""
    return re.sub(r'csrf\w*" value="[^"]*"', "", answer.content.decode())


def test_a_case_is_not_betrayed_by_its_twin(page, case, manila, lawyer):
    address = f"/cases/{case.pk}/network/"
    before = plain(page.get(address))
    assert "Nothing across a border yet" in before
    for case_there in (
        factories.case(manila, jurisdiction=factories.place("PH-MNL")),
        factories.case(case.office, level=4),
    ):
        factories.case_link(case, other=case_there, kind="related")
    assert plain(page.get(address)) == before
    assert not CaseLink.objects.known_to(lawyer).exists()


def test_who_may_only_know_of_the_other_sees_reference_and_status(page, case, office, said):
    known = factories.case(office, status="rescued")  # of the own office, not on its team
    factories.case_link(case, other=known)
    shown = said(page.get(f"/cases/{case.pk}/network/"))
    assert f"Related : {known.reference} Rescued" in shown
    assert AuditEvent.objects.filter(action="case.read", subjects__contains=[known.pk]).exists()
    assert "Take the link back" not in shown


def test_the_pages(page, case, twin, said, office):
    address = f"/cases/{case.pk}/links/new/"
    assert page.get(address).status_code == 200
    body = {"kind": "twin", "other": twin.reference.lower(), "key": "k"}
    known = factories.case(office)  # exists to the lawyer, but is not open
    for other in (known.reference, factories.case(level=4).reference, "KOL-1", "\0", "x" * 400):
        assert page.post(address, body | {"other": other}).status_code == 400
    refused = page.post(address, body | {"other": known.reference})
    assert "Not found, or not open to you." in said(refused)
    assert page.post(address, body | {"kind": "odd"}).status_code == 400
    assert page.post(address, body).status_code == 302
    shown = said(page.get(f"/cases/{twin.pk}/network/"))
    assert f"The same matter in another country : {case.reference}" in shown
    link = CaseLink.objects.get(case=case)
    assert page.post(f"/case-links/{link.pk}/unlink/").status_code == 302
    assert page.post(f"/case-links/{link.pk}/unlink/").status_code == 409
    assert sides() == set()


def test_the_interface(api, case, twin, lawyer, office, manila):
    client = api(lawyer)
    body = {"case": str(case.pk), "other": str(twin.pk), "kind": "twin"}
    made = client.post("case-links/", body)
    assert made.status_code == 201
    assert made.json()["other_reference"] == twin.reference
    assert client.post("case-links/", body).status_code == 409
    for odd in ({"kind": "odd"}, {"other": "\0"}, {"other": 7}, {"other": str(case.pk)[:-1]}):
        assert client.post("case-links/", body | odd).status_code == 400
    hidden = factories.case_link(case, other=factories.case(manila))
    assert client.post("case-links/", body | {"other": str(hidden.other_id)}).status_code == 400
    listed = client.get(f"case-links/?case={case.pk}").json()["results"]
    assert [row["id"] for row in listed] == [made.json()["id"]]
    assert client.get(f"case-links/{hidden.pk}/").status_code == 404
    assert client.post(f"case-links/{hidden.pk}/unlink/").status_code == 404
    known = factories.case(office)
    assert client.post("case-links/", body | {"other": str(known.pk)}).status_code == 409
    ended = client.post(f"case-links/{made.json()['id']}/unlink/")
    assert ended.status_code == 200
    assert ended.json()["ended_at"]
