"""Why an organisation cannot switch a rule off, nor have it asked later or of fewer people."""

from __future__ import annotations

from core.refusals import gettext_lazy as _

LAW = _("The law demands it, so it is always asked.")
HARM_TO_SURVIVOR = _("A survivor may come to harm, so it is always asked.")
SECOND_PERSON = _("Somebody waits for the decision of a second person, so it is always asked.")
EVIDENCE = _("Evidence may be lost, so it is always asked.")
