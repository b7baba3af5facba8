"""The statutes and limits that ship as data: loaded from files, added to, never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

from places.models import Jurisdiction
from prosecutions.laws import SHIPPED
from prosecutions.models import LawVersion, Provision

FILE = Path(__file__).parents[1] / "data" / "provisions.json"
OF_KIND = ("exploitation", "of_child")  # came later than the rows of the first installations


def load_provisions() -> int:
    """Add the provisions that are missing; returns how many. Run after every migration."""
    places = dict(Jurisdiction.objects.values_list("code", "pk"))
    added = 0
    for row in json.loads(FILE.read_text(encoding="utf-8")):
        kind = {name: row[name] for name in OF_KIND}
        kept, created = Provision.objects.get_or_create(
            jurisdiction_id=places[row["jurisdiction"]],
            statute=row["statute"],
            number=row["provision"],
            in_force_from=row["in_force_from"],
            defaults={
                "title": row["title"],
                "offence": row["offence"],
                "min_years": row["min_years"],
                "max_years": row["max_years"],
                "life_possible": row["life_possible"],
                "fine": row["fine"] or "",
                "iccs": row["iccs"] or "",
                "verified": row["verified"],
                "in_force_to": row["in_force_to"],
                "note": row["note"] or "",
                **kind,
            },
        )
        added += created
        if {name: getattr(kept, name) for name in OF_KIND} != kind:
            Provision.objects.filter(pk=kept.pk).update(**kind)
    return added


def load_limits() -> int:
    """Add the first versions of limits that are missing; returns how many."""
    places = dict(Jurisdiction.objects.values_list("code", "pk"))
    there = LawVersion.objects.filter(proposed_by__isnull=True).select_related("country")
    known = {(row.kind, row.country.code, row.limit.of) for row in there}
    rows = [
        LawVersion(
            kind=limit.kind,
            country_id=places[limit.country],
            terms=limit.terms,
            source=limit.source,
            verified=limit.verified,
            outcome="confirmed",
        )
        for limit in SHIPPED
        if limit.country and (limit.kind, limit.country, limit.of) not in known
    ]
    return len(LawVersion.objects.bulk_create(rows))
