"""Where the many were found: establishments, some of them closed since, and abuse online."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from casework.enums import Answer, Setting, SiteKind
from casework.inquiry_codes import Media, PaidBy, Platform
from casework.models import OnlineIncident, RescueSite, Site, SiteClosing
from intake.demo.many_parts import CSEC, OSEC
from victims.models import IncidentSurvivor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake.demo.many_case import DemoCase
    from intake.demo.many_rows import Rows

SEED = 2_003_2016
KINDS, KINDS_AS_OFTEN = (SiteKind.BAR, SiteKind.BROTHEL, SiteKind.HOTEL), (60, 25, 15)
# Of each, the share that it comes to.
CLOSED, OPENED_AGAIN, KNOWN_ONLINE, ALL_THREE = 0.55, 0.1, 0.95, 0.92
CUSTOMERS = ("GB", "US", "AU", "SE", "DE", "")
PLATFORMS = (Platform.SKYPE, Platform.FACEBOOK, Platform.MESSENGER, Platform.UNKNOWN)


def add_sites(rows: Rows, matters: Iterable[DemoCase]) -> None:
    chance = random.Random(SEED)  # noqa: S311 - an invented world, the same every time
    for matter in matters:
        if matter.part.programme == OSEC:
            _online(rows, chance, matter)
        elif matter.part.programme == CSEC and matter.part.place.startswith("PH"):
            _establishment(rows, chance, matter)


def _establishment(rows: Rows, chance: random.Random, matter: DemoCase) -> None:
    case, rescue = matter.case, matter.rescue
    site = rows.add(
        Site(
            case=case,
            code="P-1",
            kind=chance.choices(KINDS, KINDS_AS_OFTEN)[0],
            setting=Setting.PUBLIC,
            jurisdiction=case.jurisdiction,
        )
    )
    rows.add(RescueSite(case=case, rescue=rescue, site=site))
    if chance.random() < CLOSED:
        closed = matter.met + timedelta(days=chance.randrange(1, 45))
        again = closed + timedelta(days=chance.randrange(60, 200))
        opened = again if chance.random() < OPENED_AGAIN else None
        rows.add(SiteClosing(case=case, site=site, closed_on=closed, reopened_on=opened))
        matter.last = max(matter.last, opened or closed)


def _online(rows: Rows, chance: random.Random, matter: DemoCase) -> None:
    """Most are all three: shown online, to somebody who is not there, for money."""
    if chance.random() >= KNOWN_ONLINE:
        return
    paid = Answer.YES if chance.random() < ALL_THREE else Answer.UNKNOWN
    incident = rows.add(
        OnlineIncident(
            case=matter.case,
            code="O-1",
            media=chance.choices(Media.values, (20, 15, 65))[0],
            platform=chance.choice(PLATFORMS),
            began_on=matter.met - timedelta(days=chance.randrange(40, 400)),
            ended_on=matter.met,
            customer_country=chance.choice(CUSTOMERS),
            for_publication=Answer.YES,
            third_party_absent=Answer.YES,
            for_compensation=paid,
        )
    )
    if paid == Answer.YES:
        incident.amount, incident.currency = Decimal(chance.randrange(20, 150)), "USD"
        incident.paid_by = chance.choice((PaidBy.REMITTANCE, PaidBy.REMITTANCE, PaidBy.MOBILE))
    for person in matter.people:
        rows.add(IncidentSurvivor(case=matter.case, incident=incident, involvement=person))
