"""Days on which one court does not sit: kept at the court, used for its hearings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.trail import changes_of_reference
from exchange.workbooks.checks import CHECKS
from places.court_days import Vacation, court_day_from
from places.models import Agency
from tests import factories
from tests.api.place_bodies import court

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from accounts.models import User
    from tests.clients import ApiClient

    Browser = Callable[[User], Client]
    Api = Callable[[User], ApiClient]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
WINTER = {"starts_on": "2026-12-24", "ends_on": "2027-01-02", "occasion": "Winter vacation"}


@pytest.fixture
def manager() -> User:
    return factories.user("case_manager")


def test_by_page_they_are_added_shown_and_taken_away(
    browser_client: Browser, manager: User
) -> None:
    row, client = court(), browser_client(manager)
    added = {"occasion": "Winter vacation", "starts_on": "24 Dec 2026", "ends_on": "2 Jan 2027"}
    answer = client.post(f"/agencies/{row.pk}/vacations/new/", added | {"version": 1})
    assert answer["Location"] == row.get_absolute_url()
    row.refresh_from_db()
    assert row.vacations == [WINTER]
    asked = client.get(f"/agencies/{row.pk}/vacations/take-away/").content.decode()
    assert "24 Dec 2026 – 2 Jan 2027: Winter vacation" in asked
    gone = {"starts_on": "2026-12-24", "version": 2}
    client.post(f"/agencies/{row.pk}/vacations/take-away/", gone)
    row.refresh_from_db()
    assert row.vacations == []
    fields = [change.fields for change in changes_of_reference(row.pk)]
    assert fields == [["vacations"], ["vacations"]]


def test_the_page_of_a_court_tells_vacations_and_holidays_to_come(
    browser_client: Browser, manager: User
) -> None:
    day = date(factories.place().today.year + 2, 1, 4).isoformat()
    row = court({"starts_on": "2020-01-01", "occasion": "Long over"})
    row.vacations.append({"starts_on": day, "ends_on": day, "occasion": "Still to come"})
    row.save()
    said = browser_client(manager).get(row.get_absolute_url()).content.decode()
    assert "Still to come" in said
    assert "Long over" not in said
    ahead = browser_client(manager).get(row.get_absolute_url()).context["holidays"]
    assert 3 < len(ahead) < 60  # of half a year in India
    unit = factories.agency(kind="police_unit")
    assert "Days without court" not in (
        browser_client(manager).get(unit.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"starts_on": "2027-01-03"}, "ends_on", "before the first"),
        ({"ends_on": "2027-12-30"}, "ends_on", "longer than four months"),
        ({"occasion": "  "}, "occasion", ""),
        ({"starts_on": "2027-01-01"}, "starts_on", "already: New year"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    api: Api, manager: User, given: dict[str, str], field: str, words: str
) -> None:
    row = court({"starts_on": "2027-01-01", "occasion": "New year"})
    client = api(manager)
    version = client.get(f"agencies/{row.pk}/")["ETag"]
    sent = WINTER | {"ends_on": "2027-01-02"} | given
    answer = client.post(f"agencies/{row.pk}/add-vacation/", sent, If_Match=version)
    assert answer.status_code in (400, 409)
    assert field in answer.content.decode()
    assert words in answer.content.decode()
    assert len(Agency.objects.get(pk=row.pk).vacations) == 1


def test_only_a_court_has_them(api: Api, manager: User) -> None:
    unit, client = factories.agency(kind="police_unit"), api(manager)
    version = client.get(f"agencies/{unit.pk}/")["ETag"]
    answer = client.post(f"agencies/{unit.pk}/add-vacation/", WINTER, If_Match=version)
    assert (answer.status_code, answer.json()["detail"]) == (409, "This agency is not a court.")


def test_programs_read_them_as_days(api: Api, manager: User) -> None:
    row = court({"starts_on": "2027-01-01", "occasion": "New year"})
    read = api(manager).get(f"agencies/{row.pk}/").json()["vacations"]
    day = {"starts_on": "2027-01-01", "ends_on": "2027-01-01"}
    assert read == [day | {"occasion": "New year"}]


def test_a_day_beside_a_vacation_skips_weekend_and_holiday_too() -> None:
    """Of a court in Maharashtra: the vacation ends on a Friday, then comes a weekend."""
    away = [Vacation(date(2026, 12, 28), date(2027, 1, 1), "Winter vacation")]
    place = factories.place("IN-MH")
    assert court_day_from(place, date(2026, 12, 28), away) == date(2027, 1, 4)
    assert court_day_from(place, date(2026, 12, 28)) == date(2026, 12, 28)


def test_the_form_of_a_hearing_offers_no_day_of_a_vacation(
    browser_client: Browser, manager: User
) -> None:
    place = factories.place("IN-WB")
    heard = place.today
    days = {"starts_on": heard.isoformat(), "ends_on": heard.replace(year=heard.year + 1, day=1)}
    row = factories.agency(
        kind="court",
        jurisdiction=place,
        vacations=[{k: str(v) for k, v in days.items()} | {"occasion": "A year of rest"}],
    )
    case = factories.case()
    of = factories.prosecution(case, court=row)
    lawyer = factories.assignment(case=case, user=factories.user("legal_officer", case.office)).user
    hearing = factories.hearing(prosecution=of, listed_on=heard)
    form = browser_client(lawyer).get(f"/hearings/{hearing.pk}/record/").context["form"]
    end = date.fromisoformat(row.vacations[0]["ends_on"])
    assert form.days
    assert all(day > end for day in form.days.values())


def test_a_workbook_takes_what_the_page_would() -> None:
    check, _words = CHECKS["places.Agency.vacations"]
    assert check([WINTER]) == [WINTER]
    for wrong in ([{"starts_on": "soon"}], [WINTER, WINTER], {"a": 1}, ["x"], 7):
        with pytest.raises(ValueError, match=r"[A-Z]"):
            check(wrong)


def test_all_courts_of_a_state_keep_days_at_once(browser_client: Browser, manager: User) -> None:
    state = factories.place("IN-WB")
    here = [court({"starts_on": "2026-12-25", "occasion": "Christmas"}), court(), court()]
    Agency.objects.filter(pk__in=[one.pk for one in here[:2]]).update(jurisdiction=state)
    Agency.objects.filter(pk=here[2].pk).update(is_active=False)
    unit, away = factories.agency(kind="police_unit"), factories.agency(kind="court")
    Agency.objects.filter(pk=away.pk).update(jurisdiction=factories.place("PH"))
    address = f"/places/{state.pk}/vacations/new/"
    client = browser_client(manager)
    assert address in client.get(f"/places/{state.pk}/").content.decode()
    sent = WINTER | {"ends_on": "2027-01-02", "key": "a"}
    assert client.post(address, sent)["Location"] == f"/places/{state.pk}/"
    kept = {one.pk: len(one.vacations) for one in Agency.objects.all()}
    assert [kept[one.pk] for one in (*here, unit, away)] == [1, 1, 0, 0, 0]
    assert Agency.objects.get(pk=here[1].pk).closed[0].occasion == WINTER["occasion"]
    again = client.post(address, sent | {"key": "b"})
    assert "some of these days" in again.content.decode()


def test_a_table_says_every_fault_and_then_keeps_all_lines(
    browser_client: Browser, manager: User
) -> None:
    row, client = court(), browser_client(manager)
    head = "jurisdiction,court,occasion,starts_on,ends_on"
    place = row.jurisdiction.code
    bad = f"{head}\n{place},No such,Holi,2027-03-22,\n{place},,Holi,22 March,\nXX,,Holi,2027-03-22,"
    said = client.post("/agencies/vacations/table/", {"rows": bad}).content.decode()
    for fault in ("Line 2: court:", "Line 3: starts_on:", "Line 4: jurisdiction:"):
        assert fault in said
    good = (
        f"{head}\n{place},{row.name.upper()},Holi,2027-03-22,\n{place},,Puja,2027-10-11,2027-10-15"
    )
    looked = client.post("/agencies/vacations/table/", {"rows": good})
    assert "not saved yet" in looked.content.decode()
    assert row.name in looked.content.decode()
    assert Agency.objects.get(pk=row.pk).vacations == []
    client.post(
        "/agencies/vacations/table/", {"rows": good, "keep": looked.context["sheet"].digest}
    )
    assert [one.occasion for one in Agency.objects.get(pk=row.pk).closed] == ["Holi", "Puja"]
