"""The calendar feed: neutral, of what its person may see, and closed at once."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from icalendar import Calendar

from accounts.models import Membership
from core.models import AuditEvent
from prosecutions.models import CalendarFeed
from prosecutions.services.feeds import begin_feed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(case):
    day = case.jurisdiction.today + timedelta(days=3)
    of = factories.prosecution(case, docket="SC 77/2026")
    return factories.hearing(prosecution=of, listed_on=day, listed_at="10:30", purpose="witness")


def made(page):
    """Press the button; the address is shown once."""
    return page.post("/calendar/", {"step": "begin"}).context["address"]


def test_a_calendar_fetches_what_its_person_may_see(client, page, listed, office):
    day = listed.listed_on
    factories.hearing(factories.case(office), listed_on=day)
    answer = client.get(made(page))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar")
    assert "no-store" in answer["Cache-Control"]
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["UID"] == str(listed.pk)
    start = event["DTSTART"].dt
    assert (start.date(), start.hour, start.minute) == (day, 5, 0), "10:30 in India, as UTC"
    (read,) = AuditEvent.objects.filter(action="hearing.feed")
    assert read.detail["ids"] == [str(listed.pk)]


def test_its_words_betray_nothing(client, page, listed):
    text = client.get(made(page)).content.decode()
    assert "SUMMARY:Appointment" in text
    case = listed.case
    for word in (
        case.reference,
        listed.prosecution.docket,
        "witness",
        "Witness",
        "Kolkata",
        "csec",
    ):
        assert word not in text


def test_a_recorded_hearing_leaves_the_calendar(client, page, listed):
    address = made(page)

    def events():
        return Calendar.from_ical(client.get(address).content).walk("VEVENT")

    assert [event["UID"] for event in events()] == [str(listed.pk)]
    listed.result = "held"
    listed.save()
    assert events() == []


def test_the_address_is_shown_once_and_closes(client, page, listed):
    first = made(page)
    assert first not in page.get("/calendar/").content.decode()
    second = made(page)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    page.post("/calendar/", {"step": "stop"})
    assert client.get(second).status_code == 404


def test_who_leaves_or_changes_the_role_has_no_feed(client, page, lawyer, listed):
    address = made(page)
    Membership.objects.filter(user=lawyer).update(role="aftercare_worker")
    assert client.get(address).status_code == 404
    Membership.objects.filter(user=lawyer).update(role="legal_officer")
    assert client.get(address).status_code == 200
    lawyer.is_active = False
    lawyer.save()
    assert client.get(address).status_code == 404


def test_an_unknown_address_is_not_found(client, db):
    assert client.get("/calendar/nothing-here.ics").status_code == 404


def test_only_the_digest_is_kept(lawyer):
    secret = begin_feed(actor=lawyer)
    kept = CalendarFeed.objects.get(user=lawyer)
    assert bytes(kept.digest) == sha256(secret.encode()).digest()
    row = CalendarFeed.objects.filter(pk=kept.pk).values().get()
    assert not [name for name, value in row.items() if secret in str(value)]


# For programs


def test_a_program_makes_an_address_once_and_stops_it(client, api, lawyer, listed):
    caller = api(lawyer)
    assert caller.get("calendar-feed/").json() == {"since": None}
    made = caller.post("calendar-feed/", {}, Idempotency_Key="once")
    assert (made.status_code, made.json()["since"] is not None) == (201, True)
    first = made.json()["address"]
    text = client.get(first).content.decode()
    assert "SUMMARY:Appointment" in text
    assert listed.case.reference not in text
    assert "address" not in caller.get("calendar-feed/").json(), "shown once"
    second = caller.post("calendar-feed/", {}, Idempotency_Key="once").json()["address"]
    assert second != first, "a repeated send makes a new one: the first is kept nowhere"
    assert [client.get(url).status_code for url in (first, second)] == [404, 200]
    assert caller.post("calendar-feed/stop/", {}).json() == {"since": None}
    assert client.get(second).status_code == 404


def test_who_keeps_no_feed_makes_none_by_program(api, office):
    worker = factories.user("field_officer", office)
    for method, path in (("get", ""), ("post", ""), ("post", "stop/")):
        answer = getattr(api(worker), method)(f"calendar-feed/{path}")
        assert answer.status_code == 403
    assert not CalendarFeed.objects.filter(user=worker).exists()
