"""Estimates: from visits or as published elsewhere, then published by us; pairs of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.days import clock
from core.refusals import gettext as _
from core.refusals import together
from core.services import Refused, amend, service
from studies.belonging import require_own
from studies.columns import EstimateColumns
from studies.comparing import reasons_against
from studies.enums import Basis
from studies.models import Estimate, Pair
from studies.samples import sample_of
from studies.writing import add, change

if TYPE_CHECKING:
    from accounts.models import User
    from studies.models import Stratum

MILLIONTH = Decimal("0.000001")


@service(Perm.STUDY_KEEP)
def estimate_from_visits(stratum: Stratum, *, actor: User) -> Estimate:
    """Keep the share that the visits of a stratum give now, with its error and design effect."""
    require_own(stratum, actor)
    counted = sample_of(stratum).share
    if counted.share is None:
        raise Refused(_("Nobody was counted yet, so there is no share."))
    interval = counted.interval
    effect = Decimal(str(counted.effect)).quantize(Decimal("0.0001")) if counted.effect else None
    estimate = Estimate(
        stratum=stratum,
        basis=Basis.VISITS,
        k=counted.k,
        n=counted.n,
        standard_error=_rounded(counted.error),
        design_effect=effect or None,
        low=_rounded(interval.low if interval else None),
        high=_rounded(interval.high if interval else None),
    )
    add(estimate, actor)
    audit.record("estimate.worked_out", estimate, actor=actor)
    return estimate


@service(Perm.STUDY_KEEP, label=gettext_lazy("Enter a published estimate"))
def enter_estimate(stratum: Stratum, *, actor: User, **of: Unpack[EstimateColumns]) -> Estimate:
    """Enter an estimate as it was published, with its method and source."""
    if not str(of.get("source") or "").strip():
        raise Refused(_("Enter where it was published."), "source")
    estimate = add(Estimate(stratum=stratum, basis=Basis.ENTERED, **of), actor)
    audit.record("estimate.entered", estimate, actor=actor)
    return estimate


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct an estimate"))
def correct_estimate(
    estimate: Estimate, *, version: int, actor: User, **changes: Unpack[EstimateColumns]
) -> Estimate:
    """Correct an estimate as published elsewhere, until it is published here. Raises `Stale`."""
    require_own(estimate, actor)
    if estimate.basis != Basis.ENTERED:
        raise Refused(_("It follows from the visits. Correct those, and work it out again."))
    if estimate.published_on:
        raise Refused(_("It is published. Enter the corrected one as a new estimate."))
    changed = change(estimate, version, actor, **changes)
    audit.record("estimate.corrected", changed, actor=actor, fields=sorted(changes))
    return changed


@service(Perm.STUDY_PUBLISH)
def publish_estimate(estimate: Estimate, *, version: int, actor: User) -> Estimate:
    """Publish an estimate, so that figures use it. A share needs the number of people counted."""
    require_own(estimate, actor, Perm.STUDY_PUBLISH)
    if estimate.published_on:
        raise Refused(_("It is already published."))
    if estimate.n is None:
        words = _("Enter the number of people counted: a share cannot be published without it.")
        raise Refused(words, "n")
    published = amend(estimate, version, published_on=clock.today())
    audit.record("estimate.published", published, actor=actor)
    return published


@service(Perm.STUDY_KEEP, label=gettext_lazy("Compare with an endline"))
def pair_estimates(baseline: Estimate, *, endline: Estimate, actor: User) -> Pair:
    """Compare an endline with a baseline. Only what was counted in the same way can be
    compared; a refusal gives the reasons."""
    if reasons := reasons_against(baseline, endline):
        raise Refused(together(str(reason.label) for reason in reasons), "endline")
    pair = add(Pair(baseline=baseline, endline=endline), actor)
    audit.record("pair.made", pair, actor=actor)
    return pair


@service(Perm.STUDY_KEEP)
def part_estimates(pair: Pair, *, actor: User) -> Estimate:
    """Take a pair apart that was made by mistake. It stays in the history."""
    require_own(pair, actor)
    baseline: Estimate = pair.baseline
    audit.record("pair.parted", pair, actor=actor)
    pair.delete()
    return baseline


def _rounded(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(MILLIONTH)
