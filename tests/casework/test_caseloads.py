"""A whole caseload is one offer and one answer, however many cases and offices it has."""

from __future__ import annotations

import re
import uuid
from html import unescape

import pytest

from accounts.models import Notice
from casework.models import Transfer
from casework.services import offering
from casework.services.transfers import accept_transfer, transfer_caseload
from core.lists import pagination
from core.services import Refused
from tests import factories
from tests.casework.test_transfers import WHY, acts, again, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def manila(db):
    return factories.office("manila", "PH-MNL")


def test_a_whole_caseload_is_offered_and_taken_over_at_once(
    case, case_manager, field_officer, colleague, office
):
    more = [factories.assignment(factories.case(office), field_officer).case for _ in range(3)]
    sealed = factories.assignment(factories.case(office, level=4), field_officer, named=True).case
    closed = factories.case(office, status="closed", closed_on="2026-04-01")
    factories.assignment(closed, field_officer)
    made = acts(transfer_caseload, field_officer, case_manager, reason=WHY, to_person=colleague)
    assert {one.case for one in made} == {case, *more}
    assert len({one.batch for one in made}) == 1
    acts(accept_transfer, made[0], colleague, whole=True)
    assert {team(one) == {colleague.pk} for one in (case, *more)} == {True}
    assert team(sealed) == team(closed) == {field_officer.pk}


def test_of_a_caseload_all_is_offered_or_nothing(
    case, case_manager, field_officer, colleague, office
):
    tied = factories.assignment(factories.case(office), field_officer).case
    factories.conflict(tied, colleague)
    with pytest.raises(Refused, match=tied.reference):
        acts(transfer_caseload, field_officer, case_manager, reason=WHY, to_person=colleague)
    assert not Transfer.objects.exists()


def test_the_page_of_a_caseload(case, case_manager, field_officer, colleague, browser_client, said):
    page = browser_client(case_manager)
    path = f"/caseloads/{field_officer.pk}/transfer/"
    assert case.reference in said(page.get(path))
    sent = page.post(path, {"reason": WHY, "key": "k", "to_person": str(colleague.pk)})
    assert sent["Location"] == "/transfers/"
    made = Transfer.objects.get()
    assert page.post(f"/transfers/{made.pk}/withdraw/").status_code == 302
    nobody = factories.user("legal_officer", case.office)
    assert page.get(f"/caseloads/{nobody.pk}/transfer/").status_code == 409


def test_a_caseload_of_any_size_is_one_offer_and_one_answer(
    case, case_manager, field_officer, colleague, office, monkeypatch
):
    """In parts, so that no statement grows with it."""
    monkeypatch.setattr(offering, "MOST_AT_ONCE", 2)
    more = [factories.assignment(factories.case(office), field_officer).case for _ in range(4)]
    made = acts(transfer_caseload, field_officer, case_manager, reason=WHY, to_person=colleague)
    assert {one.case for one in made} == {case, *more}
    assert len({one.batch for one in made}) == 1
    assert Notice.objects.filter(kind="transfer-asked").count() == 1
    acts(accept_transfer, made[0], colleague, whole=True)
    assert {frozenset(team(one)) for one in (case, *more)} == {frozenset({colleague.pk})}


def test_a_caseload_over_two_offices_goes_to_a_person_and_an_office(
    case, office, field_officer, outsider, manila, browser_client, said
):
    """One offer; who manages the other office and is the person takes all of it over at once."""
    delhi = factories.office("delhi", "IN-DL")
    other = factories.assignment(factories.case(delhi), field_officer).case
    manager = factories.user("case_manager", office)
    factories.membership(manager, "case_manager", delhi)
    factories.membership(outsider, "legal_officer", office)
    page, path = browser_client(again(manager)), f"/caseloads/{field_officer.pk}/transfer/"
    assert "cases of several offices" in said(page.get(path))
    form = {"reason": WHY, "key": "k", "to_person": str(outsider.pk)}
    alone = page.post(path, form)
    assert (alone.status_code, other.reference in said(alone)) == (409, True)
    assert not Transfer.objects.exists()
    both = form | {"to_office": str(manila.pk), "key": "k-2"}
    assert page.post(path, both)["Location"] == "/transfers/"
    found = {row.case_id: (row.to_person, row.to_office) for row in Transfer.objects.all()}
    assert found == {case.pk: (outsider, None), other.pk: (None, manila)}
    acts(accept_transfer, Transfer.objects.get(case=case), outsider, whole=True)
    other.refresh_from_db()
    assert (team(case), team(other), other.office) == ({outsider.pk}, {outsider.pk}, manila)


def test_every_offer_is_reached_page_by_page(case_manager, office, browser_client, monkeypatch):
    monkeypatch.setattr(pagination, "DEFAULT", 3)
    person = factories.user("legal_officer", office)
    batch = uuid.uuid4()
    rows = [
        factories.transfer(factories.case(office), to_person=person, batch=batch) for _ in range(7)
    ]
    page, address, seen = browser_client(case_manager), "/transfers/", []
    while address:
        html = page.get(address).content.decode()
        seen += [row.pk for row in rows if f"/transfers/{row.pk}/withdraw/" in html]
        assert "Withdraw all 7" in html
        more = re.search(r'href="(\?waiting=[^"]+)#waiting">More<', html)
        address = more and f"/transfers/{unescape(more[1])}"
    assert sorted(seen) == sorted(row.pk for row in rows)
    assert page.get("/transfers/?waiting=forged")["Location"] == "/transfers/"
