"""Invented studies in the numbers of the public submission, visit by visit where it names them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from casework.enums import Programme
from core.context import acting_as
from intake.demo.hearings import demo_place
from studies.enums import Figuring, Judged, Method, Phase, StratumKind
from studies.services.estimates import (
    enter_estimate,
    estimate_from_visits,
    pair_estimates,
    publish_estimate,
)
from studies.services.studies import add_stratum, record_study
from studies.services.visits import record_visits

if TYPE_CHECKING:
    from accounts.models import User
    from studies.models import Estimate, Stratum, Study

SOURCE = "Invented for the demonstration, in the numbers of a public submission"
# place -> title, fieldwork, hotspots, establishments, people, minors, the share as published
PUBLIC = {
    "IN-WB-KOL": ("Kolkata", date(2016, 2, 1), 16, 451, 4143, 33, "0.008"),
    "IN-MH-MUM": ("Mumbai", date(2016, 8, 1), None, 1445, 10082, 555, "0.055"),
}
# place -> minors, people
PRIVATE = {"IN-WB-KOL": (24, 131), "IN-MH-MUM": (25, 214)}
# place -> first years of the two rounds, people in each, minors before and after
ROUNDS = {
    "PH-MNL": ("Manila", 2009, 2016, 1200, 100, 27),
    "PH-CEB": ("Cebu", 2006, 2010, 1000, 100, 21),
    "PH-PAM": ("Pampanga", 2012, 2016, 1500, 150, 21),
}


def add_studies(users: dict[str, User]) -> None:
    data = users["data.global"]
    with acting_as(data.pk):
        for place, (title, begun, hotspots, venues, people, minors, share) in PUBLIC.items():
            stratum = _public(data, place, title, begun, hotspots)
            _visit(data, stratum, venues, people, minors)
            _publish(data, estimate_from_visits(stratum, actor=data))
            _publish(
                data,
                enter_estimate(
                    stratum,
                    figuring=Figuring.CALIBRATED,
                    n=people,
                    share=Decimal(share),
                    source=SOURCE,
                    actor=data,
                ),
            )
            _private(data, place, title, begun)
        for place, numbers in ROUNDS.items():
            _two_rounds(data, place, *numbers)
        _in_cambodia(data)


def _study(data: User, place: str, title: str, begun: date, **of: object) -> Study:
    values: dict[str, Any] = {
        "programme": Programme.CSEC,
        "phase": Phase.SINGLE,
        "method": Method.VENUES,
        "is_representative": True,
        "minor_judged": Judged.OBSERVERS,
        "fieldwork_from": begun,
        "fieldwork_to": begun + timedelta(days=60),
        "source": SOURCE,
    }
    return record_study(title=title, jurisdiction=demo_place(place), actor=data, **(values | of))


def _stratum(data: User, study: Study, kind: StratumKind, frame: str, **of: Any) -> Stratum:
    return add_stratum(
        study, kind=kind, jurisdiction=study.jurisdiction, frame=frame, actor=data, **of
    )


def _public(data: User, place: str, title: str, begun: date, hotspots: int | None) -> Stratum:
    study = _study(data, place, f"Public establishments in {title}", begun)
    kind, frame = StratumKind.PUBLIC, f"Map of establishments in {title}"
    return _stratum(data, study, kind, frame, hotspots=hotspots)


def _visit(data: User, stratum: Stratum, venues: int, people: int, minors: int) -> None:
    """The people spread over the venues as evenly as can be, the minors over one venue in nine."""
    begun = stratum.study.fieldwork_from
    some = max(1, venues // 9)
    visits = []
    for number in range(venues):
        counted = people * (number + 1) // venues - people * number // venues
        young = 0
        if number < some:
            young = minors * (number + 1) // some - minors * number // some
        visits.append(
            {
                "venue": f"E-{number + 1:04d}",
                "visited_on": begun + timedelta(days=number % 60),
                "counted": counted,
                "minors": young,
            }
        )
    record_visits(stratum, visits=visits, actor=data)


def _private(data: User, place: str, title: str, begun: date) -> None:
    """From person to person: a share of those who were found, and of nobody else."""
    minors, people = PRIVATE[place]
    study = _study(
        data,
        place,
        f"Private networks in {title}",
        begun,
        method=Method.LINK_TRACING,
        is_representative=False,
    )
    stratum = _stratum(data, study, StratumKind.PRIVATE, f"Contacts of contacts in {title}")
    _publish(data, _counted(data, stratum, minors, people))


def _counted(data: User, stratum: Stratum, k: int, n: int) -> Estimate:
    return enter_estimate(stratum, figuring=Figuring.COUNTED, k=k, n=n, source=SOURCE, actor=data)


def _publish(data: User, estimate: Estimate) -> Estimate:
    return publish_estimate(estimate, version=estimate.version, actor=data)


def _two_rounds(
    data: User, place: str, title: str, before: int, after: int, n: int, k1: int, k2: int
) -> None:
    sides = []
    for phase, year, k in ((Phase.BASELINE, before, k1), (Phase.ENDLINE, after, k2)):
        name = f"{title}, {phase.label.lower()} of {year}"
        study = _study(
            data, place, name, date(year, 5, 4), phase=phase, method=Method.TIME_LOCATION
        )
        stratum = _stratum(data, study, StratumKind.PUBLIC, f"Venues by day and hour in {title}")
        sides.append(_publish(data, _counted(data, stratum, k, n)))
    pair_estimates(sides[0], endline=sides[1], actor=data)


def _in_cambodia(data: User) -> None:
    """Fieldwork and publication are two dates; the submission names the later one."""
    study = _study(
        data,
        "KH",
        "Three areas of Cambodia",
        date(2012, 11, 5),
        method=Method.TIME_LOCATION,
        published_on=date(2013, 9, 12),
    )
    stratum = _stratum(data, study, StratumKind.PUBLIC, "Venues by day and hour in three areas")
    _publish(data, _counted(data, stratum, 25, 1150))
