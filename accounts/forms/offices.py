"""Forms about offices: one by one, or from a table."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.opening import OFFICE_COLUMNS, read_offices
from accounts.services.offices import change_office, open_office
from core.forms import code_or
from core.verbs.forms import form_of
from places.forms.fields import KeepForm, RowsForm

LANGUAGE = {"language": code_or(_("None"))}
OpenOfficeForm = form_of(open_office, KeepForm, on=LANGUAGE)
ChangeOfficeForm = form_of(change_office, KeepForm, on=LANGUAGE)


class OfficesForm(RowsForm):
    columns = ", ".join(OFFICE_COLUMNS)

    def read(self, text: str) -> object:
        return read_offices(text)
