"""What each check looks for: the rows it finds, with what its words say of them."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format

from core.days.spans import in_years
from places.court_days import is_holiday, is_rest_day
from prosecutions.calendars import limitation_of
from prosecutions.court_file import NO_VERDICT, law_of, name_of
from prosecutions.enums import Adjournment, Disposition, HearingResult, Plea
from prosecutions.limitation import years_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from prosecutions.court_file import CourtFile, Found
    from prosecutions.models import Charge, Hearing, Sentence


LONG_BEFORE = 5  # years from an offence to the complaint
ONE_YEAR = timedelta(days=366)
TIMES_RUNNING = 3
ADULT = 18


def _say(day: date) -> str:
    return date_format(day, "j M Y")


# Charges


def long_before_complaint(file: CourtFile) -> Found:
    for charge in file.charges:
        complaint = file.prosecutions[charge.prosecution_id].complaint
        if complaint and years_after(charge.offence_on, LONG_BEFORE) < complaint.filed_on:
            yield charge, name_of(file, charge) | {"day": _say(charge.offence_on)}


def out_of_time(file: CourtFile) -> Found:
    for charge in file.charges:
        limit = limitation_of(file.country(charge), law_of(charge), charge.offence_on)
        complaint = file.prosecutions[charge.prosecution_id].complaint
        begun = min(charge.filed_on, complaint.filed_on) if complaint else charge.filed_on
        if limit and begun > years_after(charge.offence_on, limit.amount or 0):
            values = {"years": limit.amount, "source": limit.source}
            yield charge, name_of(file, charge) | values


def from_memory(file: CourtFile) -> Found:
    for charge in file.charges:
        if not law_of(charge).verified:
            yield charge, name_of(file, charge)


def no_survivor_named(file: CourtFile) -> Found:
    for charge in file.charges:
        if charge.pk not in file.named:
            yield charge, name_of(file, charge)


def perhaps_a_child(file: CourtFile) -> Found:
    for charge in file.charges:
        suspect = file.suspects.get(charge.suspect_id)
        born = suspect.perpetrator.born_year if suspect else None
        if born and charge.offence_on.year - born < ADULT:
            yield charge, name_of(file, charge) | {"born": born}


def charged_twice(file: CourtFile) -> Found:
    """The later of two, and each that has its twin in another case."""
    ours = [row for row in file.charges if file.last.get(row.pk, "") not in NO_VERDICT]
    twice = {late.pk for early, late in combinations(ours, 2) if _one_offence(file, early, late)}
    twice |= {
        row.pk for row in ours if any(_one_offence(file, other, row) for other in file.elsewhere)
    }
    for charge in ours:
        if charge.pk in twice:
            yield charge, name_of(file, charge)


def _one_offence(file: CourtFile, charge: Charge, other: Charge) -> bool:
    """One person in two proceedings of a country, the offence of one kind, the days near."""
    laws = law_of(charge), law_of(other)
    kind = laws[0].pk == laws[1].pk or (laws[0].iccs and laws[0].iccs == laws[1].iccs)
    return (
        bool(kind)
        and charge.prosecution_id != other.prosecution_id
        and file.country(charge) == file.country(other)
        and file.person(charge) == file.person(other) is not None
        and abs(charge.offence_on - other.offence_on) <= ONE_YEAR
    )


# Proceedings and hearings


def docket_twice(file: CourtFile) -> Found:
    ours = sorted(file.prosecutions.values(), key=lambda row: (row.filed_on, row.pk))
    for number, row in enumerate(ours):
        others = [*ours[:number], *file.same_docket]
        if row.docket and any(
            other.docket == row.docket and other.jurisdiction.country == row.jurisdiction.country
            for other in others
        ):
            yield row, {"docket": row.docket}


def _to_come(file: CourtFile) -> Iterator[Hearing]:
    for rows in file.hearings.values():
        yield from (row for row in rows if not row.result)


def on_a_rest_day(file: CourtFile) -> Found:
    for row in _to_come(file):
        if is_rest_day(file.seat(row), row.listed_on):
            yield row, {"day": date_format(row.listed_on, "l j M Y")}


def on_a_holiday(file: CourtFile) -> Found:
    for row in _to_come(file):
        if is_holiday(file.seat(row), row.listed_on):
            yield row, {"day": _say(row.listed_on)}


def in_vacation(file: CourtFile) -> Found:
    for row in _to_come(file):
        for vacation in file.vacations(row):
            if row.listed_on in vacation:
                yield row, {"day": _say(row.listed_on), "occasion": vacation.occasion}


def far_ahead(file: CourtFile) -> Found:
    for row in _to_come(file):
        if row.listed_on > file.today + ONE_YEAR:
            yield row, {"day": _say(row.listed_on)}


def before_the_offence(file: CourtFile) -> Found:
    """A hearing that lies before every offence its proceeding is about."""
    offences: dict[UUID, date] = {}
    for charge in file.charges:
        first = offences.get(charge.prosecution_id, charge.offence_on)
        offences[charge.prosecution_id] = min(first, charge.offence_on)
    for court, rows in file.hearings.items():
        for row in rows:
            if row.result != HearingResult.VACATED and row.listed_on < offences.get(
                court, row.listed_on
            ):
                yield row, {"day": _say(row.listed_on)}


def adjourned_without_reason(file: CourtFile) -> Found:
    for rows in file.hearings.values():
        last = [row for row in rows if row.result][-TIMES_RUNNING:]
        reasons = {row.adjourned_for for row in last}
        if len(last) == TIMES_RUNNING and reasons == {Adjournment.OTHER}:
            yield last[-1], {"times": TIMES_RUNNING}


# Arrest and custody


def arrested_before_all(file: CourtFile) -> Found:
    for row in file.arrests:
        if row.arrested_on < file.begins:
            yield row, {"who": file.code(row.suspect_id), "day": _say(row.arrested_on)}


def held_too_long(file: CourtFile) -> Found:
    for row in file.custodies:
        until = row.ended_on or file.today
        if row.charge_by is None or until <= row.charge_by:
            continue
        charged = [
            charge.filed_on for charge in file.charges if charge.suspect_id == row.suspect_id
        ]
        charged += file.sheets[row.suspect_id]
        if not any(row.since <= day <= row.charge_by for day in charged):
            yield row, {"who": file.code(row.suspect_id), "day": _say(row.charge_by)}


# Judgments and sentences


def judged_unlisted(file: CourtFile) -> Found:
    """For what abates with a death no court sits."""
    of = {row.judgment_id for row in file.decisions if row.disposition != Disposition.ABATED}
    abated = {row.judgment_id for row in file.decisions} - of
    for row in file.judgments.values():
        if row.pk in abated:
            continue
        if row.decided_on not in {
            hearing.listed_on for hearing in file.hearings[row.prosecution_id]
        }:
            yield row, {"day": _say(row.decided_on)}


def plea_missing(file: CourtFile) -> Found:
    charges = {row.pk: row for row in file.charges}
    for row in file.decisions:
        charge = charges.get(row.charge_id)
        on_plea = row.disposition == Disposition.CONVICTED_PLEA
        if charge and on_plea and charge.plea != Plea.GUILTY:
            yield charge, name_of(file, charge)


def _convicted(file: CourtFile, judgment: UUID, suspect: UUID) -> list[Charge]:
    """The charges of which this judgment convicted this person."""
    ends = {
        row.charge_id
        for row in file.decisions
        if row.judgment_id == judgment and row.disposition in Disposition.CONVICTED
    }
    return [row for row in file.charges if row.pk in ends and row.suspect_id == suspect]


def no_sentence(file: CourtFile) -> Found:
    given = {
        (file.judgments[row.judgment_id].prosecution_id, row.suspect_id) for row in file.sentences
    }
    pairs: set[tuple[UUID, UUID]] = set()
    suspects = {row.pk: row.suspect_id for row in file.charges}
    for decision in file.decisions:
        judgment, who = file.judgments[decision.judgment_id], suspects.get(decision.charge_id)
        if not decision.holds or who is None or (judgment.prosecution_id, who) in given | pairs:
            continue
        if (row := file.suspects.get(who)) and row.died_on:
            continue
        pairs.add((judgment.prosecution_id, who))
        yield judgment, {"who": file.code(who), "day": _say(judgment.decided_on)}


def below_the_least(file: CourtFile) -> Found:
    for row in file.sentences:
        laws = _laws(file, row)
        least = max((law.min_years for law in laws if law.min_years), default=0) * 12
        if not row.life and (row.months or 0) < least:
            yield row, {"who": file.code(row.suspect_id), "term": in_years(int(least))}


def above_the_most(file: CourtFile) -> Found:
    for row in file.sentences:
        laws = _laws(file, row)
        if not laws or any(law.life_possible or law.max_years is None for law in laws):
            continue
        most = sum(law.max_years for law in laws) * 12  # one after the other, at the most
        if row.life or (row.months or 0) > most:
            yield row, {"who": file.code(row.suspect_id), "term": in_years(int(most))}


def _laws(file: CourtFile, row: Sentence) -> list[Any]:
    return [law_of(charge) for charge in _convicted(file, row.judgment_id, row.suspect_id)]
