"""A site as its reader may see it: what is known of it here, and in other cases open to them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.urls import reverse

from accounts.permissions import Perm
from casework.models import Rescue, SameSite, Site, SiteClosing, SitePlace
from core import audit
from core.access import CONTENT, IDENTITY
from core.days import clock
from core.services import service

if TYPE_CHECKING:
    from accounts.models import User
    from casework.querysets import ClosingQuerySet, SameSiteQuerySet


@service(Perm.SITE_VIEW)
def read_site(site: Site, *, actor: User) -> dict[str, object]:
    """The page of a site. What another case tells of the same place is read as its rows are."""
    closings = list(_closings(SiteClosing.objects.visible_to(actor).filter(site=site)))
    same = list(_same(site, actor))
    audit.read("site.read", site, actor=actor, shown=[row.other.case_id for row in same])
    writes = actor.has_perm(Perm.SITE_REGISTER) and actor.scope.reaches(site.case, CONTENT)
    closed = any(row.reopened_on is None for row in closings)
    return {
        "case": site.case,
        "site": site,
        "closed": closed,
        "closings": closings,
        "rescues": _rescues(site, actor),
        "same": [_other(row, actor, writes) for row in same],
        "place_url": _place_url(site, actor),
        "verbs": _verbs(site, closed, actor) if writes else {},
    }


@service(Perm.SITE_VIEW)
def read_sites(rows: list[Site], *, actor: User) -> list[dict[str, object]]:
    """Sites of one page of the list, with how many other records of the place the reader sees."""
    known = SameSite.objects.known_to(actor).in_force().filter(site__in=rows)
    others = Counter(known.values_list("site", flat=True))
    ids = [row.pk for row in rows]
    cases = [row.case_id for row in rows]
    audit.read_rows("site.list", Site._meta.label, ids, actor=actor, shown=cases)
    return [
        {"site": row, "others": others[row.pk], "added": clock.local(row.created_at).date()}
        for row in rows
    ]


@service(Perm.IDENTITY_VIEW)
def open_place(place: SitePlace, *, actor: User) -> dict[str, object]:
    """Show where exactly a site is. Looking is an act, so it leaves a mark."""
    audit.read("siteplace.opened", place, actor=actor)
    return {"code": place.site.code, "exact_place": place.text}


def _closings(rows: ClosingQuerySet) -> ClosingQuerySet:
    return rows.select_related("closed_by").order_by("-closed_on", "-created_at")


def _same(site: Site, actor: User) -> SameSiteQuerySet:
    closings = _closings(SiteClosing.objects.visible_to(actor))
    rows = SameSite.objects.known_to(actor).in_force().filter(site=site)
    return (
        rows.select_related("other__case", "other__jurisdiction")
        .prefetch_related(Prefetch("other__closings", closings))
        .order_by("other__case__reference", "other__code")
    )


def _other(row: SameSite, actor: User, writes: bool) -> dict[str, object]:
    may = writes and actor.scope.reaches(row.other.case, CONTENT)
    closings = row.other.closings.all()
    return {
        "site": row.other,
        "reference": row.other.case.reference,
        "closed": next((c for c in closings if c.reopened_on is None), None),
        "unmark_url": reverse("casework:other-site", args=[row.pk]) if may else "",
    }


def _rescues(site: Site, actor: User) -> list[dict[str, object]]:
    """Operations at it, for those who read rescues."""
    at = Rescue.objects.visible_to(actor).filter(
        case=site.case_id,
        rescue_sites__site=site,
        rescue_sites__removed_at__isnull=True,
    )
    return [
        {"url": row.get_absolute_url(), "when": row.jurisdiction.clock(row.occurred_at)}
        for row in at.select_related("jurisdiction").order_by("-occurred_at", "pk")
    ]


def _place_url(site: Site, actor: User) -> str:
    place = SitePlace.objects.visible_to(actor).filter(site=site).values_list("pk", flat=True)
    return reverse("casework:site-place", args=[place[0]]) if place else ""


def _verbs(site: Site, closed: bool, actor: User) -> dict[str, str]:
    names = {"correct": "correct-site", "same": "same-site"}
    names["open" if closed else "close"] = "reopen-site" if closed else "close-site"
    if actor.scope.reaches(site.case, IDENTITY):
        names["place"] = "place-site"
    return {verb: reverse(f"casework:{name}", args=[site.pk]) for verb, name in names.items()}
