"""Every report, by what it is about, as the page of reports lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from reports.base import REPORTS
from reports.models import Snapshot

if TYPE_CHECKING:
    from accounts.models import User

SUBJECTS = (
    (
        _("Before courts and police"),
        (
            "conviction-rate",
            "attrition-funnel",
            "time-to-verdict",
            "sentences",
            "hearings",
            "clearance",
            "ncrb-conviction-rate",
            "networks",
        ),
    ),
    (
        _("Survivors"),
        (
            "rescues-and-victims",
            "survivors-served",
            "aftercare-outcomes",
            "osec-profile",
            "bonded-labour-reconciliation",
        ),
    ),
    (
        _("Operations, studies, programmes"),
        (
            "operations",
            "operations-by-year",
            "prevalence",
            "baseline-endline",
            "external-divergence",
            "evaluations",
            "programme-timeline",
        ),
    ),
    (
        _("For others, and about the records"),
        ("submission", "glotip-victims", "glotip-forms", "glotip-offenders", "data-quality"),
    ),
)


def contents(reader: User) -> list[tuple[object, list[dict[str, object]]]]:
    """The reports of each subject, and when this reader's figures of one were last computed."""
    mine = Snapshot.objects.visible_to(reader).order_by()
    last = dict(mine.values("report").annotate(at=Max("created_at")).values_list("report", "at"))
    return [
        (subject, [{"report": REPORTS[slug], "at": last.get(slug)} for slug in slugs])
        for subject, slugs in SUBJECTS
    ]
