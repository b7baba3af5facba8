"""What verbs take beyond what a column tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - read at run time
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


@dataclass(frozen=True)
class NewOffice:
    """`jurisdiction`: its place, by its code."""

    name: str
    code: str
    prefix: str
    jurisdiction: str
    opened_on: date | None = None
    is_practice: bool = False
    language: str = ""
    currency: str = ""
