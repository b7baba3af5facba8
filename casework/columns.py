"""The columns a person fills in of a table, as its verbs take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from django.utils.translation import gettext_lazy as _

from casework.enums import REASON_LENGTH, SEAL_REASON_LENGTH
from core.verbs.arguments import Column
from places.countries import CHOICES

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from decimal import Decimal

    from accounts.models import User

LONGEST_WORDS = LONGEST_NOTE = 20_000  # signs
LONGEST_REMARK = 2000
WHY_LENGTH = 5  # signs, of why something is not needed any more
IN_THE_TEAM = _("Kept encrypted, open to the team only.")
CODES_ONLY = _("At least ten characters. Use codes, not names.")

SealReason = Annotated[str, Column(length=2000, least=SEAL_REASON_LENGTH)]
LiftReason = Annotated[
    str,
    Column(
        length=2000,
        least=SEAL_REASON_LENGTH,
        label=_("Reason"),
        help=_("At least ten characters. Leave names out."),
    ),
]
KeepAccess = Annotated[
    "Collection[User]",
    Column(
        label=_("Who of the team keeps access"),
        help=_("You keep access. Everyone else loses it at once."),
    ),
]
OpenReason = Annotated[str, Column(length=2000, least=REASON_LENGTH)]
RefusalReason = Annotated[
    str,
    Column(length=2000, least=SEAL_REASON_LENGTH, label=_("Why not"), help=CODES_ONLY),
]
Whole = Annotated[bool, Column(label=_("All that was offered together"))]
NotNeeded = Annotated[str, Column(length=500, least=WHY_LENGTH)]
OpenUntil = Annotated["date", Column(label=_("Open until the end of"))]
Heard = Annotated[
    str,
    Column(
        length=LONGEST_WORDS,
        label=_("What was heard"),
        help=_("Kept encrypted. Opening it is recorded."),
    ),
]
Informant = Annotated[
    str,
    Column(
        length=500,
        label=_("Who told it"),
        help=_("Kept encrypted. Leave it empty if the person should not be known."),
    ),
]
ExactPlace = Annotated[str, Column(length=2000, label=_("Exact place"), help=IN_THE_TEAM)]
PlaceNow = Annotated[
    str,
    Column(
        length=LONGEST_WORDS,
        label=_("Where exactly it is"),
        help=_("Kept encrypted. The former text stays below it."),
    ),
]
InWords = Annotated[
    str,
    Column(
        length=LONGEST_WORDS,
        label=_("In words"),
        help=_("Kept encrypted. Opening it is recorded."),
    ),
]
Found = Annotated[
    str,
    Column(
        length=LONGEST_WORDS,
        label=_("What was found"),
        help=_("Kept encrypted, below the earlier text."),
    ),
]
Country = Annotated[str, Column(codes=CHOICES)]


class IncidentColumns(TypedDict, total=False):
    media: str
    platform: str
    began_on: date
    ended_on: date | None
    customer_country: Country
    amount: Decimal | None
    currency: str
    paid_by: str
    for_publication: str
    third_party_absent: str
    for_compensation: str
