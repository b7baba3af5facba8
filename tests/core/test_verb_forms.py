"""What a service takes is what a person is asked: words of columns, and one statement for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict, Unpack

import pytest
from django import forms

from accounts.permissions import Perm
from core import services
from core.api.document import KEPT
from core.forms import DayField, HourField, KindField, code_or, needed, optional, radios
from core.services import service
from core.verbs.arguments import Column
from core.verbs.forms import form_of
from core.web import FormPage
from places.models import Jurisdiction
from prosecutions.enums import Direction, HearingPurpose
from prosecutions.models import Hearing
from studies.enums import Judged
from studies.models import Study

if TYPE_CHECKING:
    from datetime import date, time

Noted = Annotated[str, Column(length=1000, least=10, label="Note", help="No names.")]


class StudyWords(TypedDict, total=False):
    title: str
    phase: Annotated[str, Column(needed=True)]
    minor_below: Annotated[int, Column(least=1, most=99)]
    is_representative: bool
    published_on: date | None
    source: str


@pytest.fixture(autouse=True)
def own_list(monkeypatch):
    """Verbs of these tests stay out of the list of the product."""
    monkeypatch.setattr(services, "SERVICES", [])


def asked(run, base=forms.Form, **more):
    return form_of(service(Perm.STUDY_KEEP)(run), base, **more).base_fields


def listed(hearing: Hearing, *, listed_on: date, listed_at: time | None = None, actor: object): ...


def test_label_and_help_are_those_of_the_column():
    def record(*, actor: object, **of: Unpack[StudyWords]) -> Study: ...

    fields = asked(record)
    assert list(fields) == list(StudyWords.__annotations__)
    for name, field in fields.items():
        column = Study._meta.get_field(name)
        assert (field.label, field.help_text) == (column.verbose_name, column.help_text)
    assert fields["title"].max_length == 200
    assert (fields["minor_below"].min_value, fields["minor_below"].max_value) == (1, 99)


def test_what_the_columns_need_is_required_of_a_new_row_and_of_a_correction():
    def record(*, actor: object, **of: Unpack[StudyWords]) -> Study: ...

    def change(study: Study, *, version: int, actor: object, **changes: Unpack[StudyWords]): ...

    for fields in (asked(record), asked(change)):
        needs = [name for name in fields if fields[name].required]
        assert needs == ["title", "phase", "minor_below"]
        assert fields["minor_below"].initial == 18


def test_nothing_is_chosen_before_somebody_chooses_but_a_default_of_the_verb():
    def judge(
        study: Study, *, minor_judged: str, phase: str = "single", method: str = "", actor: object
    ): ...

    fields = asked(judge)
    assert isinstance(fields["minor_judged"], KindField)
    assert [code for code, _label in fields["minor_judged"].choices] == ["", *Judged.values]
    assert (fields["phase"].initial, fields["phase"].required) == ("single", True)
    assert (fields["method"].required, fields["method"].choices[0][0]) == (False, "")


def test_kinds_of_answers_have_their_boxes():
    fields = asked(listed)
    assert isinstance(fields["listed_on"], DayField)
    assert isinstance(fields["listed_at"], HourField)
    assert [fields[name].required for name in fields] == [True, False]


def test_an_annotation_says_what_no_column_says():
    def note(hearing: Hearing, *, text: Noted, purpose: Noted = "", actor: object): ...

    fields = asked(note, on={"purpose": radios})
    text = fields["text"]
    assert (text.label, text.help_text) == ("Note", "No names.")
    assert (text.min_length, text.max_length, text.widget.attrs["rows"]) == (10, 1000, 3)
    assert fields["purpose"].label == "Note"  # the verb means another thing than the column


def test_a_base_says_how_rows_are_chosen():
    class Place(forms.ModelChoiceField):
        def __init__(self, **words):
            super().__init__(Jurisdiction.objects.none(), **words)

    class Here(forms.Form):
        takes = {Jurisdiction: Place}

    def place(study: Study, *, jurisdiction: Jurisdiction, actor: object): ...

    assert isinstance(asked(place, Here)["jurisdiction"], Place)
    assert asked(place)["jurisdiction"].to_field_name == "code"  # as programs name it


def test_a_field_by_hand_is_told_the_words_or_stands_as_it_is_or_is_not_asked():
    def move(
        hearing: Hearing,
        *,
        purpose: str,
        listed_on: date,
        listed_at: time | None,
        sides: Annotated[str, Column(codes=Direction, label="Which way")],
        actor: object,
    ): ...

    own = forms.DateField(label="When")
    on = {"purpose": radios, "listed_on": own, "listed_at": None, "sides": radios}
    fields = asked(move, on=on)
    assert list(fields) == ["purpose", "listed_on", "sides"]
    assert fields["purpose"].label == Hearing._meta.get_field("purpose").verbose_name
    assert [code for code, _label in fields["sides"].choices] == Direction.values
    assert isinstance(fields["sides"].widget, forms.RadioSelect)
    # What would fill the screen of a phone is a list, which begins with nothing.
    assert [code for code, _label in fields["purpose"].choices] == ["", *HearingPurpose.values]
    assert fields["listed_on"].label == "When"


def test_what_a_person_must_say_or_may_leave_empty_can_differ_from_a_program():
    def hold(hearing: Hearing, *, purpose: str, listed_at: time | None = None, actor: object): ...

    on = {"purpose": optional(code_or("Not known")), "listed_at": needed(HourField)}
    fields = asked(hold, on=on)
    assert [fields[name].required for name in ("purpose", "listed_at")] == [False, True]
    assert fields["purpose"].choices[0] == ("", "Not known")


def test_what_cannot_be_asked_is_said_at_start():
    def wait(hearing: Hearing, *, patience: int, actor: object): ...

    with pytest.raises(TypeError, match="wait: say with on= how `patience` is asked"):
        asked(wait)
    with pytest.raises(TypeError, match="wait takes no haste"):
        asked(wait, on={"patience": forms.IntegerField(), "haste": radios})


def test_a_page_that_names_no_form_has_that_of_its_verb():
    class Listed(FormPage):
        model, service = Hearing, services.service(Perm.HEARING_RECORD)(listed)

    class Own(Listed):
        form_class = forms.Form

    assert list(Listed.as_view().view_initkwargs["form_class"].base_fields) == [
        "listed_on",
        "listed_at",
    ]
    assert Listed.form_class is None  # so that a page made of this one has its own
    assert Own.as_view().view_initkwargs == {}


def test_words_of_columns_stay_out_of_the_document():
    words = str(Study._meta.get_field("source").help_text)
    assert words
    assert words not in KEPT.read_text(encoding="utf-8")
