"""What a service takes is the body of its endpoint: typed by its signature and its table."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict, Unpack

import pytest
from rest_framework.serializers import IntegerField

from accounts.permissions import Perm
from core import services
from core.api import verbs
from core.api.serializers import Day, Labelled, Nothing, Text, VisibleRow, VisibleRows
from core.api.verbs import Verb
from core.services import service
from core.verbs.arguments import Column
from prosecutions.api.hearing_viewsets import HearingViewSet
from prosecutions.enums import HearingPurpose, HearingResult
from prosecutions.models import Hearing, Prosecution, Suspect
from studies.models import Study


class StudyWords(TypedDict, total=False):
    title: str
    phase: Annotated[str, Column(needed=True)]
    published_on: date | None
    source: str


@pytest.fixture(autouse=True)
def own_lists(monkeypatch):
    """Verbs and bodies of these tests stay out of the lists of the product."""
    monkeypatch.setattr(services, "SERVICES", [])
    monkeypatch.setattr(verbs, "SHAPES", {})


def body(run, table=Hearing, name="create", **more):
    return Verb(service(Perm.HEARING_RECORD)(run), **more).shape(table, name)().fields


def test_columns_tell_codes_and_lengths_and_annotations_what_they_do_not():
    fields = HearingViewSet.inputs["create"]().fields
    sitting = ["room", "judge", "counsel"]
    assert list(fields) == ["prosecution", "listed_on", "listed_at", "purpose", *sitting]
    assert isinstance(fields["listed_on"], Day)
    assert fields["listed_on"].ahead
    asked = [fields[name].required for name in fields]
    assert asked == [True, True, False, True, False, False, False]
    assert list(fields["purpose"].choices) == HearingPurpose.values
    assert fields["prosecution"].queryset.model is Prosecution
    recorded = HearingViewSet.inputs["record"]().fields
    assert list(recorded["result"].choices) == [code for code, _label in HearingResult.RECORDED]
    assert not recorded["next_on"].required


def test_rows_are_named_as_their_table_says_and_read_with_what_verbs_need():
    def gather(hearing: Hearing, *, suspects: list[Suspect], actor: object): ...

    suspects = body(gather, name="gather")["suspects"]
    assert isinstance(suspects, VisibleRows)
    asked = str(suspects.child_relation.queryset.query.select_related)
    assert "jurisdiction" in asked

    def place(*, study: Study, actor: object): ...

    assert isinstance(body(place)["study"], VisibleRow)


def test_of_a_new_row_what_its_columns_need_is_needed_and_of_changes_nothing():
    def record(*, actor: object, **of: Unpack[StudyWords]): ...

    def change(study: Study, *, version: int, actor: object, **changes: Unpack[StudyWords]): ...

    new, changed = body(record, Study), body(change, Study, "partial_update")
    assert [name for name in new if new[name].required] == ["title", "phase"]
    assert [name for name in changed if changed[name].required] == []
    assert [name for name in new if new[name].allow_null] == ["published_on"]
    assert new["title"].max_length == 200
    assert (new["source"].allow_blank, new["title"].allow_blank) == (True, False)


def test_none_that_is_not_the_default_may_be_sent():
    def say(
        hearing: Hearing, *, purpose: str | None, listed_at: str | None = None, actor: object
    ): ...

    fields = body(say, name="say")
    assert [fields[name].allow_null for name in fields] == [True, False]
    assert [fields[name].required for name in fields] == [True, False]


def test_a_field_by_hand_stands_where_its_argument_stands():
    def count(hearing: Hearing, *, first: object, then: bool, actor: object): ...

    fields = body(count, name="count", on={"first": IntegerField(max_value=3)})
    assert list(fields) == ["first", "then"]
    assert fields["first"].max_value == 3


def test_a_verb_without_words_has_the_empty_body():
    def end(hearing: Hearing, *, version: int, actor: object): ...

    assert Verb(service(Perm.HEARING_RECORD)(end)).shape(Hearing, "end") is Nothing


def test_the_version_is_asked_for_where_the_verb_needs_it():
    assert "correct" in HearingViewSet.versioned

    def wait(hearing: Hearing, *, version: int | None = None, actor: object): ...

    class View:
        queryset, serializer_class = Hearing.objects.all(), object
        services, inputs, versioned = {}, {}, frozenset({"partial_update"})
        partial_update = Verb(service(Perm.HEARING_RECORD)(wait))

    assert View.versioned == frozenset()
    assert View.services["partial_update"].run is wait


def test_what_it_raises_is_not_in_the_summary():
    def end(hearing: Hearing, *, actor: object):
        """Take it off the list.
        Raises `Stale`."""

    assert service(Perm.HEARING_RECORD)(end).summary == "Take it off the list."


@pytest.mark.parametrize(
    ("annotation", "more", "words"),
    [
        ("Unheard", {}, "import Unheard outside TYPE_CHECKING"),
        ("dict[str, int]", {}, "say with on= what `what` takes"),
        ("list[dict]", {}, "say with on= what `what` takes"),
        ("str", {"on": {"other": Text()}}, "takes no other"),
    ],
)
def test_what_cannot_be_derived_is_said_when_the_program_starts(annotation, more, words):
    def tell(hearing, *, what, actor): ...

    tell.__annotations__ = {"what": annotation}
    with pytest.raises(TypeError, match=words):
        body(tell, name="tell", **more)


def test_columns_that_nothing_names_are_asked_for():
    def put_right(hearing: Hearing, *, actor: object, **changes: object): ...

    with pytest.raises(TypeError, match="say with changes= which columns"):
        body(put_right, name="partial_update")
    fields = body(put_right, Study, "partial_update", changes=StudyWords)
    assert list(fields) == ["title", "phase", "published_on", "source"]


def test_two_bodies_of_one_name_take_the_same():
    def one(hearing: Hearing, *, reason: Annotated[str, Column(length=300)], actor: object): ...

    def other(hearing: Hearing, *, reason: Annotated[str, Column(length=40)], actor: object): ...

    def again(hearing: Hearing, *, reason: Annotated[str, Column(length=300)], actor: object): ...

    first = body(one, name="one", body="WhyInput")
    assert first["reason"].max_length == 300
    assert body(again, name="again", body="WhyInput")["reason"].max_length == 300
    with pytest.raises(TypeError, match="two bodies are called WhyInput"):
        body(other, name="other", body="WhyInput")


def test_a_code_may_be_narrower_than_its_column():
    def set_result(
        hearing: Hearing,
        *,
        result: Annotated[str, Column(codes=HearingResult.RECORDED, blank=True)] = "",
        actor: object,
    ): ...

    result = body(set_result, name="set_result")["result"]
    assert isinstance(result, Labelled)
    assert (result.required, result.allow_blank, len(result.choices)) == (False, True, 2)
