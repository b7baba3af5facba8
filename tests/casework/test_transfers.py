"""A case moves to who takes it over, and not before; nobody tied to it takes it over."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Notice
from casework.models import Assignment, Case, Transfer
from casework.services.transfers import (
    accept_transfer,
    refuse_transfer,
    transfer_case,
    withdraw_transfer,
)
from core.context import acting_as
from core.services import Refused
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "The officer goes on leave"


@pytest.fixture
def manila(db):
    return factories.office("manila", "PH-MNL")


def again(user):
    """The same person at the next request."""
    return type(user).objects.get(pk=user.pk)


def acts(verb, row, user, **words):
    """Through both walls."""
    user = again(user)
    with acting_as(user.pk):
        return verb(row, actor=user, **words)


def offer(case, manager, **to):
    return acts(transfer_case, case, manager, reason=WHY, **to)


def team(case):
    return set(case.assignment_set.in_force().values_list("user", flat=True))


def found(user, path, api):
    return api(again(user)).get(path).status_code


def test_nothing_moves_until_a_colleague_takes_it_over(
    case, case_manager, field_officer, colleague, api
):
    task = factories.task(case, assignee=field_officer)
    made = offer(case, case_manager, to_person=colleague, from_person=field_officer)
    assert team(case) == {field_officer.pk}
    assert Notice.objects.get(kind="transfer-asked").user == colleague
    done = acts(accept_transfer, made, colleague)
    assert (done.status, done.decided_by) == ("accepted", colleague)
    assert team(case) == {colleague.pk}
    task.refresh_from_db()
    assert task.assignee == colleague
    assert Notice.objects.get(kind="transfer-decided").user == case_manager


def test_beside_the_team_nobody_leaves_it(case, case_manager, field_officer, colleague):
    acts(accept_transfer, offer(case, case_manager, to_person=colleague), colleague)
    assert team(case) == {field_officer.pk, colleague.pk}


def test_another_office_takes_a_case_over_with_every_row_of_it(
    case, case_manager, field_officer, outsider, manila, api, recorded
):
    rescue = factories.rescue(case)
    task = factories.task(case, assignee=field_officer)
    made = offer(case, case_manager, to_office=manila)
    assert found(outsider, f"cases/{case.pk}/", api) == 404
    seen = api(again(outsider)).get(f"transfers/{made.pk}/").json()
    assert seen["shown"]["reference"] == case.reference
    acts(accept_transfer, made, outsider)
    for row in (case, rescue, task, made):
        row.refresh_from_db()
        assert row.office == manila
    assert (team(case), task.assignee) == ({outsider.pk}, None)
    assert found(outsider, f"rescues/{rescue.pk}/", api) == 200
    assert found(field_officer, f"cases/{case.pk}/", api) == 404
    assert found(case_manager, f"cases/{case.pk}/", api) == 404
    assert recorded("case.transferred") == [(outsider.pk, str(made.pk))]


def test_an_offer_shows_no_more_than_that_the_case_exists(
    case, case_manager, outsider, manila, api
):
    factories.rescue(case)
    made = offer(case, case_manager, to_office=manila)
    with acting_as(outsider.pk):
        assert list(Transfer.objects.values_list("pk", flat=True)) == [made.pk]
        assert not Case.objects.exists()
        assert not Assignment.objects.exists()
    names = {"reference", "programme", "status", "office", "place", "opened_on"}
    assert set(made.shown) == names


def test_a_refusal_says_why_and_leaves_everything(
    case, case_manager, outsider, manila, field_officer
):
    made = offer(case, case_manager, to_office=manila)
    with pytest.raises(Refused, match="Say why"):
        acts(refuse_transfer, made, outsider, reason="no")
    done = acts(refuse_transfer, made, outsider, reason="We have no one who speaks Bengali")
    assert (done.status, done.answer) == ("refused", "We have no one who speaks Bengali")
    case.refresh_from_db()
    assert (case.office.code, team(case)) == ("kolkata", {field_officer.pk})


def test_an_offer_is_withdrawn_by_the_office_that_made_it(case, case_manager, outsider, manila):
    made = offer(case, case_manager, to_office=manila)
    with pytest.raises(Refused, match="Only the office"):
        acts(withdraw_transfer, made, outsider)
    assert acts(withdraw_transfer, made, case_manager).status == "withdrawn"
    made.refresh_from_db()
    with pytest.raises(Refused, match="answered or withdrawn"):
        acts(accept_transfer, made, outsider)


def test_nobody_answers_for_somebody_else(case, case_manager, colleague, field_officer):
    made = offer(case, case_manager, to_person=colleague)
    for other in (field_officer, case_manager):
        for verb, words in ((accept_transfer, {}), (refuse_transfer, {"reason": WHY})):
            with pytest.raises(
                Refused, match="Only the person or office that was offered the case can answer"
            ):
                acts(verb, made, other, **words)


def test_the_database_moves_a_case_only_for_who_receives_it(case, case_manager, colleague):
    """Whatever the services say: an update by the offering side is refused by the trigger."""
    made = offer(case, case_manager, to_person=colleague)
    values = {"status": "accepted", "decided_by": case_manager, "decided_at": timezone.now()}
    with pytest.raises(DatabaseError), acting_as(case_manager.pk), transaction.atomic():
        Transfer.objects.filter(pk=made.pk).update(**values)
    assert Transfer.objects.get().status == "waiting"


def test_who_is_tied_to_the_case_cannot_receive_it_and_is_told_nothing(
    case, case_manager, colleague, outsider, manila
):
    factories.conflict(case, colleague)
    with pytest.raises(Refused, match="Cannot be taken over there"):
        offer(case, case_manager, to_person=colleague)
    factories.conflict(case, outsider)
    with pytest.raises(Refused, match="Cannot be taken over there"):
        offer(case, case_manager, to_office=manila)
    free = factories.user("case_manager", manila)
    made = offer(case, case_manager, to_office=manila)
    assert set(Notice.objects.values_list("user", flat=True)) == {free.pk}
    with acting_as(outsider.pk):
        assert not Transfer.objects.exists()
    assert not Transfer.objects.visible_to(again(outsider)).exists()
    with pytest.raises(Refused):
        acts(accept_transfer, made, outsider)


def test_a_tie_declared_after_the_offer_closes_it_too(case, case_manager, colleague):
    made = offer(case, case_manager, to_person=colleague)
    factories.conflict(case, colleague)
    with pytest.raises(Refused):
        acts(accept_transfer, made, colleague)


def test_a_sealed_case_is_not_handed_over_and_an_offer_of_it_disappears(
    case, case_manager, colleague
):
    made = offer(case, case_manager, to_person=colleague)
    factories.assignment(case, case_manager, named=True)
    Case.objects.filter(pk=case.pk).update(level=4)
    case.refresh_from_db()
    assert not Transfer.objects.visible_to(again(colleague)).exists()
    with acting_as(colleague.pk):
        assert not Transfer.objects.exists()
    acts(withdraw_transfer, made, case_manager)
    with pytest.raises(Refused, match="cannot hand over a sealed case"):
        offer(case, case_manager, to_person=colleague)


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ({}, "Choose a person in the office, or another office"),
        (
            {"to_person": "colleague", "to_office": "manila"},
            "Choose a person in the office, or another office",
        ),
        ({"to_person": "field_officer"}, "already on the team"),
        ({"to_person": "outsider"}, "Cannot be taken over there"),
        ({"to_office": "office"}, "Cannot be taken over there"),
        ({"to_person": "colleague", "from_person": "outsider"}, "must be on the team"),
    ],
)
def test_what_cannot_be_offered_is_refused_in_words(
    case, case_manager, outsider, request, to, words
):
    rows = {name: request.getfixturevalue(value) for name, value in to.items()}
    with pytest.raises(Refused, match=words):
        offer(case, case_manager, **rows)
    assert not Transfer.objects.exists()


def test_one_offer_at_a_time(case, case_manager, colleague):
    offer(case, case_manager, to_person=colleague)
    with pytest.raises(Refused, match="Already offered to somebody:"):
        offer(case, case_manager, to_person=colleague)


def test_the_pages_offer_answer_and_withdraw(
    case, case_manager, colleague, field_officer, browser_client, said, outsider, manila
):
    page = browser_client(case_manager)
    path = f"/cases/{case.pk}/transfer/"
    assert "Nothing moves until" in said(page.get(path))
    form = {"reason": WHY, "key": "k-1", "to_person": str(colleague.pk)}
    both = page.post(path, form | {"to_office": str(manila.pk)})
    assert (both.status_code, "Choose a person, or an office." in said(both)) == (400, True)
    assert page.post(path, form)["Location"] == f"/cases/{case.pk}/people/#team"
    assert "who has not answered" in said(page.get(f"/cases/{case.pk}/people/"))
    made = Transfer.objects.get()
    receiver = browser_client(colleague)
    assert case.reference in said(receiver.get("/transfers/"))
    assert "1 case is offered to you" in said(receiver.get("/"))
    refuse = f"/transfers/{made.pk}/refuse/"
    assert WHY in said(receiver.get(refuse))
    assert receiver.post(refuse, {"reason": "too busy just now"})["Location"] == "/transfers/"
    page.post(path, {"reason": WHY, "key": "k-2", "to_office": str(manila.pk)})
    second = Transfer.objects.waiting().get()
    abroad = browser_client(outsider)
    assert case.reference in said(abroad.get("/transfers/"))
    assert abroad.get(f"/transfers/{second.pk}/refuse/").status_code == 200
    taken = abroad.post(f"/transfers/{second.pk}/accept/")
    assert taken["Location"] == f"/cases/{case.pk}/"
    assert abroad.get(taken["Location"]).status_code == 200
    assert page.get(f"/cases/{case.pk}/people/").status_code == 404


@pytest.mark.nightly
def test_the_list_of_offers_costs_the_same_however_many(
    case_manager, office, browser_client, django_assert_max_num_queries
):
    page = browser_client(case_manager)

    def cost():
        with django_assert_max_num_queries(100) as counted:
            assert page.get("/transfers/").status_code == 200
        return len(counted)

    factories.transfer(factories.case(office), to_person=factories.user(at=office))
    page.get("/transfers/")
    first = cost()
    for _one in range(4):
        factories.transfer(factories.case(office), to_person=factories.user(at=office))
    assert cost() == first
