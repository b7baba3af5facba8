"""What is done with sets of questions."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "instrument.imported": gettext_lazy("Added a set of questions for assessments"),
    "instrument.preview": gettext_lazy("Looked at a set of questions before adding it"),
}
RECORDS = {
    "instruments.Instrument": gettext_lazy("Set of questions of an assessment"),
}
