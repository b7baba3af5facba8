"""The forms that end a case and open it again."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import cached_property

from casework.forms.cases import RecordForm, Today
from casework.models import ClosingWords
from core.forms import needed
from core.verbs.forms import form_of
from desk.closing.checklist import Item, checklist
from desk.closing.readiness import CLOSE, ONLY_AFTERCARE, Unmet, blocking, unmet
from desk.closing.services import close_case, leave_to_aftercare, reopen_case

# Why it goes on is said in words; of `Closing` the column of that name is the code why it ended.
ReopenForm = form_of(reopen_case, RecordForm, table=ClosingWords)


class EndForm(RecordForm):
    """A step that asks every app; what is not settled stands above the form, each with a link."""

    step: ClassVar[str]

    @cached_property
    def needs(self) -> list[Unmet]:
        return unmet(self.case, self.user, self.step)

    @property
    def unmet(self) -> list[Unmet]:
        return blocking(self.needs)

    @property
    def warned(self) -> list[Unmet]:
        return [need for need in self.needs if not need.blocks]


class CloseForm(form_of(close_case, EndForm, on={"closed_on": needed(Today)})):  # type: ignore[misc]
    """By hand: why it is closed all the same is asked only where something is not settled."""

    step = CLOSE

    @cached_property
    def confirmed(self) -> list[Item]:
        return [item for item in checklist(self.case, self.user) if item.done]

    def offer(self) -> None:
        self.fields["closed_on"].widget.attrs["min"] = self.case.opened_on.isoformat()
        if not self.unmet:
            del self.fields["override"]


class AftercareForm(form_of(leave_to_aftercare, EndForm)):  # type: ignore[misc]
    step = ONLY_AFTERCARE
