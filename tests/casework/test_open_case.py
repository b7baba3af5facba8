"""A case is opened, in the opener's own office, under the next reference."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework.models import Case, ReferenceCounter
from casework.services.cases import open_case
from core.context import acting_as
from tests import factories
from tests.api.real import at_once
from tests.clients import ApiClient

PAGE = "/cases/new/"
BODY = {"programme": "csec", "jurisdiction": "IN-WB-KOL"}
FORM = BODY | {"opened_on": "2026-11-20", "support_level": "own", "key": "k-1"}


@pytest.mark.django_db
def test_a_field_officer_opens_a_case_by_both_doors(browser_client, api, field_officer, recorded):
    page = browser_client(field_officer)
    assert page.get(PAGE).status_code == 200
    opened = page.post(PAGE, FORM)
    first = Case.objects.get()
    assert (opened.status_code, opened["Location"]) == (302, f"/cases/{first.pk}/")
    assert page.get(opened["Location"]).status_code == 200
    answer = api(field_officer).post("cases/", BODY | {"opened_on": "2026-11-20"})
    assert answer.status_code == 201
    second = Case.objects.get(pk=answer.json()["id"])
    assert [first.reference, second.reference] == ["KOL-2026-0001", "KOL-2026-0002"]
    for case in (first, second):
        assert (case.office.code, case.status) == ("kolkata", "lead")
        assert case.assignment_set.get().user == field_officer
    who = field_officer.pk
    assert recorded("case.opened") == [(who, str(first.pk)), (who, str(second.pk))]


@pytest.mark.django_db
def test_how_far_it_is_ours_and_a_place_abroad_are_said_by_both_doors(
    browser_client, api, field_officer
):
    said = {"support_level": "supported", "jurisdiction": "PH-MNL"}
    assert browser_client(field_officer).post(PAGE, FORM | said).status_code == 302
    assert api(field_officer).post("cases/", BODY | said).status_code == 201
    for case in Case.objects.all():
        assert (case.support_level, case.jurisdiction.code) == ("supported", "PH-MNL")
    wrong = api(field_officer).post("cases/", BODY | {"support_level": "x"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["support_level"])


@pytest.mark.django_db
def test_a_form_sent_twice_opens_one_case(browser_client, field_officer):
    page = browser_client(field_officer)
    addresses = {page.post(PAGE, FORM)["Location"] for _ in range(2)}
    assert len(addresses) == Case.objects.count() == 1
    other = page.post(PAGE, FORM | {"programme": "osec"})
    assert other.status_code == 409
    assert "already sent" in other.content.decode()


@pytest.mark.django_db
def test_without_the_role_nothing_opens(browser_client, api, aftercare_worker):
    page = browser_client(aftercare_worker)
    assert [page.get(PAGE).status_code, page.post(PAGE, FORM).status_code] == [403, 403]
    assert api(aftercare_worker).post("cases/", BODY).status_code == 403
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_another_office_is_refused_in_words(api, field_officer):
    factories.office("manila", "PH-MNL")
    answer = api(field_officer).post("cases/", BODY | {"office": "manila"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "You can open cases only in your own office."
    assert not ReferenceCounter.objects.exists()


@pytest.mark.django_db
def test_another_office_does_not_find_the_case(browser_client, api, outsider, case):
    assert browser_client(outsider).get(f"/cases/{case.pk}/").status_code == 404
    assert api(outsider).get(f"cases/{case.pk}/").status_code == 404


@pytest.mark.django_db
def test_entries_that_cannot_be_are_refused_at_their_fields(browser_client, field_officer):
    page = browser_client(field_officer)
    for name in ("programme", "jurisdiction", "opened_on", "support_level"):
        for value in ("", "x", "a\0b", "2026-02-30", "9" * 400):
            answer = page.post(PAGE, FORM | {name: value})
            assert answer.status_code == 400, (name, value)
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_key_that_is_no_text_does_not_break_the_page(browser_client, field_officer):
    page = browser_client(field_officer)
    page.raise_request_exception = False
    assert page.post(PAGE, FORM | {"key": "a\0b"}).status_code < 500


@pytest.mark.django_db
def test_the_page_knows_the_same_days_as_the_interface(browser_client, field_officer):
    page = browser_client(field_officer)
    for day in ("0001-01-01", "9999-12-31"):
        assert page.post(PAGE, FORM | {"opened_on": day, "key": day}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_references_have_no_gaps_when_many_open_at_once_and_one_fails(real_rows):
    """The counter's row is locked until the commit; a rolled-back number is given again."""
    user = factories.user()
    clients = [ApiClient(user) for _ in range(8)]

    def opened(number):
        if number == 8:
            return fails(user)
        return clients[number].post("cases/", BODY).json()["reference"]

    references = at_once(9, opened)[:8]
    year = timezone.localdate().year
    assert sorted(references) == [f"KOL-{year}-{number:04d}" for number in range(1, 9)]


def fails(user):
    """Takes a number, and then something goes wrong."""
    with pytest.raises(LookupError):
        take_a_number_in_vain(type(user).objects.get(pk=user.pk))


def take_a_number_in_vain(user):
    with acting_as(user.pk):
        open_case(programme="csec", jurisdiction=factories.place(), actor=user)
        raise LookupError
