"""What the checks of the accused look for: one person twice, death, bail, time running out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import ngettext

from prosecutions.court_file import NO_VERDICT, law_of, name_of
from prosecutions.enums import Disposition, Release
from prosecutions.limitation import AHEAD, last_days

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from prosecutions.court_file import CourtFile, Found
    from prosecutions.laws import Limit
    from prosecutions.models import Suspect


def _in_order(file: CourtFile) -> list[Suspect]:
    return sorted(file.suspects.values(), key=lambda row: (row.created_at, row.pk))


def suspect_twice(file: CourtFile) -> Found:
    """Two suspects of the case whose records were found to be of one person."""
    first: dict[Any, Suspect] = {}
    for row in _in_order(file):
        twin = first.setdefault(row.perpetrator.person, row)
        if twin is not row:
            yield row, {"who": row.code, "other": twin.code}


def defendant_twice(file: CourtFile) -> Found:
    """One person charged twice in one proceeding, or under one docket number of a country.

    As two suspects, or in two records of one docket; what ended without a verdict does not count.
    """
    ours = {row.pk: row for row in file.charges if file.last.get(row.pk, "") not in NO_VERDICT}
    first: dict[Any, Any] = {}
    defendants = set()
    for row in (*file.elsewhere, *sorted(ours.values(), key=lambda row: row.created_at)):
        at = file.prosecutions.get(row.prosecution_id) or row.prosecution
        docket = (at.jurisdiction.country, at.docket) if at.docket else at.pk
        person, defendant = file.person(row), (row.prosecution_id, row.suspect_id)
        known = first.setdefault((docket, person), defendant) if person else defendant
        if known != defendant and row.pk in ours and defendant not in defendants:
            defendants.add(defendant)
            yield row, {"who": file.code(row.suspect_id), "docket": at.docket or str(at)}


def open_after_death(file: CourtFile) -> Found:
    """Who died, and is charged with something that is not decided for good."""
    died = _died_in_custody(file)
    left = {None, *Disposition.ASLEEP}
    open_to = {row.suspect_id for row in file.charges if file.last.get(row.pk) in left}
    for row in _in_order(file):
        if row.pk in open_to and (row.died_on or row.pk in died):
            yield row, {"who": row.code}


def dead_elsewhere(file: CourtFile) -> Found:
    """Who died, as another case says that the reader may see."""
    for row in _in_order(file):
        if (day := file.dead.get(row.perpetrator.person)) and not row.died_on:
            yield row, {"who": row.code, "day": date_format(day, "j M Y")}


def _died_in_custody(file: CourtFile) -> set[UUID]:
    return {row.suspect_id for row in file.custodies if row.ended == Release.DIED}


def generic_offence(file: CourtFile) -> Found:
    for row in file.charges:
        if law_of(row).is_generic:
            yield row, name_of(file, row)


def bail_without_conditions(file: CourtFile) -> Found:
    for row in file.custodies:
        terms = row.bail_conditions or row.sureties or row.bail_amount is not None
        if row.ended in Release.ON_BAIL and row.ended_on and not terms:
            day = date_format(row.ended_on, "j M Y")
            yield row, {"who": file.code(row.suspect_id), "day": day}


def time_running_out(file: CourtFile) -> Found:
    """Suspects nobody complained of or charged, once the time for it ends soon or has ended."""
    if file.offence_until is None or file.accused is None:
        return
    begun = file.accused | _died_in_custody(file) | {row.suspect_id for row in file.charges}
    ends = last_days(file.case.jurisdiction.country, file.offence_until)
    near = [(limit, day) for limit, day in ends if day - AHEAD <= file.today]
    for row in _in_order(file):
        if near and not row.died_on and row.pk not in begun:
            yield row, {"who": row.code, "limits": "; ".join(_in_words(*end) for end in near)}


def _in_words(limit: Limit, day: date) -> str:
    """“1 year: 4 Mar 2027 (the law that says so)”."""
    years = limit.amount or 0
    words = ngettext("%(n)s year: %(day)s (%(law)s)", "%(n)s years: %(day)s (%(law)s)", years)
    values = {"n": years, "law": limit.source}
    return words % (values | {"day": date_format(day, "j M Y")})
