"""Records of police and court on which nothing rests, to be struck."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import justice


def struck(case: Any) -> dict[str, Any]:
    """By the version that was read, with the reason."""
    rows = {
        "accusations": justice.accusation(case),
        "appeals": factories.appeal(case),
        "arrests": factories.arrest(case),
        "assistance-requests": justice.assistance_request(case),
        "charges": factories.charge(case),
        "compensation-payments": justice.compensation_payment(case),
        "complaints": factories.complaint(case),
        "corridors": justice.corridor_leg(case).corridor,
        "custodies": factories.custody(case),
        "hearings": factories.hearing(case, result="held"),
        "network-members": justice.network_member(case),
        "participations": justice.participation(case),
        "police-reports": justice.police_report(case),
        "prosecutions": factories.prosecution(case),
        "protective-measures": justice.protective_measure(case),
        "sentences": factories.sentence(case),
        "stages-reached": justice.stage_reached(case, stage="cognizance"),
        "suspects": factories.suspect(case),
    }
    named = {"suspects": [str(factories.suspect(case).pk)], "reason": "person"}
    return {
        f"complaints/{factories.complaint(case).pk}/accused/": [named],
        **{f"{noun}/{row.pk}/strike/": [{"reason": "twice"}] for noun, row in rows.items()},
    }
