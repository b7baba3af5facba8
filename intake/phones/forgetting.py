"""What had its time: pieces of boxes that never became whole, and what was put away."""

from __future__ import annotations

from django.db.models.functions import Now

from core.jobs import Run, job
from intake.models import LIFETIME, Box, BoxPart, BoxState


@job("forget-boxes")
def forget_boxes(run: Run) -> dict[str, int]:
    """A phone that delivers such a box later begins anew; nothing is lost that it still has."""
    over = Box.objects.filter(
        state__in=(BoxState.ARRIVING, BoxState.AWAY), updated_at__lt=Now() - LIFETIME
    )
    forgotten, _by_table = BoxPart.objects.filter(box__in=over).delete()
    over.filter(state=BoxState.ARRIVING).exclude(have=0).update(have=0)
    return {"forgotten": forgotten}
