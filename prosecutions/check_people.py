"""What the checks of the accused look for: one person twice, death, bail, time running out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format

from prosecutions.enums import Disposition, Release
from prosecutions.limitation import AHEAD, last_days
from prosecutions.matter import NO_VERDICT, law_of, name_of

if TYPE_CHECKING:
    from prosecutions.check_rules import Found
    from prosecutions.matter import Matter
    from prosecutions.models import Suspect


def _in_order(matter: Matter) -> list[Suspect]:
    return sorted(matter.suspects.values(), key=lambda row: (row.created_at, row.pk))


def suspect_twice(matter: Matter) -> Found:
    """Two suspects of the case whose records were found to be of one person."""
    first: dict[Any, Suspect] = {}
    for row in _in_order(matter):
        twin = first.setdefault(row.perpetrator.person, row)
        if twin is not row:
            yield row, {"who": row.code, "other": twin.code}


def defendant_twice(matter: Matter) -> Found:
    """One person charged twice in one proceeding, or under one docket number of a country.

    As two suspects, or in two records of one docket; what ended without a verdict does not count.
    """
    ours = {row.pk: row for row in matter.charges if matter.last.get(row.pk, "") not in NO_VERDICT}
    first: dict[Any, Any] = {}
    said = set()
    for row in (*matter.elsewhere, *ours.values()):
        at = matter.prosecutions.get(row.prosecution_id) or row.prosecution
        docket = (at.jurisdiction.country, at.docket) if at.docket else at.pk
        person, defendant = matter.person(row), (row.prosecution_id, row.suspect_id)
        known = first.setdefault((docket, person), defendant) if person else defendant
        if known != defendant and row.pk in ours and defendant not in said:
            said.add(defendant)
            yield row, {"who": matter.code(row.suspect_id), "docket": at.docket or str(at)}


def open_after_death(matter: Matter) -> Found:
    """Charges against somebody who died that are not decided for good."""
    died = {row.suspect_id for row in matter.custodies if row.ended == Release.DIED}
    died |= {row.pk for row in matter.suspects.values() if row.died_on}
    for row in matter.charges:
        last = matter.last.get(row.pk)
        if row.suspect_id in died and (last is None or last in Disposition.ASLEEP):
            yield row, name_of(matter, row)


def generic_offence(matter: Matter) -> Found:
    for row in matter.charges:
        if law_of(row).is_generic:
            yield row, name_of(matter, row)


def bail_without_conditions(matter: Matter) -> Found:
    for row in matter.custodies:
        terms = row.bail_conditions or row.sureties or row.bail_amount is not None
        if row.ended in Release.ON_BAIL and row.ended_on and not terms:
            day = date_format(row.ended_on, "j M Y")
            yield row, {"who": matter.code(row.suspect_id), "day": day}


def time_running_out(matter: Matter) -> Found:
    """Suspects nobody complained of or charged, once the time for it ends soon or has ended."""
    if matter.offence_until is None or matter.accused is None:
        return
    dead = {row.suspect_id for row in matter.custodies if row.ended == Release.DIED}
    charged = {row.suspect_id for row in matter.charges}
    ends = last_days(matter.case.jurisdiction.country, matter.offence_until)
    for row in _in_order(matter):
        if row.died_on or row.pk in charged | matter.accused | dead:
            continue
        for limit, day in ends:
            if day - AHEAD <= matter.today:
                words = {"who": row.code, "day": date_format(day, "j M Y")}
                yield row, words | {"years": limit["years"], "source": limit["source"]}
