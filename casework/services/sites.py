"""What happens to a site: put right, closed by an authority, opened again, known from elsewhere.

A site belongs to one case, though the same kiln turns up in several: a shared record would tell
each case of the others. That two sites are one is a row on either side, read only where both are
visible; chains are not followed. A closing is a row of its own, so a site closed twice is two
facts, and a year's figure does not change when a site opens again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.columns import PlaceNow
from casework.contradictions import CLOSED_STILL
from casework.models import Case, SameSite, Site, SiteClosing, SitePlace
from casework.services.cases import require_content, require_identity, require_past
from core import audit
from core.access import CONTENT
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from places.models import Agency, Jurisdiction


@service(Perm.SITE_REGISTER, label=gettext_lazy("Correct a site"))
def correct_site(
    site: Site,
    *,
    version: int,
    kind: str,
    setting: str,
    jurisdiction: Jurisdiction,
    actor: User,
) -> Site:
    """Correct a site. The former values stay in the history. Raises `Stale`."""
    require_content(site.case, actor)
    corrected = amend(site, version, kind=kind, setting=setting, jurisdiction=jurisdiction)
    audit.record("site.corrected", corrected, actor=actor)
    return corrected


@service(Perm.SITE_REGISTER, label=gettext_lazy("A site was closed"))
def close_site(
    site: Site, *, closed_on: date, closed_by: Agency | None = None, actor: User
) -> SiteClosing:
    """Record when a site was closed, and by which authority. If it reopens, record that as well."""
    require_content(site.case, actor)
    require_past(site.case, closed_on)
    Site.objects.select_for_update().get(pk=site.pk)  # no two close it at once
    closings = SiteClosing.objects.filter(site=site)
    if closings.in_force().exists():
        raise Refused(_("This site is already closed. First record that it opened again."))
    if closings.filter(reopened_on__gt=closed_on).exists():
        raise Refused(CLOSED_STILL, "closed_on")
    closing: SiteClosing = SiteClosing.objects.create(
        case=site.case, site=site, closed_on=closed_on, closed_by=closed_by
    )
    audit.record("site.closed", closing, actor=actor)
    return closing


@service(Perm.SITE_REGISTER, label=gettext_lazy("Correct a closing"))
def correct_closing(
    closing: SiteClosing,
    *,
    version: int,
    closed_on: date,
    closed_by: Annotated[Agency | None, Column(null=True)] = None,
    actor: User,
) -> SiteClosing:
    """Correct the day or the authority. The former values stay in the history. Raises `Stale`."""
    require_content(closing.case, actor)
    require_past(closing.case, closed_on)
    Site.objects.select_for_update().get(pk=closing.site_id)
    if closing.reopened_on and closed_on > closing.reopened_on:
        raise Refused(_("It reopened before that day."), "closed_on")
    others = SiteClosing.objects.filter(site=closing.site_id).exclude(pk=closing.pk)
    before = others.filter(closed_on__lte=closing.closed_on, reopened_on__gt=closed_on)
    if before.exists():
        raise Refused(CLOSED_STILL, "closed_on")
    corrected = amend(closing, version, closed_on=closed_on, closed_by=closed_by)
    audit.record("siteclosing.corrected", corrected, actor=actor)
    return corrected


@service(Perm.SITE_REGISTER, label=gettext_lazy("Where exactly it is"))
def place_site(site: Site, *, exact_place: PlaceNow, actor: User) -> Site:
    """Record the exact place for the team of the case. Each reading is recorded."""
    require_identity(site.case, actor)
    if not (text := exact_place.strip()):
        raise Refused(_("Enter where it is."), "exact_place")
    Site.objects.select_for_update().get(pk=site.pk)
    place = SitePlace.objects.filter(site=site).first()
    if place is None:
        place = SitePlace.objects.create(case=site.case, site=site, text=text)
    else:
        # The day in figures: whoever opens it may read another language than whoever wrote it.
        until = f"(… {site.case.jurisdiction.today.isoformat()})"
        place = amend(place, place.version, text=f"{text}\n\n{until} {place.text!s}")
    audit.record("siteplace.written", place, actor=actor)
    return site


@service(Perm.SITE_REGISTER, label=gettext_lazy("A site is open again"))
def reopen_site(site: Site, *, reopened_on: date, actor: User) -> SiteClosing:
    """Record the day a site reopened. That it was closed stays on record."""
    require_content(site.case, actor)
    require_past(site.case, reopened_on)
    Site.objects.select_for_update().get(pk=site.pk)
    closing: SiteClosing | None = SiteClosing.objects.in_force().filter(site=site).first()
    if closing is None:
        raise Refused(_("This site is not closed."))
    if reopened_on < closing.closed_on:
        raise Refused(_("This is before it was closed."), "reopened_on")
    opened = amend(closing, closing.version, reopened_on=reopened_on)
    audit.record("site.reopened", opened, actor=actor)
    return opened


@service(Perm.SITE_REGISTER, label=gettext_lazy("The same place as another site"))
def same_site(site: Site, *, other: Site, actor: User) -> SameSite:
    """Record that two sites, of one case or of two, are one place. The link then shows on both
    pages, to people who may see the other site."""
    require_content(site.case, actor)
    _require_other(other, actor)
    if site.pk == other.pk:
        raise Refused(_("Choose another site: this is the same one."), "other")
    _lock(site, other)
    if SameSite.objects.in_force().filter(site=site, other=other).exists():
        raise Refused(_("These are already recorded as one place."))
    link = SameSite.objects.create(case=site.case, site=site, other=other)
    mirror = SameSite.objects.create(case=other.case, site=other, other=site)
    for row in (link, mirror):  # the history of each case tells of it
        audit.record("site.same", row, actor=actor)
    return link


@service(Perm.SITE_REGISTER)
def other_site(same: SameSite, *, actor: User) -> SameSite:
    """Record that two sites are not one place after all. It stays in the history."""
    require_content(same.site.case, actor)
    _require_other(same.other, actor)
    _lock(same.site, same.other)
    rows = SameSite.objects.in_force()
    here = rows.filter(site=same.site, other=same.other)
    there = rows.filter(site=same.other, other=same.site)
    if not (ended := [*here, *there]):
        raise Refused(_("This has already been taken back."))
    for row in ended:
        row.ended_at, row.version = Now(), row.version + 1
        row.save(update_fields=["ended_at", "version", "updated_at"])
        audit.record("site.other", row, actor=actor)
    same.refresh_from_db()
    return same


def _lock(*sites: Site) -> None:
    """In one order, so that no two wait for each other."""
    cases = Case.objects.select_for_update().filter(pk__in=[site.case_id for site in sites])
    list(cases.order_by("pk"))


def _require_other(other: Site, actor: User) -> None:
    """It is written on both pages, so both must be open to whoever writes it."""
    if not actor.scope.reaches(other.case, CONTENT):
        raise Refused(_("The other site is not open to you. Ask the manager of its case."))
