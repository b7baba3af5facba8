"""Cases that belong together: linked on both sides, shown where both are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.enums import LinkKind
from casework.models import Case, CaseLink
from casework.services.cases import require_content
from core import audit
from core.access import CONTENT
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.LINK_RECORD, label=gettext_lazy("Link with another case"))
def link_cases(case: Case, *, other: Case, kind: str, actor: User) -> CaseLink:
    """Link two cases that you may see. The link then shows on both pages, to people who may
    know of the other case."""
    require_content(case, actor)
    _require_other(other, actor)
    if case.pk == other.pk:
        raise Refused(_("A case cannot be linked with itself."), "other")
    if kind == LinkKind.TWIN and case.jurisdiction.country == other.jurisdiction.country:
        raise Refused(
            _(
                "These two cases are in one country, so they cannot be the same matter in "
                "another country."
            ),
            "kind",
        )
    pair = Case.objects.select_for_update().filter(pk__in=[case.pk, other.pk])
    list(pair.order_by("pk"))  # locked in one order, so that no two links wait for each other
    mirrored = _seen_from_the_other(kind)
    in_force = CaseLink.objects.in_force().filter(case=case, other=other)
    if in_force.filter(kind__in=[kind, mirrored]).exists():
        raise Refused(_("These cases are already linked in this way."))
    link = CaseLink.objects.create(case=case, other=other, kind=kind)
    mirror = CaseLink.objects.create(case=other, other=case, kind=mirrored)
    for row in (link, mirror):  # the history of each case tells of it
        audit.record("case.linked", row, actor=actor)
    return link


@service(Perm.LINK_RECORD)
def unlink_cases(link: CaseLink, *, actor: User) -> CaseLink:
    """Remove a link on both sides. It stays in the history."""
    require_content(link.case, actor)
    _require_other(link.other, actor)
    pair = Case.objects.select_for_update().filter(pk__in=[link.case_id, link.other_id])
    list(pair.order_by("pk"))
    rows = CaseLink.objects.in_force()
    mirror = {"other": link.case, "kind": _seen_from_the_other(link.kind)}
    here = rows.filter(case=link.case, other=link.other, kind=link.kind)
    there = rows.filter(case=link.other, **mirror)
    ended = [*here, *there]
    if not ended:
        raise Refused(_("This link has already ended."))
    for row in ended:
        row.ended_at = Now()
        row.version += 1
        row.save(update_fields=["ended_at", "version", "updated_at"])
        audit.record("case.unlinked", row, actor=actor)
    link.refresh_from_db()
    return link


def _require_other(other: Case, actor: User) -> None:
    """A link is written on both pages, so both must be open to whoever writes it."""
    if not actor.scope.reaches(other, CONTENT):
        raise Refused(_("The other case is not open to you. Ask its case manager."))


def _seen_from_the_other(kind: str) -> str:
    return LinkKind.SEEN_FROM_THE_OTHER.get(kind, kind)
