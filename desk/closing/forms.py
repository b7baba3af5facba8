"""The forms that close a case and open it again."""

from __future__ import annotations

from casework.forms.cases import RecordForm, Today
from casework.models import ClosingWords
from core.forms import needed
from core.verbs.forms import form_of
from desk.closing.services import close_case, reopen_case

# Why it goes on is said in words; of `Closing` the column of that name is the code why it ended.
ReopenForm = form_of(reopen_case, RecordForm, table=ClosingWords)


class CloseForm(form_of(close_case, RecordForm, on={"closed_on": needed(Today)})):  # type: ignore[misc]
    """By hand: why it is closed all the same is asked only where something is not settled."""

    def __init__(self, *args: object, ready: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if ready:
            del self.fields["override"]

    def offer(self) -> None:
        self.fields["closed_on"].widget.attrs["min"] = self.case.opened_on.isoformat()
