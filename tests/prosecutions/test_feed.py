"""The calendar feed: neutral, of what its person may see, and closed at once."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from icalendar import Calendar

from accounts.models import Membership
from core.context import acting_as
from core.models import AuditEvent
from prosecutions.feeds.services import begin_feed
from prosecutions.models import CalendarFeed
from tests import factories
from tests.meta.tables import execute

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


def test_a_calendar_is_told_what_is_new_and_how_often_to_ask(client, page, listed):
    address = made(page)
    first = client.get(address)
    calendar = Calendar.from_ical(first.content)
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert calendar["X-WR-CALNAME"] == "Appointments"
    (event,) = calendar.walk("VEVENT")
    assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt) == (1, event["DTSTAMP"].dt)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    listed.version, listed.listed_at = 2, "11:30"
    listed.save()
    moved = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert moved.status_code == 200
    assert Calendar.from_ical(moved.content).walk("VEVENT")[0]["SEQUENCE"] == 2


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


# It ends on a day


def last_for(lawyer, **left):
    """The feed of this person, with so much time left."""
    feeds = CalendarFeed.objects.filter(user=lawyer, revoked_at=None)
    feeds.update(expires_at=timezone.now() + timedelta(**left))


def test_an_address_ends_and_the_page_says_when(client, page, lawyer, listed, said, api):
    address = made(page)
    feed = CalendarFeed.objects.get(user=lawyer)
    assert feed.expires_at - feed.created_at >= timedelta(days=179)
    day = date_format(timezone.localtime(feed.expires_at), "j M Y")
    assert f"It ends on {day}." in said(page.get("/calendar/"))
    last_for(lawyer, seconds=-1)
    assert client.get(address).status_code == 404
    assert "The feed ended on" in said(page.get("/calendar/"))
    until = api(lawyer).get("calendar-feed/").json()["until"]
    assert until < timezone.now().isoformat()
    assert client.get(made(page)).status_code == 200, "renewed"


def test_a_calendar_shows_the_day_on_which_it_ends(client, page, lawyer, listed):
    address = made(page)
    for days, shown in ((29, True), (31, False)):
        last_for(lawyer, days=days)
        events = Calendar.from_ical(client.get(address).content).walk("VEVENT")
        assert ("This calendar ends: make a new address" in [e["SUMMARY"] for e in events]) is shown


def test_sql_of_the_application_makes_no_address(lawyer, office):
    """Whoever runs statements in somebody's session does not fetch the calendar of another."""
    feed = factories.feed(lawyer)
    insert = (
        "insert into prosecutions_calendarfeed (id, version, created_at, updated_at, user_id,"
        f" digest, expires_at) select gen_random_uuid(), 1, now(), now(), '{lawyer.pk}', 'x',"
        " now() + interval '1 day'"
    )
    CalendarFeed.objects.filter(pk=feed.pk).update(revoked_at=timezone.now())
    for statement in (
        insert,
        "update prosecutions_calendarfeed set revoked_at = null",
        "update prosecutions_calendarfeed set expires_at = now() + interval '9 years'",
        "update prosecutions_calendarfeed set digest = 'x'",
    ):
        with acting_as(lawyer.pk), pytest.raises(DatabaseError) as refusal, transaction.atomic():
            execute(statement)
        assert refusal.value.__cause__.pgcode == "42501"


# For programs


def test_a_program_makes_an_address_once_and_stops_it(client, api, lawyer, listed):
    caller = api(lawyer)
    assert caller.get("calendar-feed/").json() == {"since": None, "until": None}
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
    nothing = {"since": None, "until": None}
    assert caller.post("calendar-feed/stop/", {}).json() == nothing
    assert client.get(second).status_code == 404


def test_who_keeps_no_feed_makes_none_by_program(api, office):
    worker = factories.user("field_officer", office)
    for method, path in (("get", ""), ("post", ""), ("post", "stop/")):
        answer = getattr(api(worker), method)(f"calendar-feed/{path}")
        assert answer.status_code == 403
    assert not CalendarFeed.objects.filter(user=worker).exists()
