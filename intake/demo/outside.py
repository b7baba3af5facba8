"""Invented rows of what others publish, of surveys, programmes, trainings and evaluations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from casework.enums import Programme
from core.context import acting_as
from intake.demo.hearings import demo_place
from intake.demo.studies import SOURCE
from places.models import Agency
from studies.enums import Kind, Quality, SurveyStatus, Unit
from studies.services.outside import record_statistic, record_survey
from studies.services.programmes import (
    add_finding,
    record_evaluation,
    record_programme,
    record_training,
)

if TYPE_CHECKING:
    from accounts.models import User
    from studies.models import Evaluation

BONDED, CSEC, OSEC = Programme.BONDED_LABOUR, Programme.CSEC, Programme.OSEC
HELD, PERSONS = Kind.PEOPLE_HELD, Unit.PERSONS
THIRD = Decimal("0.333333")
GOVERNMENT, BUREAU = "Government of India", "National Crime Records Bureau"
SCHOLARS = "Gandhi Peace Foundation, National Labour Institute"
MINISTRY, POLICE = "Ministry of India", "Philippine law enforcement"
SURVEY, REGISTER, GUESS = Quality.SURVEY, Quality.REGISTER, Quality.ESTIMATE
# publisher, series -> measure, unit, form, place, years, parts, value, quality
FIGURES: tuple[tuple[tuple[str, str], tuple[Any, ...]], ...] = (
    (
        (GOVERNMENT, "Survey of 1978"),
        (HELD, PERSONS, BONDED, "IN", (1978, None), 16, 343_000, SURVEY),
    ),
    (
        (SCHOLARS, "Survey of 1978"),
        (HELD, PERSONS, BONDED, "IN", (1978, None), 10, 2_600_000, SURVEY),
    ),
    (
        (GOVERNMENT, "Central rehabilitation"),
        (Kind.SURVIVORS_AIDED, PERSONS, BONDED, "IN", (1976, 2016), None, 300_000, REGISTER),
    ),
    (
        ("Centre for Education and Communication", "Rehabilitation in seven states"),
        (Kind.SURVIVORS_AIDED, PERSONS, BONDED, "IN", (2015, 2016), 7, None, SURVEY),
    ),
    (
        (BUREAU, "Bonded labour act"),
        (Kind.INCIDENTS, Unit.INCIDENTS, BONDED, "IN", (2016, None), 11, 128, REGISTER),
    ),
    (
        (BUREAU, "Bonded labour act"),
        (Kind.VICTIMS, PERSONS, BONDED, "IN", (2016, None), 11, 633, REGISTER),
    ),
    (
        (MINISTRY, "Commercial sex workers"),
        (HELD, PERSONS, CSEC, "IN", (2007, 2008), None, 3_000_000, GUESS),
    ),
    (
        (MINISTRY, "Commercial sex workers"),
        (Kind.SHARE_MINORS, Unit.SHARE, CSEC, "IN", (2007, 2008), None, Decimal("0.4"), GUESS),
    ),
    (
        ("Government of Cambodia", "Early 2000s"),
        (Kind.SHARE_MINORS, Unit.SHARE, CSEC, "KH", (2002, 2004), None, THIRD, GUESS),
    ),
    (
        (POLICE, "Online exploitation"),
        (Kind.ARRESTS, PERSONS, OSEC, "PH", (2018, None), None, 178, REGISTER),
    ),
    (
        (POLICE, "Online exploitation"),
        (Kind.CONVICTIONS, Unit.UNKNOWN, OSEC, "PH", (2018, None), None, 45, Quality.UNKNOWN),
    ),
)
# place, year, status, found
SURVEYS = (
    ("IN-TN", 2016, SurveyStatus.DONE, 0),
    ("IN-KA", 2016, SurveyStatus.DONE, 0),
    ("IN-WB", 2016, SurveyStatus.NOT_DONE, None),
    ("IN-JH", 2016, SurveyStatus.NOT_DONE, None),
    ("IN-UP", 2016, SurveyStatus.UNKNOWN, None),
)
# form, place, first year, last year
PROGRAMMES = (
    (CSEC, "IN-MH-MUM", 2000, None),
    (CSEC, "IN-WB-KOL", 2006, None),
    (CSEC, "PH-MNL", 2001, 2016),
    (CSEC, "PH-CEB", 2006, 2016),
    (CSEC, "PH-PAM", 2012, 2016),
    (CSEC, "KH", 2003, 2015),
)
# topic, day, people, hours, mean score before and after
TRAININGS: tuple[tuple[str, date, int, Any, str | None, str | None], ...] = (
    ("Interviewing children", date(2024, 6, 3), 24, 16, "46.5", "78.0"),
    ("Evidence from telephones", date(2025, 2, 10), 31, "7.5", "52.0", "70.5"),
    ("The release certificate", date(2025, 9, 1), 18, 6, None, None),
)


def add_outside(users: dict[str, User]) -> None:
    data = users["data.global"]
    with acting_as(data.pk):
        for row in FIGURES:
            _figure(data, *row)
        for place, year, status, number in SURVEYS:
            record_survey(
                jurisdiction=demo_place(place),
                programme=BONDED,
                year=year,
                status=status,
                found=number,
                source=SOURCE,
                actor=data,
            )
        for form, place, first, last in PROGRAMMES:
            record_programme(
                programme=form,
                jurisdiction=demo_place(place),
                starts_on=date(first, 1, 1),
                ends_on=date(last, 12, 31) if last else None,
                source=SOURCE,
                actor=data,
            )
        _trainings(data)
        _evaluations(data)


def _figure(data: User, where: tuple[str, str], what: tuple[Any, ...]) -> None:
    measure, unit, form, place, years, parts, value, quality = what
    record_statistic(
        publisher=where[0],
        series=where[1],
        measure=measure,
        unit=unit,
        programme=form,
        jurisdiction=demo_place(place),
        year=years[0],
        year_to=years[1],
        parts_number=parts,
        value=value,
        text="" if value is not None else "not added up",
        quality=quality,
        source=SOURCE,
        actor=data,
    )


def _trainings(data: User) -> None:
    agencies = Agency.objects.active().order_by("name")[: len(TRAININGS)]
    for agency, (topic, day, people, hours, before, after) in zip(agencies, TRAININGS, strict=True):
        record_training(
            topic=topic,
            agency=agency,
            held_on=day,
            people=people,
            hours=Decimal(hours),
            score_before=Decimal(before) if before else None,
            score_after=Decimal(after) if after else None,
            actor=data,
        )


def _evaluations(data: User) -> None:
    cambodia = _evaluation(data, "Evaluation of the programme in Cambodia", "KH", 2003, 2015)
    add_finding(
        cambodia,
        question="Is the police better than ten years ago at finding children?",
        quote="All respondents said so; how many were asked is not stated.",
        actor=data,
    )
    philippines = _evaluation(
        data, "Final evaluation of the programme in the Philippines", "PH", 2003, 2016
    )
    add_finding(
        philippines,
        question="Were there more prosecutions and convictions over time?",
        quote="More of both in the three project areas.",
        actor=data,
    )
    add_finding(
        philippines,
        question="Do officials expect that traffickers are convicted?",
        k=41,
        n=52,
        quote="Invented numbers, so that a finding with numbers can be seen.",
        actor=data,
    )


def _evaluation(data: User, title: str, place: str, first: int, last: int) -> Evaluation:
    return record_evaluation(
        title=title,
        evaluator="External research team",
        is_external=True,
        programme=CSEC,
        jurisdiction=demo_place(place),
        first_year=first,
        last_year=last,
        source=SOURCE,
        actor=data,
    )
