"""Records of police and court on which nothing rests, to be struck."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import justice


def struck(case: Any) -> dict[str, Any]:
    """By the version that was read, with the reason."""
    rows = {
        "arrests": factories.arrest(case),
        "charges": factories.charge(case),
        "compensation-payments": justice.compensation_payment(case),
        "complaints": factories.complaint(case),
        "custodies": factories.custody(case),
        "hearings": factories.hearing(case, result="held"),
        "police-reports": justice.police_report(case),
        "prosecutions": factories.prosecution(case),
        "suspects": factories.suspect(case),
    }
    named = {"suspects": [str(factories.suspect(case).pk)], "reason": "person"}
    return {
        f"complaints/{factories.complaint(case).pk}/accused/": [named],
        **{f"{noun}/{row.pk}/strike/": [{"reason": "twice"}] for noun, row in rows.items()},
    }
