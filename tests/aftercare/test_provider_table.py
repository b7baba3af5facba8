"""Providers come from a table: looked at first, kept on the second press, all or none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from aftercare.models import Provider
from core.trail import changes_of_reference
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from accounts.models import User

    Browser = Callable[[User], Client]

pytestmark = pytest.mark.django_db
HEAD = "name,jurisdiction,services,sexes,age_from,age_to,beds_female,agreement_from\n"
GOOD = "Invented Home,IN-WB-KOL,safe_place; medical,female,0,17,12,2026-01-01\n"


@pytest.fixture
def manager() -> User:
    return factories.user("case_manager", factories.office())


def test_what_was_looked_at_is_kept_on_the_second_press(
    browser_client: Browser, manager: User
) -> None:
    client = browser_client(manager)
    sheet = client.post("/providers/table/", {"rows": HEAD + GOOD, "key": "a"}).context["sheet"]
    assert sheet.shown == [["Invented Home", "Kolkata", "Safe place, Medical", "12"]]
    assert not Provider.objects.exists()
    kept = {"rows": HEAD + GOOD, "keep": sheet.digest, "key": "b"}
    assert client.post("/providers/table/", kept)["Location"] == "/providers/"
    row = Provider.objects.get()
    assert (row.services, row.sexes) == (["safe_place", "medical"], ["female"])
    assert (row.age_min_months, row.age_max_months) == (0, 17 * 12 + 11)
    assert (row.places_female, row.places_any) == (12, None)
    assert row.agreement_from == date(2026, 1, 1)
    assert [change.action for change in changes_of_reference(row.pk)] == ["provider.registered"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("A,IN-XX,medical,,,,,", "Line 2: jurisdiction: There is no place"),
        (",IN-WB-KOL,medical,,,,,", "Line 2: name: Enter its name."),
        ("A,IN-WB-KOL,magic,,,,,", "Line 2: services: Not one of the codes"),
        ("A,IN-WB-KOL,medical,cat,,,,", "Line 2: sexes: Not one of the codes"),
        ("A,IN-WB-KOL,medical,,x,,,", "Line 2: age_from: Write a number of at most 120."),
        ("A,IN-WB-KOL,medical,,30,20,,", "Line 2: age_max_months: The lowest age"),
        ("A,IN-WB-KOL,medical,,,,99999,", "Line 2: beds_female: Write a number"),
        ("A,IN-WB-KOL,medical,,,,,soon", "Line 2: agreement_from: Write a day"),
        (GOOD.strip() + "\n" + GOOD.strip(), "Line 3: name: There is already a provider"),
    ],
)
def test_what_is_wrong_is_said_line_by_line(
    browser_client: Browser, manager: User, line: str, fault: str
) -> None:
    answer = browser_client(manager).post("/providers/table/", {"rows": HEAD + line})
    assert answer.status_code == 400
    assert fault in answer.content.decode()


def test_where_another_office_keeps_them_nothing_is_kept(
    browser_client: Browser, manager: User
) -> None:
    client = browser_client(manager)
    rows = HEAD + GOOD + GOOD.replace("IN-WB-KOL", "PH-MNL")
    sheet = client.post("/providers/table/", {"rows": rows, "key": "a"}).context["sheet"]
    answer = client.post("/providers/table/", {"rows": rows, "keep": sheet.digest, "key": "b"})
    assert answer.status_code == 409
    assert "kept by another office" in answer.content.decode()
    assert not Provider.objects.exists()
