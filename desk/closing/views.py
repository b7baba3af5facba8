"""The page that opens a case again; those that end it follow from their verbs (`desk/urls.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Closing
from casework.views.cases import RecordVerb
from desk.closing.forms import ReopenForm
from desk.closing.services import reopen_case

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ReopenCase(RecordVerb):
    """By hand: how the case ended is shown above the form."""

    service, form_class = reopen_case, ReopenForm
    submit_label = gettext_lazy("Reopen the case")

    def about(self) -> list[tuple[StrOrPromise, object]]:
        last = Closing.objects.visible_to(self.actor).in_force().filter(case=self.case).first()
        if last is None:
            return []
        return [(_("Closed"), last.closed_on), (_("Why"), last.get_reason_display())]
