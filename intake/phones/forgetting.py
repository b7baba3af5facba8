"""What had its time: pieces of boxes that never became whole, what was put away, and extracts."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Now

from core.jobs import Run, job
from intake.models import LIFETIME, Box, BoxPart, BoxState, Extract, ExtractEnd


@job("forget-boxes")
def forget_boxes(run: Run) -> dict[str, int]:
    """A phone that delivers such a box later begins anew; nothing is lost that it still has. The
    share of an extract whose time is over goes from its row."""
    over = Box.objects.filter(
        state__in=(BoxState.ARRIVING, BoxState.AWAY), updated_at__lt=Now() - LIFETIME
    )
    forgotten, _by_table = BoxPart.objects.filter(box__in=over).delete()
    over.filter(state=BoxState.ARRIVING).exclude(have=0).update(have=0)
    now = {"ended_at": Now(), "updated_at": Now(), "version": F("version") + 1}
    ended = Extract.objects.over().update(ended_for=ExtractEnd.OVER, **now)
    return {"forgotten": forgotten, "ended": ended}
