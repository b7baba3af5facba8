"""Bodies for the addresses of complaints, charges, judgments, appeals and sentences."""

from __future__ import annotations

from typing import Any

from tests import factories

Bodies = dict[str, tuple[Any, Any]]


def of_courts(case: Any) -> Bodies:
    return _of_charges(case) | _of_judgments(case)


def _of_charges(case: Any) -> Bodies:
    framed = factories.charge(case)
    waiting = factories.charge(prosecution=framed.prosecution)
    archived = [factories.charge(prosecution=framed.prosecution) for _ in range(2)]
    asleep = [factories.decision(charge=row, disposition="archived") for row in archived]
    survivor = str(factories.involvement(case).pk)
    charged = {"provision": str(factories.provision().pk), "filed_on": "2026-04-01"} | {
        "prosecution": str(framed.prosecution_id),
        "suspect": str(framed.suspect_id),
    }
    reached = {"stage": "cognizance", "reached_on": "2026-04-02"}
    complaint = {"complaint": str(factories.complaint(case).pk), "reported_on": "2026-04-01"}
    return {
        "charges/": (
            charged | {"offence_on": "2026-03-01"},
            charged | {"offence_on": "2026-03-02", "survivors": [survivor]},
        ),
        f"prosecutions/{framed.prosecution_id}/frame-charges/": (
            {"framed_on": "2026-04-02", "charges": [str(framed.pk)]},
            {"framed_on": "2026-04-03", "charges": [str(framed.pk), str(waiting.pk)]},
        ),
        f"prosecutions/{asleep[0].charge.prosecution_id}/revive-charges/": tuple(
            {"revived_on": f"2026-10-0{day}", "charges": [str(end.charge_id)]}
            for day, end in enumerate(asleep, 1)
        ),
        f"prosecutions/{factories.prosecution(case).pk}/reach-stage/": (
            reached,
            reached | {"stage": "committal", "reached_on": "2026-04-03"},
        ),
        "police-reports/": (
            complaint | {"kind": "no_evidence"},
            complaint | {"kind": "charge_sheet"},
        ),
    }


def _of_judgments(case: Any) -> Bodies:
    charge = factories.charge(case)
    decided, appeal = factories.decision(case), factories.appeal(case)
    accused = str(decided.charge.suspect_id)
    guilty = factories.decision(case)
    under_appeal = factories.appeal(judgment=guilty.judgment)
    sentenced = {"judgment": str(guilty.judgment_id), "suspect": str(guilty.charge.suspect_id)}
    hers = {"survivor": str(factories.involvement(case).pk), "amount": "60000.00"}
    return {
        "judgments/": (
            _ends(charge, "acquitted"),
            _ends(guilty.charge, "convicted_trial")
            | {"appeal": str(under_appeal.pk), "sentences": [_sentenced(guilty.charge)]},
        ),
        "appeals/": tuple(
            {"judgment": str(decided.judgment_id), "filed_on": "2026-09-02"} | who
            for who in ({"appellant": "accused"}, {"appellant": "prosecution", "suspect": accused})
        ),
        f"appeals/{appeal.pk}/withdraw/": (
            {"withdrawn_on": "2026-09-04"},
            {"withdrawn_on": "2026-09-05"},
        ),
        "sentences/": (
            sentenced | {"months": 84, "suspended": False, "fine": "5000.50", "currency": "INR"},
            sentenced | {"life": True, "compensation": 100000, "currency": "INR", "shares": [hers]},
        ),
    }


def _sentenced(charge: Any) -> dict[str, Any]:
    money = {"fine": "5000.50", "compensation": 100000, "currency": "INR"}
    return {"suspect": str(charge.suspect_id), "months": 84, "suspended": False, **money}


def _ends(charge: Any, how: str) -> dict[str, Any]:
    return {
        "prosecution": str(charge.prosecution_id),
        "decided_on": "2026-10-01",
        "attribution": "supported",
        "decisions": [{"charge": str(charge.pk), "disposition": how, "local_term": "Own word"}],
    }


SITTING = {"listed_at": "10:30", "room": "4", "judge": "Invented", "counsel": "Invented"}


def of_hearings(case: Any) -> dict[str, tuple[Any, Any]]:
    of = factories.charge(case).prosecution
    due = factories.hearing(prosecution=of)
    listed = {"prosecution": str(of.pk), "listed_on": "2026-12-01", "purpose": "arguments"}
    adjourned = {"result": "adjourned", "adjourned_for": "judge_absent"}
    return {
        "hearings/": (listed, listed | {"purpose": "judgment", **SITTING}),
        f"hearings/{due.pk}/record/": (
            adjourned | {"next_on": "2027-01-04", "next_at": "11:00", "next_purpose": "bail"},
            {"result": "held", "no_next_date": "reserved"},
        ),
    }
