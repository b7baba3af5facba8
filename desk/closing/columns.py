"""What the verbs of closing take beyond what a column tells."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from casework.enums import SEAL_REASON_LENGTH
from core.verbs.arguments import Column

ClosingNote = Annotated[
    str,
    Column(
        length=2000, label=_("Note"), help=_("For the person who reopens it. Use codes, not names.")
    ),
]
AllTheSame = Annotated[
    str,
    Column(
        length=2000,
        least=SEAL_REASON_LENGTH,
        label=_("Why it is closed all the same"),
        help=_("At least ten characters. It is recorded, with what is not settled."),
    ),
]
GoesOn = Annotated[
    str,
    Column(
        length=2000,
        least=SEAL_REASON_LENGTH,
        label=_("Why it goes on"),
        help=_("At least ten characters. Use codes, not names."),
    ),
]
