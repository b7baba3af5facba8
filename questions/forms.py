"""Forms that ask what a set asks, and that make the set."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from casework.enums import Programme
from casework.forms.cases import RecordForm
from core.forms import DayField, radios, ticks, when
from core.verbs.forms import NOTHING, form_of
from questions.asking import LARGEST, LONGEST_ANSWER, NO, YES, decided_by, judged
from questions.enums import DECIDING, LISTED, Kind
from questions.services.sets import (
    begin_question_set,
    change_question_set,
    drop_question,
    write_question,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from questions.asking import Answers, Question
    from questions.models import QuestionSet

    Named = Callable[[str], str]

SHORT = 7  # so many choices are all in sight
BOX = "q_{}".format
NOT_ANSWERED, NOT_CHOSEN = ("", _("Not answered")), ("", _("Choose"))
YES_NO = [(YES, _("Yes")), (NO, _("No"))]


def box_of(question: Question, name: Named = BOX) -> forms.Field:
    """The box of a question. `name`: what the box of a code is called."""
    required = question["required"]
    words = {"label": question["text"], "help_text": question["hint"], "required": required}
    listed = [(choice["code"], choice["label"]) for choice in question["choices"]]
    nothing = [] if required else [NOT_ANSWERED]
    box: Any
    match question["kind"]:
        case Kind.TEXT:
            area = forms.Textarea(attrs={"rows": 2})
            box = forms.CharField(max_length=LONGEST_ANSWER, widget=area, **words)
        case Kind.NUMBER:
            box = forms.DecimalField(
                min_value=1 - LARGEST, max_value=LARGEST - 1, decimal_places=4, **words
            )
        case Kind.DAY:
            box = DayField(ahead=True, **words)
        case Kind.SEVERAL:
            box = ticks(choices=listed, **words)
        case Kind.CHOICE if len(listed) > SHORT:
            box = forms.ChoiceField(choices=[NOT_CHOSEN, *listed], **words)
        case Kind.CHOICE:
            box = radios(choices=[*listed, *nothing], **words)
        case _:
            box = radios(choices=[*YES_NO, *nothing], **words)
    if question["only_if"]:
        code, _is, answer = question["only_if"].partition("=")
        box.applies = f"{name(code)}={answer}"
    return box


def answers_in(form: forms.Form, questions: Sequence[Question], name: Named = BOX) -> Answers:
    """The answers that hold of a form with these boxes. What is wrong is said at its box."""
    typed = {q["code"]: form.cleaned_data.get(name(q["code"])) for q in questions}
    given, faults = judged(questions, {q["code"]: _as_kept(q, typed[q["code"]]) for q in questions})
    for code, words in faults.items():
        if name(code) not in form.errors:
            form.add_error(name(code), str(words))
    return given


class AnswersForm(RecordForm):
    """What a set asks, in its order; a question that hangs on another appears below it."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            box = self.fields[BOX(question["code"])] = box_of(question)
            if isinstance(box, DayField):
                box.today = self.case.jurisdiction.today

    @property
    def hangs(self) -> bool:
        """Whether a question is asked only if another is answered so."""
        return any(question["only_if"] for question in self.questions)

    def full_clean(self) -> None:
        """Whether a box must be filled hangs on other answers: `judged` says it, not the box."""
        for question in self.questions:
            self.fields[BOX(question["code"])].required = False
        super().full_clean()
        for question in self.questions:
            self.fields[BOX(question["code"])].required = question["required"]

    def clean(self) -> dict[str, Any]:
        self.answers = answers_in(self, self.questions)
        return {}


class Preview(forms.Form):
    """The same to look at, before anybody is asked it."""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        for question in questions:
            box = self.fields[BOX(question["code"])] = box_of(question)
            box.disabled = True


def as_typed(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as the boxes of the form hold them."""
    return {
        BOX(code): (YES if answer else NO) if isinstance(answer, bool) else answer
        for code, answer in answers.items()
    }


def _as_kept(question: Question, typed: Any) -> Any:
    if typed in (None, "", []):
        return None
    if isinstance(typed, Decimal):
        return int(typed) if typed == typed.to_integral_value() else float(typed)
    if question["kind"] == Kind.DAY:
        return typed.isoformat()
    return typed == YES if question["kind"] == Kind.YES_NO else typed


def kind_of(question: Question) -> str:
    return str(Kind(question["kind"]).label)


def rules_of(question: Question) -> Iterator[tuple[str, str]]:
    """By which answers others are asked, each with the question in words."""
    for rule, words in decided_by(question):
        yield rule, f"{question['text']} {words}"


def programmes_of(question_set: QuestionSet) -> list[str]:
    return [str(Programme(code).label) for code in question_set.programmes]


class OfficeBox(forms.ModelChoiceField):
    def __init__(self, **words: Any) -> None:
        rows = Office.objects.filter(is_global=False)
        super().__init__(rows, to_field_name="code", empty_label=NOTHING[1], **words)


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class KeepForm(forms.Form):
    """A form about a set of questions."""

    takes: ClassVar[dict[Any, Any]] = {Office: OfficeBox, list[str]: LinesField}


def _hidden(**words: Any) -> forms.Field:
    return forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


def _only_if(**words: Any) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("It is always asked"))], **words)


BeginForm = form_of(begin_question_set, KeepForm, on={"noun": radios, "programmes": ticks})
ChangeForm = form_of(change_question_set, KeepForm, on={"programmes": ticks})
DropForm = form_of(drop_question, KeepForm, on={"code": _hidden})
_WriteForm = form_of(
    write_question,
    KeepForm,
    on={"code": _hidden, "kind": radios, "only_if": _only_if},
)


class WriteForm(_WriteForm):  # type: ignore[misc,valid-type]
    """Offers the answers to the other questions of the set that others can hang on."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choices"].applies = when(kind=sorted(LISTED))
        for question in questions:
            if question["kind"] in DECIDING and question["code"] != self.initial.get("code"):
                self.fields["only_if"].choices += rules_of(question)
