"""Putting right what was logged of a rescue. Each amendment is one version of it, by somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.columns import LONGEST_WORDS
from casework.models import Narrative, Rescue, RescueAgency, RescueSite, Site
from casework.services.cases import require_open_case
from core import audit
from core.days.moments import CannotBe, check_moment
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from accounts.models import User
    from places.models import Agency, Jurisdiction


@service(Perm.RESCUE_AMEND, label=gettext_lazy("Amend a rescue"))
def amend_rescue(
    rescue: Rescue,
    *,
    version: int,
    occurred_at: datetime,
    jurisdiction: Jurisdiction,
    sites: Collection[Site] | None = None,
    agencies: Collection[Agency] | None = None,
    led_by_agency: Agency | None = None,
    actor: User,
) -> Rescue:
    """Amend a rescue. The history keeps the former values and who changed them. Raises `Stale`.

    `sites` and `agencies` are all that belong to it, `led_by_agency` is one of these; what is
    missing there is taken off. Left out, they stay as they are.
    """
    require_open(rescue, actor)
    _require_moment(occurred_at)
    if any(site.case_id != rescue.case_id for site in sites or ()):
        raise Refused(_("This site belongs to another case. Add it to this case first."), "sites")
    if led_by_agency is not None and led_by_agency not in (agencies or ()):
        words = _("The agency that led the rescue must be among those that took part.")
        raise Refused(words, "led_by_agency")
    amended = amend(
        rescue,
        version,
        occurred_at=occurred_at,
        occurred_on=jurisdiction.clock(occurred_at).date(),
        jurisdiction=jurisdiction,
        amended_by=actor,
    )
    if sites is not None:
        _set_sites(amended, sites, actor)
    if agencies is not None:
        _set_agencies(amended, agencies, led_by_agency)
    audit.record("rescue.amended", amended, actor=actor)
    return amended


@service(Perm.RESCUE_AMEND, label=gettext_lazy("Tell more of a rescue"))
def add_narrative(
    rescue: Rescue, *, text: Annotated[str, Column(length=LONGEST_WORDS)], actor: User
) -> Narrative:
    """Add to the note of a rescue. It is kept encrypted, and each opening is recorded."""
    require_open(rescue, actor)
    if not text.strip():
        raise Refused(_("Write what you want to add."), "text")
    part: Narrative = Narrative.objects.create(
        case=rescue.case, rescue=rescue, text=text.strip(), told_by=actor
    )
    audit.record("narrative.added", part, actor=actor)
    return part


def require_open(rescue: Rescue, actor: User) -> None:
    """What is closed is not amended."""
    require_open_case(rescue.case, actor)


def touch(rescue: Rescue, actor: User) -> None:
    """A new version of a rescue, by whoever changed what hangs on it."""
    Rescue.objects.filter(pk=rescue.pk).update(
        amended_by=actor, version=F("version") + 1, updated_at=Now()
    )


def _require_moment(moment: datetime) -> None:
    try:
        check_moment(moment)
    except CannotBe as no:
        raise Refused(no.words) from None


def _set_sites(rescue: Rescue, sites: Collection[Site], actor: User) -> None:
    rows = RescueSite.objects.in_force().filter(rescue=rescue)
    seen = Site.objects.visible_to(actor)
    rows.filter(site__in=seen).exclude(site__in=list(sites)).update(
        removed_at=Now(), version=F("version") + 1, updated_at=Now()
    )
    there = set(rows.values_list("site", flat=True))
    RescueSite.objects.bulk_create(
        RescueSite(case=rescue.case, rescue=rescue, site=site)
        for site in sites
        if site.pk not in there
    )


def _set_agencies(rescue: Rescue, agencies: Collection[Agency], leader: Agency | None) -> None:
    rows = RescueAgency.objects.in_force().filter(rescue=rescue)
    change = {"version": F("version") + 1, "updated_at": Now()}
    rows.exclude(agency__in=list(agencies)).update(removed_at=Now(), **change)
    rows.filter(led=True).exclude(agency=leader).update(led=False, **change)
    there = dict(rows.values_list("agency", "led"))
    RescueAgency.objects.bulk_create(
        RescueAgency(case=rescue.case, rescue=rescue, agency=agency, led=agency == leader)
        for agency in agencies
        if agency.pk not in there
    )
    if leader and there.get(leader.pk) is False:
        rows.filter(agency=leader).update(led=True, **change)
