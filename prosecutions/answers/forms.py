"""The form by which a prosecutor from outside tells or asks."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.forms import Offering, RecordForm
from core.forms import radios, when
from core.verbs.forms import form_of
from prosecutions.answers.services import send_answer
from prosecutions.enums import AnswerKind, HearingResult
from prosecutions.forms.fields import CourtForm
from prosecutions.models import Hearing

RESULT, NEXT_DATE, REQUEST = AnswerKind.RESULT, AnswerKind.NEXT_DATE, AnswerKind.REQUEST


class UnheardChoice(Offering, forms.ModelChoiceField):
    """The hearings of the proceeding without a result."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Hearing.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        rows = Hearing.objects.visible_to(form.user).filter(prosecution=form.target, result="")
        self.queryset = rows.order_by("listed_on", "pk")


class AnswerForm(
    form_of(send_answer, CourtForm, on={"kind": radios, "hearing": UnheardChoice})  # type: ignore[misc]
):
    """By hand: what is asked depends on what it is."""

    applies = {
        **dict.fromkeys(("hearing", "result"), when(kind=[RESULT])),
        "adjourned_for": when(result=[HearingResult.ADJOURNED]),
        **dict.fromkeys(("next_on", "next_at", "next_purpose"), when(kind=[RESULT, NEXT_DATE])),
        "no_next_date": when(kind=[RESULT]),
        "asked": when(kind=[REQUEST]),
    }
