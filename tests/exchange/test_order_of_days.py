"""What came in another order than a form takes is refused by a workbook: row, column, reason."""

from __future__ import annotations

import pytest

from casework.models import Case
from exchange.workbooks import taking
from tests.exchange.moving import CASE, filled, looked_at, taken

pytestmark = pytest.mark.django_db
OF = {"case": "2019/77"}
RESCUE = OF | {"key": "r1", "jurisdiction": "IN-WB-KOL", "led_by": ""}
RESCUE |= {"occurred_at": "2019-03-09T10:04:00+00:00", "occurred_on": "2019-03-09"}
VICTIM = {"key": "v1", "sex": "female"}
SURVIVOR = OF | {"key": "p1", "victim": "v1", "rescue": "r1", "outcome": "rescued"}
SURVIVOR |= {"identified_on": "2019-03-09"}
SUSPECT = OF | {"key": "a1", "perpetrator": "w1", "role": "owner"}
CUSTODY = OF | {"key": "cu1", "suspect": "a1", "since": "2019-03-10"}
BAILED = {"ended": "bail", "ended_on": "2019-04-10"}
COMPLAINT = OF | {"key": "co1", "number": "7/2019", "filed_on": "2019-03-10"}
COMPLAINT |= {"jurisdiction": "IN-WB-KOL"}
COURT = OF | {"key": "c1", "jurisdiction": "IN-WB", "filed_on": "2019-05-02"}
HEARING = OF | {"key": "h1", "prosecution": "c1", "listed_on": "2019-08-05", "purpose": "first"}
PAPER = OF | {"key": "do1", "kind": "complaint", "received_on": "2019-03-12"}
PLAN = OF | {"key": "pl1", "involvement": "p1", "opened_on": "2019-04-01"}
CLOSED = {"status": "closed", "closed_on": "2019-12-01", "closed_for": "goals_met"}
CLOSED |= {"closed_by": "ME"}
CONSENT = OF | {"key": "cs1", "involvement": "p1", "given_by": "self", "given_on": "2019-04-01"}
CONSENT |= {"language": "bn", "expires_on": "2020-04-01", "recipient_kind": "any_provider"}
SHARE = OF | {"key": "sh1", "consent": "cs1", "involvement": "p1", "told_on": "2019-05-01"}
SHARE |= {"recipient_kind": "any_provider"}
PART = OF | {"key": "pa1", "involvement": "p1"}


def matter(me, **more):
    sheets = {
        "cases": [CASE],
        "rescues": [RESCUE],
        "victims": [VICTIM],
        "involvements": [SURVIVOR],
        "suspects": [SUSPECT],
        "perpetrators": [{"key": "w1", "kind": "individual"}],
        "complaints": [COMPLAINT],
        "prosecutions": [COURT],
    } | more
    return filled(**{name: [said_by(me, line) for line in lines] for name, lines in sheets.items()})


def said_by(me, line):
    return {name: me.username if value == "ME" else value for name, value in line.items()}


def reports(*told):
    """(kind, day) of each report of the police."""
    return [
        OF | {"key": f"re{number}", "complaint": "co1", "kind": kind, "reported_on": f"2019-{day}"}
        for number, (kind, day) in enumerate(told)
    ]


def stages(*reached):
    return [
        OF | {"key": f"st{number}", "prosecution": "c1", "stage": stage, "reached_on": day}
        for number, (stage, day) in enumerate(reached)
    ]


def hands(*steps):
    one = OF | {"document": "do1", "person": "Invented person"}
    return [
        one | {"key": f"ev{number}", "step": step, "happened_on": day}
        for number, (step, day) in enumerate(steps)
    ]


def closed(**more):
    return [PLAN | CLOSED | more]


TURNS = "Two closing reports need a reopening between them."
TURN = "The stage before it was reached later than that."
IN_ORDER = {
    "custodies": {
        "custodies": [
            CUSTODY | BAILED | {"in_court_on": "2019-03-11"},
            CUSTODY | {"key": "cu2", "since": "2019-04-10"},
        ]
    },
    "a death in custody": {
        "suspects": [SUSPECT | {"died_on": "2019-04-10"}],
        "custodies": [CUSTODY | {"ended": "died", "ended_on": "2019-04-10"}],
    },
    "police reports": {
        "police_reports": reports(
            ("charge_sheet", "09-01"),  # the rows are in no order
            ("reopened", "07-01"),
            ("no_evidence", "06-01"),
        )
    },
    "police reports of one day": {
        "police_reports": reports(
            ("charge_sheet", "06-01"), ("reopened", "06-01"), ("false", "06-01")
        )
    },
    "stages": {
        "stages_reached": stages(
            ("evidence", "2019-09-01"),
            ("filed", "2019-05-02"),
            ("framing", "2019-09-01"),
            ("arguments", "2019-11-01"),
            ("evidence", "2019-12-01"),
            ("judgment", "2020-01-01"),
            ("statement", "2020-02-01"),  # of another accused
            ("sentencing", "2020-02-01"),
            ("appeal", "2020-03-01"),
            ("closed", "2021-03-01"),
        )
    },
    "hands of a paper": {
        "documents": [PAPER],
        "custody_events": hands(("destroyed", "2019-06-01"), ("received", "2019-03-12")),
    },
    "plans": {
        "care_plans": [
            PLAN | {"key": "pl2", "opened_on": "2019-12-01"},
            *closed(),
        ],
        "plan_reviews": [
            OF | {"key": "rv", "plan": "pl1", "reviewed_on": "2019-12-01", "result": "goes_on"}
        ],
    },
    "consents": {
        "consents": [
            CONSENT | {"replaced_at": "2019-06-01T10:00:00+00:00"},
            CONSENT | {"key": "cs2", "number": 2, "given_on": "2019-06-01"},
        ],
        "shares": [SHARE, SHARE | {"key": "sh2", "told_on": "2019-06-01"}],
    },
}


@pytest.mark.parametrize("name", IN_ORDER)
@pytest.mark.by_turns(5)
def test_what_is_in_order_is_taken(case_manager, name):
    taken(matter(case_manager, **IN_ORDER[name]), case_manager)
    assert Case.objects.count() == 1


REFUSED = {
    "in court after custody": (
        {"custodies": [CUSTODY | BAILED | {"in_court_on": "2019-05-01"}]},
        ("custodies", 2, "in_court_on", "The court date must fall within the custody."),
    ),
    "held after death": (
        {
            "suspects": [SUSPECT | {"died_on": "2019-03-09"}],
            "custodies": [CUSTODY | {"ended": "died", "ended_on": "2019-03-10"}],
        },
        ("custodies", 2, "since", "This person is recorded as dead by then."),
    ),
    "held on after death": (
        {"suspects": [SUSPECT | {"died_on": "2019-03-11"}], "custodies": [CUSTODY]},
        ("custodies", 2, "ended_on", "Record or correct the death and its date"),
    ),
    "died and alive": (
        {"custodies": [CUSTODY | {"ended": "died", "ended_on": "2019-04-10"}]},
        ("custodies", 2, "ended_on", "Record or correct the death and its date"),
    ),
    "disposed of twice": (
        {"police_reports": reports(("no_evidence", "06-01"), ("charge_sheet", "07-01"))},
        ("police_reports", 3, "reported_on", TURNS),
    ),
    "reopened twice": (
        {
            "police_reports": reports(
                ("no_evidence", "06-01"), ("reopened", "07-01"), ("reopened", "08-01")
            )
        },
        ("police_reports", 4, "reported_on", TURNS),
    ),
    "reopened while open": (
        {"police_reports": reports(("reopened", "06-01"), ("charge_sheet", "07-01"))},
        ("police_reports", 2, "reported_on", TURNS),
    ),
    "evidence before framing": (
        {"stages_reached": stages(("framing", "2019-09-01"), ("evidence", "2019-08-01"))},
        ("stages_reached", 3, "reached_on", TURN),
    ),
    "cognizance after framing": (
        {"stages_reached": stages(("framing", "2019-09-01"), ("cognizance", "2019-10-01"))},
        ("stages_reached", 3, "reached_on", TURN),
    ),
    "sentencing before judgment": (
        {"stages_reached": stages(("judgment", "2020-01-01"), ("sentencing", "2019-10-01"))},
        ("stages_reached", 3, "reached_on", TURN),
    ),
    "stage of another country": (
        {"stages_reached": stages(("arraigned", "2020-01-01"))},
        ("stages_reached", 2, "stage", "The courts of this country have no such stage."),
    ),
    "A hearing with a result cannot be dated in the future": (
        {"hearings": [HEARING | {"listed_on": "2100-01-01", "result": "held"}]},
        ("hearings", 2, "listed_on", "A hearing with a result cannot be dated in the future."),
    ),
    "destroyed and handed over": (
        {
            "documents": [PAPER],
            "custody_events": hands(("destroyed", "2019-06-01"), ("handed", "2019-07-01")),
        },
        ("custody_events", 3, "happened_on", "This was destroyed by order, so nothing more"),
    ),
    "at the police before the rescue": (
        {"participations": [PART | {"kind": "statement", "happened_on": "2019-03-08"}]},
        (
            "participations",
            2,
            "happened_on",
            "This is before the rescue in which this person was met",
        ),
    ),
    "testified before the filing": (
        {
            "participations": [
                PART | {"prosecution": "c1", "kind": "testified", "happened_on": "2019-05-01"}
            ]
        },
        (
            "participations",
            2,
            "happened_on",
            "Testimony cannot be dated before the prosecution was filed.",
        ),
    ),
    "protection asked before the filing": (
        {
            "protective_measures": [
                PART | {"prosecution": "c1", "kind": "screen", "asked_on": "2019-05-01"}
            ]
        },
        (
            "protective_measures",
            2,
            "asked_on",
            "A court cannot be asked before the prosecution was filed.",
        ),
    ),
    "placed before the rescue": (
        {"placements": [PART | {"kind": "kinship", "since": "2019-03-08"}]},
        ("placements", 2, "since", "This is before the rescue in which this person was met"),
    ),
    "two plans at once": (
        {"care_plans": [*closed(), PLAN | {"key": "pl2", "opened_on": "2019-11-30"}]},
        ("care_plans", 3, "opened_on", "The former plan was closed after that day."),
    ),
    "a goal before its plan": (
        {
            "care_plans": [PLAN],
            "goals": [
                OF
                | {"key": "g", "plan": "pl1", "domain": "safety", "text": "Invented"}
                | {"target_on": "2019-03-31"}
            ],
        },
        ("goals", 2, "target_on", "A goal cannot be due before the plan was opened."),
    ),
    "reviewed after closing": (
        {
            "care_plans": closed(),
            "plan_reviews": [
                OF | {"key": "rv", "plan": "pl1", "reviewed_on": "2019-12-02", "result": "goes_on"}
            ],
        },
        ("plan_reviews", 2, "reviewed_on", "This is after the plan was closed."),
    ),
    "assessed after closing": (
        {
            "care_plans": closed(),
            "assessments": [
                PART
                | {"plan": "pl1", "instrument": "neutral | 1", "assessed_on": "2019-12-02"}
                | {"status": "completed"}
            ],
        },
        ("assessments", 2, "assessed_on", "This is after the plan was closed."),
    ),
    "told before the consent": (
        {"consents": [CONSENT], "shares": [SHARE | {"told_on": "2019-03-31"}]},
        ("shares", 2, "told_on", "This consent was not in force on that day."),
    ),
    "told after its last day": (
        {"consents": [CONSENT], "shares": [SHARE | {"told_on": "2020-04-02"}]},
        ("shares", 2, "told_on", "This consent was not in force on that day."),
    ),
    "told by a consent that is replaced": (
        {
            "consents": [
                CONSENT | {"replaced_at": "2019-06-01T10:00:00+00:00"},
                CONSENT | {"key": "cs2", "number": 2, "given_on": "2019-06-01"},
            ],
            "shares": [SHARE | {"told_on": "2019-06-02"}],
        },
        ("shares", 2, "told_on", "This consent was not in force on that day."),
    ),
    "a new version before the former": (
        {
            "consents": [
                CONSENT | {"replaced_at": "2019-06-01T10:00:00+00:00"},
                CONSENT | {"key": "cs2", "number": 2, "given_on": "2019-03-31"},
            ]
        },
        ("consents", 3, "given_on", "The previous version is dated later."),
    ),
    "closed before it was opened again": (
        {
            "closings": [
                OF
                | {"key": "cl1", "reason": "goals_met", "stood": "rescued"}
                | {"closed_on": "2019-06-01", "reopened_on": "2019-08-01", "reopened_by": "ME"},
                OF
                | {"key": "cl2", "reason": "goals_met", "stood": "rescued"}
                | {"closed_on": "2019-07-01", "reopened_on": "2019-09-01", "reopened_by": "ME"},
            ]
        },
        ("closings", 3, "closed_on", "The case was reopened later than that."),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.by_turns(6)
def test_another_order_is_refused_at_its_row_and_column(case_manager, name):
    sheets, (sheet, row, column, reason) = REFUSED[name]
    seen = looked_at(matter(case_manager, **sheets), case_manager)
    found = [(f.sheet, f.row, f.column, f.reason[: len(reason)]) for f in seen.preview["faults"]]
    assert found == [(sheet, row, column, reason)]
    assert not Case.objects.exists()


def test_no_stage_is_brought_in_beside_a_law_that_is_confirmed(case_manager, monkeypatch):
    """As by hand (`tests/prosecutions/test_law_races.py`)."""
    held = []
    monkeypatch.setattr(taking, "hold", lambda: held.append(True))
    taken(matter(case_manager, **IN_ORDER["police reports"]), case_manager)
    assert not held
    looked_at(matter(case_manager, **IN_ORDER["stages"]), case_manager)
    assert held
