"""A calendar feed: begun, fetched, stopped. Its words betray nothing.

Times are in UTC: the name of a time zone is the name of a place.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from accounts.permissions import Perm
from core import audit
from core.days import clock
from core.keys import vouching
from core.services import service
from prosecutions.models import CalendarFeed, Hearing
from prosecutions.models.feeds import digest_of

if TYPE_CHECKING:
    from accounts.models import User

BEHIND, AHEAD, MOST = timedelta(days=30), timedelta(days=366), 1000
LENGTH = timedelta(hours=1)
LIFETIME = timedelta(days=180)
OFTEN = timedelta(hours=1)  # how often a calendar is to ask


@service(Perm.HEARING_FEED)
def begin_feed(*, actor: User) -> str:
    """Make a new secret address, shown once, for half a year. A former one opens nothing more."""
    _revoke(actor)
    secret = secrets.token_urlsafe(32)
    digest, end = digest_of(secret), timezone.now() + LIFETIME
    with vouching.vouched("feed", actor.pk, digest.hex()):
        feed = CalendarFeed.objects.create(user=actor, digest=digest, expires_at=end)
    audit.record("feed.begun", feed, actor=actor)
    return secret


@service(Perm.HEARING_FEED)
def stop_feed(*, actor: User) -> None:
    """Close the secret address."""
    _revoke(actor)
    audit.record("feed.stopped", actor, actor=actor)


@service(Perm.HEARING_FEED)
def read_feed(*, actor: User) -> bytes:
    """The hearings open to this person as iCalendar (RFC 5545), in neutral words. In its last
    weeks it says on which day it ends."""
    today = clock.today()
    rows = list(
        Hearing.objects.visible_to(actor)
        .to_come()
        .filter(listed_on__range=(today - BEHIND, today + AHEAD))
        .select_related("prosecution__jurisdiction")
        .order_by("listed_on", "pk")[:MOST]
    )
    ids, cases = [row.pk for row in rows], [row.case_id for row in rows]
    audit.read_rows("hearing.feed", Hearing._meta.label, ids, actor=actor, shown=cases)
    calendar = Calendar()
    calendar.add("prodid", "-//Casework//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Appointments"))
    calendar.add("refresh-interval", OFTEN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(OFTEN))
    for row in rows:
        calendar.add_component(_event(row))
    feed = feed_of(actor)
    if feed and feed.ends_soon:
        calendar.add_component(_end(feed))
    return bytes(calendar.to_ical())


def feed_of(user: User) -> CalendarFeed | None:
    """The feed this person has, if any, also one whose days are over. Its address is not to be
    had again."""
    feeds = CalendarFeed.objects.visible_to(user).filter(revoked_at__isnull=True)
    feed: CalendarFeed | None = feeds.first()
    return feed


def path_of(secret: str) -> str:
    """Where a calendar program fetches the feed."""
    return reverse("prosecutions:feed", args=[secret])


def _event(row: Hearing) -> Event:
    event = Event()
    event.add("uid", str(row.pk))
    event.add("dtstamp", row.updated_at)
    event.add("last-modified", row.updated_at)
    event.add("sequence", row.version)
    event.add("summary", _("Appointment"))
    event.add("class", "PRIVATE")
    if row.listed_at:
        zone = ZoneInfo(row.prosecution.jurisdiction.time_zone)
        begins = datetime.combine(row.listed_on, row.listed_at, zone)
        event.add("dtstart", begins.astimezone(UTC))  # the name of a zone is that of a place
        event.add("duration", LENGTH)
    else:
        event.add("dtstart", row.listed_on)
    return event


def _end(feed: CalendarFeed) -> Event:
    event = Event()
    event.add("uid", str(feed.pk))
    event.add("dtstamp", feed.updated_at)
    event.add("summary", _("This calendar ends: make a new address"))
    event.add("class", "PRIVATE")
    event.add("dtstart", clock.local(feed.expires_at).date())
    return event


def _revoke(user: User) -> None:
    feeds = CalendarFeed.objects.filter(user=user, revoked_at__isnull=True)
    feeds.update(revoked_at=Now(), updated_at=Now(), version=F("version") + 1)
