"""Times, ages and places of a way, and how a consent stands, as a person says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

if TYPE_CHECKING:
    from datetime import date

    from victims.models import Consent, RouteStop

CONSENT_STATES = {
    "live": (gettext_lazy("Live"), "ok"),
    "expired": (gettext_lazy("Ended"), "warn"),
    "withdrawn": (gettext_lazy("Withdrawn"), "danger"),
    "replaced": (gettext_lazy("Replaced"), ""),
}


def state_of(row: Consent, today: date) -> tuple[object, str]:
    """How a consent stands today, in words and tone."""
    if row.replaced_at:
        return CONSENT_STATES["replaced"]
    if row.withdrawn_on:
        return CONSENT_STATES["withdrawn"]
    if row.expires_on and row.expires_on < today:
        return CONSENT_STATES["expired"]
    return CONSENT_STATES["live"]


def stop_in_words(stop: RouteStop) -> str:
    """“Recruited in Kolkata (3 Mar 2025 – 9 Apr 2025)”."""
    days = [date_format(day, "j M Y") if day else "…" for day in (stop.since, stop.until)]
    place = f"{stop.get_kind_display()} {stop.jurisdiction}"
    return f"{place} ({' – '.join(days)})" if stop.since or stop.until else place


def months_in_words(months: int) -> str:
    """“2 years, 3 months”."""
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(n)s year", "%(n)s years", years) % {"n": years})
    if rest or not years:
        parts.append(ngettext("%(n)s month", "%(n)s months", rest) % {"n": rest})
    return ", ".join(parts)


def age_in_words(victim: Any, *, estimated: bool) -> str:
    """“14 years”, “about 13 to 15 years”; nothing where it is not known."""
    low, high = victim.age_min_months, victim.age_max_months
    if low is None:
        return ""
    if low == high or (low // 12 == high // 12 and low % 12 == 0 and high % 12 == 11):
        words = months_in_words(low)
    else:
        years = {"low": low // 12, "high": high // 12}
        words = _("%(low)s to %(high)s years") % years
    return _("about %(age)s") % {"age": words} if estimated else words
