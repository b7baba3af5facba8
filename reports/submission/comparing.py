"""Whether what the records say agrees with what the text says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

COMPARISONS = {
    "eq": _("exactly"),
    "gt": _("more than"),
    "about": _("approximately"),
    "none": _("in words"),
}
NEAR = {"gt": _("more than %(figure)s"), "about": _("about %(figure)s")}
ABOUT = 0.05  # of the published figure
WHOLE = (0, 1)  # shares that only all or nobody may round to
LEAST_DECIMALS = 2  # a share is published in per cent


def agrees(published: Any, comparison: str, value: Any) -> bool | None:
    """None where there is nothing to compare: no record, or words without a number."""
    if value is None or comparison == "none" or published is None:
        return None
    if comparison == "gt":
        return bool(value > published)
    if comparison == "about":
        return bool(abs(value - published) <= ABOUT * published)
    if isinstance(published, float) and published not in WHOLE:
        return bool(round(value, max(LEAST_DECIMALS, _decimals(published))) == published)
    return bool(value == published)


def _decimals(number: float) -> int:
    return len(str(number).partition(".")[2])


def verdict(value: object, same: bool | None) -> str:
    """What the note ends with."""
    if value is None:
        return gettext("No record says this as of this day.")
    return gettext("The records do not bear the text out as of this day.") if same is False else ""
