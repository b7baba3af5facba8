"""Rows of studies, of figures of others, of programmes, trainings and evaluations."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from studies.models import (
    DistrictSurvey,
    Estimate,
    Evaluation,
    ExternalStatistic,
    Finding,
    Observation,
    Pair,
    ProgrammePlace,
    Recapture,
    Stratum,
    Study,
    Training,
    Visit,
)
from tests import factories
from tests.factories.people import place

_numbers = itertools.count(5001)
_years = itertools.cycle(range(1977, 2100))


def study(**fields: Any) -> Study:
    """A representative sample of venues in Kolkata in March 2024, a baseline."""
    values: dict[str, Any] = {
        "office": factories.office(),
        "title": f"Invented study {next(_numbers)}",
        "programme": "csec",
        "jurisdiction": place("IN-WB-KOL"),
        "method": "venues",
        "phase": "baseline",
        "is_representative": True,
        "minor_judged": "observers",
        "fieldwork_from": date(2024, 3, 1),
        "fieldwork_to": date(2024, 3, 31),
    }
    return Study.objects.create(**(values | fields))


def stratum(of: Study | None = None, **fields: Any) -> Stratum:
    of = of or study()
    values = {"kind": "public", "jurisdiction": of.jurisdiction, "frame": "Invented map"}
    return Stratum.objects.create(study=of, **(values | fields))


def visit(of: Stratum | None = None, **fields: Any) -> Visit:
    values = {"venue": f"E-{next(_numbers)}", "visited_on": date(2024, 3, 4)}
    values |= {"counted": 10, "minors": 1}
    return Visit.objects.create(stratum=of or stratum(), **(values | fields))


def observation(of: Visit | None = None, **fields: Any) -> Observation:
    values = {"observer": 1, "counted": 10, "minors": 1}
    return Observation.objects.create(visit=of or visit(), **(values | fields))


def recapture(of: Stratum | None = None, **fields: Any) -> Recapture:
    values = {"first_on": date(2024, 3, 4), "second_on": date(2024, 3, next(_numbers) % 20 + 9)}
    values |= {"first": 200, "second": 150, "both": 30}
    return Recapture.objects.create(stratum=of or stratum(), **(values | fields))


def estimate(of: Stratum | None = None, **fields: Any) -> Estimate:
    """100 of 1,000, as published elsewhere."""
    values = {"basis": "entered", "k": 100, "n": 1000, "source": "Invented report"}
    return Estimate.objects.create(stratum=of or stratum(), **(values | fields))


def endline(before: Estimate, **fields: Any) -> Estimate:
    """20 of 1,000 in the same place, found in the same way two years later."""
    was, of = before.stratum.study, before.stratum
    study_fields = {k: v for k, v in fields.items() if k in {f.name for f in Study._meta.fields}}
    stratum_fields = {k: fields[k] for k in ("kind", "frame") if k in fields}
    rest = {k: v for k, v in fields.items() if k not in study_fields | stratum_fields}
    then = {"fieldwork_from": date(2026, 3, 2), "fieldwork_to": date(2026, 3, 30)}
    after = study(
        **(
            {"phase": "endline", "jurisdiction": was.jurisdiction, "method": was.method}
            | then
            | study_fields
        )
    )
    same = stratum(after, **({"kind": of.kind, "frame": of.frame} | stratum_fields))
    return estimate(same, **({"k": 20, "n": 1000} | rest))


def pair(**_fields: Any) -> Pair:
    before = estimate()
    return Pair.objects.create(baseline=before, endline=endline(before))


def external_statistic(**fields: Any) -> ExternalStatistic:
    values: dict[str, Any] = {
        "office": factories.office(),
        "publisher": "Invented bureau",
        "series": f"Series {next(_numbers)}",
        "measure": "people_held",
        "unit": "persons",
        "programme": "bonded_labour",
        "jurisdiction": place("IN"),
        "year": 2016,
        "value": 300000,
        "quality": "estimate",
        "source": "Invented yearbook",
    }
    return ExternalStatistic.objects.create(**(values | fields))


def district_survey(**fields: Any) -> DistrictSurvey:
    values = {"jurisdiction": place("IN-WB"), "status": "done", "found": 0}
    values |= {"office": factories.office()}
    values |= {"year": next(_years)}
    return DistrictSurvey.objects.create(**(values | fields))


def programme_place(**fields: Any) -> ProgrammePlace:
    values = {"programme": "csec", "jurisdiction": place("IN-WB-KOL")}
    values |= {"office": factories.office()}
    values |= {"starts_on": date(2006, 1, 1) + timedelta(days=next(_numbers) % 3000)}
    return ProgrammePlace.objects.create(**(values | fields))


def training(**fields: Any) -> Training:
    values = {"topic": f"Invented topic {next(_numbers)}", "held_on": date(2024, 5, 6)}
    values |= {"people": 24, "hours": 16, "office": factories.office()}
    return Training.objects.create(**({"agency": factories.agency()} | values | fields))


def evaluation(**fields: Any) -> Evaluation:
    values: dict[str, Any] = {
        "office": factories.office(),
        "title": f"Invented evaluation {next(_numbers)}",
        "evaluator": "Invented institute",
        "programme": "csec",
        "jurisdiction": place("KH"),
        "first_year": 2003,
        "last_year": 2015,
    }
    return Evaluation.objects.create(**(values | fields))


def finding(of: Evaluation | None = None, **fields: Any) -> Finding:
    values = {"question": f"Invented question {next(_numbers)}?", "k": 9, "n": 12}
    return Finding.objects.create(evaluation=of or evaluation(), **(values | fields))


FACTORIES: dict[Any, Any] = {
    DistrictSurvey: district_survey,
    Estimate: estimate,
    Evaluation: evaluation,
    ExternalStatistic: external_statistic,
    Finding: finding,
    Observation: observation,
    Pair: pair,
    ProgrammePlace: programme_place,
    Recapture: recapture,
    Stratum: stratum,
    Study: study,
    Training: training,
    Visit: visit,
}
