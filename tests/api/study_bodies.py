"""What the tests of the interface send about studies and what stands beside them."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import studies

LISTS: dict[str, Any] = {
    "studies/": studies.study,
    "strata/": studies.stratum,
    "visits/": studies.visit,
    "observations/": studies.observation,
    "recaptures/": studies.recapture,
    "estimates/": studies.estimate,
    "estimate-pairs/": studies.pair,
    "external-statistics/": studies.external_statistic,
    "district-surveys/": studies.district_survey,
    "programmes/": studies.programme_place,
    "trainings/": studies.training,
    "evaluations/": studies.evaluation,
    "findings/": studies.finding,
}
# What may be sent there, and is wrong elsewhere: any text, and values by their field.
FREE = {"title", "frame", "venue", "visits[0].venue", "source", "publisher", "series"}
FREE |= {"topic", "evaluator", "question", "quote"}
SEEN = ("counted", "minors", "establishments")
COUNTS = (*SEEN, *(f"visits[0].{name}" for name in SEEN), "observer", "first", "second", "both")
NOTHING: list[Any] = [None, "", " "]
GOOD: dict[str, list[Any]] = {
    **{name: [5] for name in (*COUNTS, "minor_below", "people", "day")},
    **{name: [5, None] for name in ("k", "n", "mapped", "hotspots", "found", "parts_number")},
    **dict.fromkeys(("share", "standard_error", "low", "high"), NOTHING),
    **{name: [5, 1.5, *NOTHING] for name in ("design_effect", "value")},
    **{name: [5, 1.5, *NOTHING] for name in ("score_before", "score_after")},
    **{name: [True] for name in ("is_representative", "is_external", "by_programme")},
    **{name: [None] for name in ("published_on", "ends_on", "year_to")},
    "hours": [5, 1.5],
}
DAYS = {"fieldwork_from": "2025-03-01", "fieldwork_to": "2025-03-31"}
HERE = {"jurisdiction": "IN-WB-KOL"}


def of_studies() -> dict[str, tuple[Any, Any]]:
    """Two good bodies for each address; none is about a case."""
    return {**_counted(), **_estimated(), **_outside(), **_of_programmes()}


def _counted() -> dict[str, tuple[Any, Any]]:
    study = {"programme": "csec", "method": "venues", "phase": "single", **DAYS, **HERE}
    study |= {"minor_judged": "observers", "is_representative": True}
    of, visited = studies.study(), studies.visit()
    part = {"study": str(of.pk), "frame": "Invented map", **HERE}
    seen = {"visited_on": "2024-03-05", "counted": 9, "minors": 1}
    at, many = ({"stratum": str(studies.stratum().pk)} for _ in range(2))
    rounds = at | {"first_on": "2024-03-04", "first": 20, "second": 15, "both": 3}
    ready = studies.visit().stratum
    return {
        "studies/": (
            study | {"title": "Invented study one"},
            study
            | {"title": "Invented study two", "minor_below": 16, "source": "Invented report"}
            | {"published_on": "2025-09-01"},
        ),
        "strata/": (
            part | {"kind": "public"},
            part | {"kind": "private", "mapped": 400, "hotspots": 16},
        ),
        f"strata/{many['stratum']}/visits/": (
            {"visits": [seen | {"venue": "A-1"}, seen | {"venue": "A-2"}]},
            {"visits": [seen | {"venue": "A-3", "establishments": 2}]},
        ),
        f"strata/{ready.pk}/estimate/": ({}, None),
        "visits/": (
            at | seen | {"venue": "B-1"},
            at | seen | {"venue": "B-2", "establishments": 2},
        ),
        "observations/": tuple(
            {"visit": str(visited.pk), "observer": one, "counted": 9, "minors": one}
            for one in (1, 2)
        ),
        "recaptures/": (
            rounds | {"second_on": "2024-03-11"},
            rounds | {"second_on": "2024-03-12"},
        ),
    }


def _estimated() -> dict[str, tuple[Any, Any]]:
    one, two = studies.estimate(), studies.estimate()
    entered = {"stratum": str(one.stratum_id), "figuring": "counted", "source": "Invented report"}
    interval = {"low": "0.005", "high": 0.011, "standard_error": "0.0014", "design_effect": 1.5}
    return {
        "estimates/": (
            entered | {"k": 33, "n": 4143},
            entered | {"n": 4143, "share": "0.008", **interval},
        ),
        "estimate-pairs/": tuple(
            {"baseline": str(before.pk), "endline": str(studies.endline(before).pk)}
            for before in (one, two)
        ),
        f"estimate-pairs/{studies.pair().pk}/part/": ({}, None),
    }


def _outside() -> dict[str, tuple[Any, Any]]:
    figure = {"publisher": "Invented bureau", "measure": "people_held", "unit": "persons"}
    figure |= {"programme": "bonded_labour", "jurisdiction": "IN", "quality": "survey"}
    figure |= {"source": "Invented yearbook"}
    survey = {"jurisdiction": "IN-WB", "status": "done"}
    return {
        "external-statistics/": (
            figure | {"series": "One", "year": 1978, "value": "343000", "parts_number": 16},
            figure
            | {"series": "Two", "year": 2015, "year_to": 2016, "text": "<5"}
            | {"parts": ["IN-WB", "IN-MH"]},
        ),
        "district-surveys/": (
            survey | {"year": 2016, "found": 0},
            survey | {"year": 2017, "found": 3, "programme": "csec", "source": "Invented list"},
        ),
    }


def _of_programmes() -> dict[str, tuple[Any, Any]]:
    work = {"programme": "csec", **HERE}
    taught = {"agency": str(factories.agency().pk), "held_on": "2025-05-05", "people": 20}
    looked = {"evaluator": "Invented institute", "is_external": True, **work}
    looked |= {"first_year": 2003, "last_year": 2015}
    of = {"evaluation": str(studies.evaluation().pk)}
    return {
        "programmes/": (
            work | {"starts_on": "2006-01-01"},
            work | {"starts_on": "2010-01-01", "ends_on": "2015-12-31", "source": "Invented"},
        ),
        "trainings/": (
            taught | {"topic": "Invented topic", "hours": "16"},
            taught | {"topic": "Another", "hours": 7.5, "score_before": 41, "score_after": "78.5"},
        ),
        "evaluations/": (
            looked | {"title": "Invented evaluation"},
            looked
            | {"title": "Another evaluation", "published_on": "2016-02-01", "source": "Invented"},
        ),
        "findings/": (
            of | {"question": "Better than ten years ago?", "k": 9, "n": 12},
            of | {"question": "Why?", "quote": "Invented words"},
        ),
    }


def changed_studies() -> dict[str, list[Any]]:
    """What changes a row by the version that was read; with them, rows that are only looked at."""
    studies.pair()
    return {
        f"observations/{studies.observation().pk}/": [{"minors": 2}],
        f"recaptures/{studies.recapture().pk}/": [{"both": 31}],
        f"studies/{studies.study().pk}/": [{"phase": "midline"}],
        f"strata/{studies.stratum().pk}/": [{"mapped": 500}],
        f"visits/{studies.visit().pk}/": [{"left_out": "twice"}],
        f"estimates/{studies.estimate().pk}/": [{"k": 90}],
        f"estimates/{studies.estimate().pk}/publish/": [{}],
        f"external-statistics/{studies.external_statistic().pk}/": [{"value": 310000}],
        f"district-surveys/{studies.district_survey().pk}/": [{"found": 2}],
        f"programmes/{studies.programme_place().pk}/": [{"ends_on": "2015-12-31"}],
        f"trainings/{studies.training().pk}/": [{"score_after": "80"}],
        f"evaluations/{studies.evaluation().pk}/": [{"last_year": 2016}],
        f"findings/{studies.finding().pk}/": [{"k": 10}],
    }
