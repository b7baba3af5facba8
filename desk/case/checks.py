"""“Please check” of a case page: each warning with the page that puts it right, for who may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from desk.court.reader import Reader
from prosecutions.checks.warnings import checks_of

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case
    from prosecutions.checks.warnings import Check

# By code: whose verb, its page about the row the warning is about, and what the link says.
REMEDIES: dict[str, tuple[str, Any]] = {
    "charge_without_survivor": ("prosecutions:name-survivors", gettext_lazy("Name survivors")),
    "charge_generic": ("prosecutions:correct-charge", gettext_lazy("Correct the charge")),
    "bail_without_conditions": ("prosecutions:correct-end", gettext_lazy("Correct the release")),
    "open_after_death": ("prosecutions:record-death", gettext_lazy("Record the death")),
    "dead_elsewhere": ("prosecutions:record-death", gettext_lazy("Record the death")),
    "hearing_on_rest_day": ("prosecutions:move-hearing", gettext_lazy("Change the day")),
    "hearing_on_holiday": ("prosecutions:move-hearing", gettext_lazy("Change the day")),
    "hearing_in_vacation": ("prosecutions:move-hearing", gettext_lazy("Change the day")),
    "hearing_far_ahead": ("prosecutions:move-hearing", gettext_lazy("Change the day")),
    "adjourned_for_other": ("prosecutions:correct-result", gettext_lazy("Correct the reason")),
    "arrest_before_case": ("prosecutions:correct-arrest", gettext_lazy("Correct the day")),
    "conviction_without_sentence": (
        "prosecutions:record-sentence",
        gettext_lazy("Record a sentence"),
    ),
}


def please_check(reader: Reader) -> list[dict[str, object]]:
    """The warnings in the order of their table; a fixed number of queries."""
    checks = checks_of(reader.case, reader.user, read=reader.read)
    return [_line(check, reader) for check in checks]


def _line(check: Check, reader: Reader) -> dict[str, object]:
    verbs = reader.verbs(check.row, REMEDIES.get(check.code))
    return {"key": check.key, "words": check.words, "verbs": verbs}


def new_checks(case: Case, user: User, keys: list[str]) -> list[dict[str, object]]:
    """Those a verb brought about, as the address says it led back with."""
    if not user.has_perm(Perm.PROSECUTION_VIEW):
        return []
    return [line for line in please_check(Reader(case, user)) if line["key"] in keys]
