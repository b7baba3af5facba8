"""What the checks of the accused look for: one person twice, death, bail, time running out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import ngettext

from prosecutions.enums import Disposition, Release
from prosecutions.limitation import AHEAD, last_days
from prosecutions.matter import NO_VERDICT, law_of, name_of

if TYPE_CHECKING:
    from datetime import date

    from prosecutions.matter import Found, Matter
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
    for row in (*matter.elsewhere, *sorted(ours.values(), key=lambda row: row.created_at)):
        at = matter.prosecutions.get(row.prosecution_id) or row.prosecution
        docket = (at.jurisdiction.country, at.docket) if at.docket else at.pk
        person, defendant = matter.person(row), (row.prosecution_id, row.suspect_id)
        known = first.setdefault((docket, person), defendant) if person else defendant
        if known != defendant and row.pk in ours and defendant not in said:
            said.add(defendant)
            yield row, {"who": matter.code(row.suspect_id), "docket": at.docket or str(at)}


def open_after_death(matter: Matter) -> Found:
    """Who died, and is charged with something that is not decided for good."""
    died = _died_in_custody(matter)
    left = {None, *Disposition.ASLEEP}
    open_to = {row.suspect_id for row in matter.charges if matter.last.get(row.pk) in left}
    for row in _in_order(matter):
        if row.pk in open_to and (row.died_on or row.pk in died):
            yield row, {"who": row.code}


def dead_elsewhere(matter: Matter) -> Found:
    """Who died, as another case says that the reader may see."""
    for row in _in_order(matter):
        if (day := matter.dead.get(row.perpetrator.person)) and not row.died_on:
            yield row, {"who": row.code, "day": date_format(day, "j M Y")}


def _died_in_custody(matter: Matter) -> set[Any]:
    return {row.suspect_id for row in matter.custodies if row.ended == Release.DIED}


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
    begun = matter.accused | _died_in_custody(matter) | {row.suspect_id for row in matter.charges}
    ends = last_days(matter.case.jurisdiction.country, matter.offence_until)
    near = [(limit, day) for limit, day in ends if day - AHEAD <= matter.today]
    for row in _in_order(matter):
        if near and not row.died_on and row.pk not in begun:
            yield row, {"who": row.code, "limits": "; ".join(_in_words(*one) for one in near)}


def _in_words(limit: dict[str, Any], day: date) -> str:
    """“1 year: 4 Mar 2027 (the law that says so)”."""
    words = ngettext(
        "%(n)s year: %(day)s (%(law)s)", "%(n)s years: %(day)s (%(law)s)", limit["years"]
    )
    said = {"n": limit["years"], "law": limit["source"]}
    return words % (said | {"day": date_format(day, "j M Y")})
