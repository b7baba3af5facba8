"""Sites, and what happened there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.columns import ExactPlace
from casework.enums import CaseStatus, Setting
from casework.models import Case, Narrative, Rescue, RescueAgency, RescueSite, Site, SitePlace
from casework.services.cases import require_open_case
from casework.services.numbers import next_code
from casework.workflow import case_workflow
from core import audit
from core.services import service

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from accounts.models import User
    from places.models import Agency, Jurisdiction


@service(Perm.SITE_REGISTER, label=gettext_lazy("Add a site"), begins=True)
def register_site(
    case: Case,
    *,
    kind: str,
    setting: str = Setting.UNKNOWN,
    jurisdiction: Jurisdiction,
    exact_place: ExactPlace = "",
    actor: User,
) -> Site:
    """Record a site where people are or were held; you can choose it when you log a rescue. The
    exact place, if known, is kept encrypted."""
    require_open_case(case, actor)
    code = next_code(Site, "P", case)
    site: Site = Site.objects.create(
        case=case, code=code, kind=kind, setting=setting, jurisdiction=jurisdiction
    )
    if exact_place:
        SitePlace.objects.create(case=case, site=site, text=exact_place)
    audit.record("site.registered", site, actor=actor)
    return site


@service(Perm.RESCUE_LOG)
def record_rescue(
    case: Case,
    *,
    occurred_at: datetime,
    jurisdiction: Jurisdiction,
    sites: Iterable[Site] = (),
    agencies: Iterable[Agency] = (),
    narrative: str = "",
    actor: User,
) -> Rescue:
    """Record one operation and move the case on. Its people come through `victims`."""
    case = require_open_case(case, actor)  # held: two officers may log at once
    if case.status in CaseStatus.BEFORE_RESCUE:
        case_workflow.apply(case, "rescued", actor=actor)
    rescue = Rescue.objects.create(
        case=case,
        occurred_at=occurred_at,
        occurred_on=jurisdiction.clock(occurred_at).date(),
        jurisdiction=jurisdiction,
        led_by=actor,
        amended_by=actor,
    )
    RescueSite.objects.bulk_create(RescueSite(case=case, rescue=rescue, site=s) for s in sites)
    RescueAgency.objects.bulk_create(
        RescueAgency(case=case, rescue=rescue, agency=agency) for agency in agencies
    )
    if narrative:
        Narrative.objects.create(case=case, rescue=rescue, text=narrative, told_by=actor)
    audit.record("rescue.recorded", rescue, actor=actor)
    return rescue


@service(Perm.NARRATIVE_VIEW)
def open_narrative(narrative: Narrative, *, actor: User) -> list[Narrative]:
    """Show all that was told about a rescue. Looking is an act, so it leaves a mark."""
    parts = Narrative.objects.visible_to(actor).filter(rescue=narrative.rescue_id)
    rows = list(parts.select_related("told_by").order_by("created_at", "pk"))
    for part in rows:
        audit.read("narrative.opened", part, actor=actor)
    return rows
