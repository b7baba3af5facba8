"""What verbs take beyond what a column tells."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from core.verbs.arguments import Column

SaidNo = Annotated[
    bool,
    Column(
        label=_("The person was asked and said no"),
        help=_("Counts as a consent withdrawn on the same day."),
    ),
]
