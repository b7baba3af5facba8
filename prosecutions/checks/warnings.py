"""Warnings, never errors: what somebody should look at again in a case.

Derived on reading, so that each goes by itself once it is put right. Whatever must not be, the
services refuse; nothing here stops anybody.

An error is what cannot be; a warning is what is unlikely or forgotten. If a warning refuses,
people enter whatever makes it silent; if it is stored, it outlives its cause and somebody has to
close it. There is nothing to dismiss: the address after saving names the new ones, and the page
shows those that still hold. Two readers may see different warnings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from prosecutions.checks import people, rules
from prosecutions.court_file import CourtFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from casework.models import Case

# By code: what finds it, and what it says.
CHECKS: dict[str, tuple[Any, Any]] = {
    "out_of_time": (
        rules.out_of_time,
        _(
            "%(who)s, %(law)s: begun more than %(years)s years after the offence, which may be"
            " too late (%(source)s)."
        ),
    ),
    "offence_long_before_complaint": (
        rules.long_before_complaint,
        _("%(who)s, %(law)s: the day of the offence, %(day)s, is long before the complaint."),
    ),
    "provision_from_memory": (
        rules.from_memory,
        _("%(who)s: %(law)s was entered from memory. Check it against the statute."),
    ),
    "charge_without_survivor": (
        rules.no_survivor_named,
        _("%(who)s, %(law)s: the charge names no survivor."),
    ),
    "perhaps_under_18": (
        rules.perhaps_a_child,
        _("%(who)s, born %(born)s, was under 18 at the offence. Is this the right court?"),
    ),
    "charged_twice": (
        rules.charged_twice,
        _(
            "%(who)s, %(law)s: charged with a similar offence in another proceeding in this"
            " country."
        ),
    ),
    "charge_generic": (
        people.generic_offence,
        _("%(who)s: %(law)s covers several sections, or has no term. Which section is charged?"),
    ),
    "suspect_twice": (
        people.suspect_twice,
        _("%(who)s and %(other)s are recorded as one person. Charge the person under one of them."),
    ),
    "defendant_twice": (
        people.defendant_twice,
        _("%(who)s is twice in one docket (%(docket)s): the same person is charged twice there."),
    ),
    "open_after_death": (
        people.open_after_death,
        _("%(who)s died, and a charge is still open. Record the death, so that it abates."),
    ),
    "dead_elsewhere": (
        people.dead_elsewhere,
        _("%(who)s died on %(day)s, according to another case. Record the death here, too."),
    ),
    "time_running_out": (
        people.time_running_out,
        _(
            "%(who)s: in no complaint and not charged. The last day for a charge, counted from"
            " the last rescue: %(limits)s."
        ),
    ),
    "docket_twice": (
        rules.docket_twice,
        _("Another proceeding has the same docket number %(docket)s."),
    ),
    "hearing_on_rest_day": (
        rules.on_a_rest_day,
        _("A hearing is listed for %(day)s, when courts do not sit."),
    ),
    "hearing_on_holiday": (
        rules.on_a_holiday,
        _("A hearing is listed for %(day)s, a public holiday."),
    ),
    "hearing_in_vacation": (
        rules.in_vacation,
        _("A hearing is listed for %(day)s, when this court does not sit: %(occasion)s."),
    ),
    "hearing_far_ahead": (
        rules.far_ahead,
        _("A hearing is listed for %(day)s, more than a year ahead."),
    ),
    "hearing_before_offence": (
        rules.before_the_offence,
        _("A hearing is listed for %(day)s, before all offences charged there."),
    ),
    "adjourned_for_other": (
        rules.adjourned_without_reason,
        _("Adjourned %(times)s times in a row for “other reason”. What is the reason?"),
    ),
    "arrest_before_case": (
        rules.arrested_before_all,
        _("%(who)s: the arrest of %(day)s is before everything else on record."),
    ),
    "bail_without_conditions": (
        people.bail_without_conditions,
        _(
            "%(who)s: on bail since %(day)s, no condition recorded. Say which, or that there is"
            " none."
        ),
    ),
    "custody_past_limit": (
        rules.held_too_long,
        _("%(who)s: held without a charge after %(day)s, the last day for one."),
    ),
    "judgment_without_hearing": (
        rules.judged_unlisted,
        _("A judgment of %(day)s, but no hearing was listed for that day."),
    ),
    "conviction_on_plea_without_plea": (
        rules.plea_missing,
        _("%(who)s, %(law)s: convicted on plea, but no plea of guilty is recorded."),
    ),
    "conviction_without_sentence": (
        rules.no_sentence,
        _("%(who)s: convicted on %(day)s, no sentence recorded."),
    ),
    "sentence_below_minimum": (
        rules.below_the_least,
        _("%(who)s: the sentence is below the %(term)s the law requires."),
    ),
    "sentence_above_maximum": (
        rules.above_the_most,
        _("%(who)s: the sentence is above the %(term)s the law allows."),
    ),
}


@dataclass(frozen=True)
class Check:
    """One warning: its code, its words, and the row it is about."""

    code: str
    words: str
    row: Any

    @property
    def about(self) -> str:
        """The kind of record."""
        name: str = self.row._meta.model_name
        return name

    @property
    def key(self) -> str:
        """By which it is known again after the next reading."""
        return f"{self.code}.{self.row.pk}"


def checks_of(
    case: Case, user: User, read: Mapping[object, list[object]] | None = None
) -> list[Check]:
    """What this reader should look at again, in the order of the table.

    `read`: the rows of the case that this reader has before them already, by table.
    """
    file = CourtFile(case, user, read or {})
    return [
        Check(code, str(words) % values, row)
        for code, (find, words) in CHECKS.items()
        for row, values in find(file)
    ]
