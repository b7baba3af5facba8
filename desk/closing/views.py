"""The pages that close a case, open it again, or leave it to aftercare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Closing
from casework.views.cases import RecordVerb
from desk.closing.forms import CloseForm, ReopenForm
from desk.closing.readiness import CLOSE, ONLY_AFTERCARE, Unmet, blocking, unmet
from desk.closing.services import close_case, leave_to_aftercare, reopen_case

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class EndingVerb(RecordVerb):
    """A step that asks every app; what is not settled stands above the form, each with a link."""

    template_name = "desk/ending_form.html"
    step = ""

    @cached_property
    def unmet(self) -> list[Unmet]:
        return unmet(self.case, self.actor, self.step) if self.step else []

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        left = blocking(self.unmet)
        warned = [need for need in self.unmet if not need.blocks]
        shown = {"unmet": left, "warned": warned, "may_override": self.step == CLOSE}
        return super().get_context_data(**shown, **kwargs)

    def after(self) -> str:
        return str(self.case.get_absolute_url())


class CloseCase(EndingVerb):
    service, form_class, step = close_case, CloseForm, CLOSE
    title = gettext_lazy("Close the case")
    intro = gettext_lazy(
        "You can still read it and reopen it. Tasks about what people are owed continue."
    )
    submit_label = gettext_lazy("Close the case")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"ready": not blocking(self.unmet)}


class ReopenCase(EndingVerb):
    service, form_class = reopen_case, ReopenForm
    title = gettext_lazy("Reopen the case")
    intro = gettext_lazy("It returns to the status it had before it was closed.")
    submit_label = gettext_lazy("Reopen the case")

    def about(self) -> list[tuple[StrOrPromise, object]]:
        last = Closing.objects.visible_to(self.actor).in_force().filter(case=self.case).first()
        if last is None:
            return []
        return [(_("Closed"), last.closed_on), (_("Why"), last.get_reason_display())]


class LeaveToAftercare(EndingVerb):
    service, step = leave_to_aftercare, ONLY_AFTERCARE
    title = gettext_lazy("Aftercare only")
    intro = gettext_lazy("No court proceeding is open, and help for survivors continues.")
    submit_label = gettext_lazy("Aftercare only")
