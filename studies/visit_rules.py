"""What a visit must be, asked of many at once: every fault with the number of its visit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from core.refusals import Words
from core.refusals import gettext as _
from studies.contradictions import OUTSIDE, TWICE
from studies.enums import Method
from studies.models import Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studies.models import Stratum


def faults_of(stratum: Stratum, visits: Sequence[Visit]) -> list[tuple[int, str, Words]]:
    """(number from 1, field, words) of everything that is wrong with these visits."""
    study = stratum.study
    others = Visit.objects.filter(stratum=stratum).exclude(pk__in=[v.pk for v in visits])
    there = list(others.values_list("venue", "visited_on", "left_out"))
    days = {(venue, day) for venue, day, _left_out in there}
    venues = {venue for venue, _day, left_out in there if not left_out}
    faults: list[tuple[int, str, Words]] = []
    now_days: Counter[tuple[str, object]] = Counter()
    now_venues: Counter[str] = Counter()
    for number, visit in enumerate(visits, 1):
        visit.venue = visit.venue.strip()
        faults += [(number, *fault) for fault in _alone(visit)]
        if not study.fieldwork_from <= visit.visited_on <= study.fieldwork_to:
            faults.append((number, "visited_on", OUTSIDE.__str__()))
        key = (visit.venue, visit.visited_on)
        if key in days or now_days[key]:
            words = _("This venue already has a visit on that day.")
            faults.append((number, "venue", words))
        elif study.method in Method.ONCE and not visit.left_out:
            if visit.venue in venues or now_venues[visit.venue]:
                faults.append((number, "venue", TWICE.__str__()))
            now_venues[visit.venue] += 1
        now_days[key] += 1
    return faults


def _alone(visit: Visit) -> list[tuple[str, Words]]:
    """What is wrong with a visit whatever the others are: the words of its constraints."""
    faults = list[tuple[str, Words]]()
    if not visit.venue:
        faults.append(("venue", _("Enter the code of the venue.")))
    if visit.establishments < 1:
        faults.append(("establishments", _("At least one establishment was visited.")))
    if visit.minors > visit.counted:
        faults.append(("minors", _("More minors than people were counted.")))
    return faults
