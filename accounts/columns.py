"""What verbs take beyond what a column tells."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from core.verbs.arguments import Column

MOST_OVERLAP_DAYS = 30

Why = Annotated[
    str,
    Column(
        length=300,
        label=_("Reason"),
        help=_("One line. It stays with the account; do not write about a case."),
    ),
]
InWrongHands = Annotated[
    bool,
    Column(
        label=_("The account is in the wrong hands: close it whatever depends on it"),
        help=_("Safeguarding leads and case managers are told which work nobody does any longer."),
    ),
]
ProgramName = Annotated[
    str,
    Column(
        length=120,
        label=_("Name"),
        help=_("What the history calls it, such as “Hospital register, Kolkata”."),
    ),
]
OverlapDays = Annotated[
    int,
    Column(
        most=MOST_OVERLAP_DAYS,
        label=_("Days both keys are good"),
        help=_("0 ends the previous key at once."),
    ),
]
