"""Whoever works in several offices goes by the day of the one they chose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils.formats import date_format

from accounts.services.own import choose_office
from core.days import clock
from core.models import AuditEvent
from core.services import Refused
from tests import factories

pytestmark = pytest.mark.django_db
PLACES = {
    "kolkata": ("IN-WB-KOL", "Asia/Kolkata"),
    "phnompenh": ("KH-12", "Asia/Phnom_Penh"),
    "manila": ("PH-MNL", "Asia/Manila"),
}
NIGHTS = [
    (code, datetime(2026, 12, 9, hour, minute))
    for code in PLACES
    for hour, minute in ((0, 30), (5, 0), (7, 59))
]


@pytest.fixture
def offices():
    return {code: factories.office(code, place) for code, (place, _zone) in PLACES.items()}


@pytest.fixture
def lead(offices):
    """A case manager of all three, of Kolkata the longest."""
    person = factories.user("case_manager", offices["kolkata"])
    for code in ("phnompenh", "manila"):
        factories.membership(person, "case_manager", offices[code])
    return person


@pytest.fixture(params=NIGHTS, ids=lambda one: f"{one[0]} {one[1]:%H:%M}")
def night(request):
    """In one of the offices, before the next day has begun in UTC or just after."""
    code, local = request.param
    zone = ZoneInfo(PLACES[code][1])
    with time_machine.travel(local.replace(tzinfo=zone).astimezone(UTC), tick=False):
        yield code, local, zone


@pytest.mark.by_turns(3)
def test_pages_and_mail_go_by_the_chosen_office(night, lead, browser_client, said):
    code, local, zone = night
    page = browser_client(lead)
    assert page.post(reverse("people:choose-office"), {"office": code}).status_code == 302
    words = said(page.get("/"))
    assert f"{local:%A}, {local.day} {local:%B}" in words
    assert f"{date_format(local.date(), 'j M Y')}, {local:%H:%M}" in words
    lead = type(lead).objects.get(pk=lead.pk)
    assert clock.of(lead) == zone
    with clock.by(clock.of(lead)):
        assert clock.today() == local.date()


def test_a_row_goes_by_its_own_office_all_the_same(night, lead, offices, browser_client, said):
    code, local, _zone = night
    chosen = "manila" if code != "manila" else "kolkata"
    page = browser_client(lead)
    page.post(reverse("people:choose-office"), {"office": chosen})
    case = factories.case(offices[code])
    words = said(page.get(case.get_absolute_url()))
    assert f"{date_format(local.date(), 'j M Y')}, {local:%H:%M}" in words


def test_a_key_goes_by_utc_and_says_so(night, lead, api):
    client = api(lead)
    assert client.post("me/choose-office/", {"office": "manila"}).status_code == 200
    told = client.get("me/").json()
    today = datetime.now(UTC).date().isoformat()
    assert (told["office"], told["time_zone"], told["today"]) == (None, "UTC", today)


def test_the_choice_is_in_the_history_and_ends_with_the_membership(lead, offices):
    choose_office(offices["manila"], actor=lead)
    (event,) = AuditEvent.objects.filter(action="office.chosen")
    assert (event.actor_id, event.detail["office"]) == (lead.pk, "manila")
    lead = type(lead).objects.get(pk=lead.pk)
    assert lead.goes_by == offices["manila"].pk
    ended = datetime.now(UTC) - timedelta(seconds=1)
    lead.memberships.filter(office=offices["manila"]).update(started_at=ended, ended_at=ended)
    lead = type(lead).objects.get(pk=lead.pk)
    assert lead.goes_by == offices["kolkata"].pk


def test_only_own_offices_are_offered_and_taken(lead, offices, api, browser_client):
    delhi = factories.office("delhi", "IN-DL")
    page = browser_client(lead)
    address = reverse("people:choose-office")
    text = page.get(address).content.decode()
    assert "manila" in text
    assert "delhi" not in text
    assert page.post(address, {"office": "delhi"}).status_code == 400
    answer = api(lead).post("me/choose-office/", {"office": "delhi"})
    assert answer.status_code == 400
    assert "own offices" in answer.json()["errors"]["office"][0]
    with pytest.raises(Refused):
        choose_office(delhi, actor=lead)
    assert type(lead).objects.get(pk=lead.pk).day_office_id is None


def test_who_works_in_one_office_is_not_asked(lead, field_officer, browser_client):
    address = reverse("people:choose-office")
    assert address not in browser_client(field_officer).get("/").content.decode()
    assert address in browser_client(lead).get("/").content.decode()
