"""Cases at hand: pinned and opened last, for one person alone, and only while open to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.services.leaving import disable_person
from casework import at_hand
from casework.models import OpenedCase
from casework.services.pinning import pin_case
from core.context import acting_as
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(factories.case(office), field_officer).case


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


def kept(client, path="/"):
    return [(one.case.reference, one.pinned) for one in client.get(path).context["at_hand"]]


def test_what_one_opens_stands_on_today_the_last_first(page, case, office, field_officer):
    other = factories.assignment(factories.case(office), field_officer).case
    assert kept(page) == []
    page.get(f"/cases/{case.pk}/")
    page.get(f"/cases/{other.pk}/court/")
    assert kept(page) == [(other.reference, False), (case.reference, False)]
    page.get(f"/cases/{case.pk}/")
    assert kept(page) == [(case.reference, False), (other.reference, False)]
    assert OpenedCase.objects.count() == 2


def test_a_pin_stays_in_front_until_it_is_taken_off(
    page, case, office, field_officer, said, recorded
):
    other = factories.assignment(factories.case(office), field_officer).case
    page.get(f"/cases/{other.pk}/")
    assert "Unpin" not in said(page.get(f"/cases/{case.pk}/"))
    assert page.post(f"/cases/{case.pk}/pin/")["Location"] == f"/cases/{case.pk}/"
    page.post(f"/cases/{case.pk}/pin/")
    assert kept(page) == [(case.reference, True), (other.reference, False)]
    assert "Unpin" in said(page.get(f"/cases/{case.pk}/"))
    page.post(f"/cases/{case.pk}/unpin/")
    page.post(f"/cases/{case.pk}/unpin/")
    assert dict(kept(page))[case.reference] is False
    assert len(recorded("case.pinned")) == len(recorded("case.unpinned")) == 2


def test_one_that_was_only_pinned_is_forgotten_with_its_pin(api, case, field_officer):
    client = api(field_officer)
    assert client.post(f"cases/{case.pk}/pin/", {}).status_code == 200
    assert OpenedCase.objects.get().opened_at is None
    assert client.post(f"cases/{case.pk}/unpin/", {}).status_code == 200
    assert not OpenedCase.objects.exists()


def test_only_the_latest_few_are_kept(case, office, field_officer, monkeypatch):
    monkeypatch.setattr(at_hand, "MOST_OPENED", 3)
    cases = [factories.case(office) for _one in range(5)]
    with acting_as(field_officer.pk):
        pin_case(case, actor=field_officer)
        for number, one in enumerate([case, *cases]):
            at_hand.note_opened(one, field_officer)
            then = timezone.now() - timedelta(hours=9 - number)
            OpenedCase.objects.filter(of_case=one.pk).update(opened_at=then)
    left = set(OpenedCase.objects.values_list("of_case", flat=True))
    assert left == {case.pk, *(one.pk for one in cases[2:])}


def test_there_is_a_most_of_pins(case, office, field_officer, page, said, monkeypatch):
    monkeypatch.setattr(at_hand, "MOST_PINNED", 1)
    other = factories.assignment(factories.case(office), field_officer).case
    page.post(f"/cases/{case.pk}/pin/")
    refused = page.post(f"/cases/{other.pk}/pin/")
    assert refused.status_code == 409
    assert "You have pinned 1 cases. Take one off first." in said(refused)


def test_what_is_not_open_any_more_is_not_shown(page, case, office, case_manager, field_officer):
    page.get(f"/cases/{case.pk}/")
    page.post(f"/cases/{case.pk}/pin/")
    abroad = factories.case(factories.office("manila", "PH-MNL"))
    assert page.post(f"/cases/{abroad.pk}/pin/").status_code == 404
    OpenedCase.objects.create(user=field_officer, of_case=abroad.pk, pinned_at=timezone.now())
    assert kept(page) == [(case.reference, True)]
    factories.assignment(case, case_manager)
    factories.conflict(case, field_officer)
    assert kept(page) == []
    assert OpenedCase.objects.count() == 2, "the ids stay, and say nothing"


def test_it_is_one_persons_alone_in_both_walls(page, case, field_officer, case_manager):
    page.get(f"/cases/{case.pk}/")
    mine = OpenedCase.objects.get()
    assert not OpenedCase.objects.visible_to(case_manager).exists()
    for who in (case_manager.pk, None):
        with acting_as(who):
            assert not OpenedCase.objects.exists()
            assert OpenedCase.objects.update(pinned_at=timezone.now()) == 0
            assert OpenedCase.objects.all().delete()[0] == 0
    forged = OpenedCase(user=field_officer, of_case=case.pk, pinned_at=timezone.now())
    with pytest.raises(DatabaseError), acting_as(case_manager.pk), transaction.atomic():
        forged.save(force_insert=True)
    assert OpenedCase.objects.get() == mine


@pytest.mark.usefixtures("fresh")
def test_it_goes_with_its_person(page, case, field_officer, case_manager):
    factories.assignment(case, case_manager)
    page.get(f"/cases/{case.pk}/")
    disable_person(field_officer, reason="Has left", actor=factories.user("system_admin"))
    assert not OpenedCase.objects.exists()


def test_no_more_statements_however_many_are_at_hand(
    page, case, office, field_officer, django_assert_max_num_queries
):
    def cost():
        page.get("/")
        with django_assert_max_num_queries(110) as counted:
            page.get("/")
        return len(counted)

    page.get(f"/cases/{case.pk}/")
    few = cost()
    for _one in range(5):
        page.get(f"/cases/{factories.assignment(factories.case(office), field_officer).case.pk}/")
    assert cost() == few
