from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from casework.models import Rescue
from core.api.serializers import DAY, Input, Labelled, RowSerializer, Text, VisibleRow, WholeNumber
from core.days.moments import CannotBe, check_birth_date
from core.names import LONGEST, NotAName, check_name, check_question
from core.refusals import gettext as _
from victims.api.person_serializers import BackgroundSerializer, ExploitationSerializer
from victims.enums import OLDEST_MONTHS, RANGES, AgeBand, NameReason, Outcome, Sex
from victims.models import FormerIdentity, Identity, Involvement, Victim
from victims.services.survivors import Person

if TYPE_CHECKING:
    from datetime import date

MOST_TOLD = 2000  # signs of contacts and of documents


class Codes(serializers.ListField):
    """Codes that are stored in one column, with commas between them."""

    child = serializers.CharField()

    def to_representation(self, data: Any) -> list[str]:
        return data.split(",") if data else []


class VictimSerializer(RowSerializer[Victim]):
    """A person by code and age; never a name."""

    shows = (
        "id code sex age_min_months age_max_months age_band nationality languages safety_flag "
        "background version"
    )

    age_band = serializers.CharField(read_only=True)
    languages = Codes(read_only=True)
    background = BackgroundSerializer(read_only=True, allow_null=True, default=None)


class InvolvementSerializer(RowSerializer[Involvement]):
    """The part of a person in a case, and what was done to the person there."""

    shows = "id case victim rescue code outcome identified_on exploitation version"

    exploitation = ExploitationSerializer(read_only=True, allow_null=True, default=None)


class PersonName(Text):
    """A name somebody can have."""

    check: Any = staticmethod(check_name)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def to_internal_value(self, data: object) -> str:
        name = super().to_internal_value(data)
        try:
            return str(self.check(name))
        except NotAName as exc:
            raise serializers.ValidationError(str(exc)) from None


class NameQuestion(PersonName):
    """Part of a name, to search by."""

    check = staticmethod(check_question)


class BirthDate(serializers.DateField):
    """A day on which somebody alive was born."""

    def to_internal_value(self, value: object) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        try:
            return check_birth_date(super().to_internal_value(value))
        except CannotBe as exc:
            raise serializers.ValidationError(str(exc)) from None


class RecordIdentityInput(Input):
    full_name = PersonName()
    latin_name = PersonName(required=False)
    born_on = BirthDate(required=False)
    contacts = Text(max_length=MOST_TOLD, required=False)
    documents = Text(max_length=MOST_TOLD, required=False)


class CorrectIdentityInput(Input):
    """Only what is sent changes; null takes away what was recorded."""

    full_name = PersonName(required=False)
    latin_name = PersonName(required=False, allow_null=True)
    born_on = BirthDate(required=False, allow_null=True)
    contacts = Text(max_length=MOST_TOLD, required=False, allow_null=True)
    documents = Text(max_length=MOST_TOLD, required=False, allow_null=True)


class RevealInput(Input):
    reason = Labelled(NameReason)


class PersonInput(Input):
    """Somebody met, by sex and age; the age in months, or as a band."""

    sex = Labelled(Sex)
    age_months = WholeNumber(min_value=0, max_value=OLDEST_MONTHS, required=False)
    age_band = Labelled(AgeBand, required=False)
    outcome = Labelled(Outcome, required=False)

    def validate(self, data: dict[str, object]) -> dict[str, object]:
        if "age_months" in data and "age_band" in data:
            raise serializers.ValidationError(
                {"age_band": [_("Give the age in months or as a band, not both.")]}
            )
        if "age_months" not in data and "age_band" not in data:
            raise serializers.ValidationError(
                {"age_band": [_("Give the age in months or as a band, such as “unknown”.")]}
            )
        return data


def person_of(row: dict[str, Any]) -> Person:
    """What was sent of somebody met, as a service takes it."""
    exact = row.get("age_months")
    low, high = (exact, exact) if exact is not None else RANGES[row["age_band"]]
    return Person(row["sex"], low, high, row.get("outcome", Outcome.RESCUED))


class AddMetInput(PersonInput):
    rescue = VisibleRow(Rescue.objects.select_related("case"))


class SearchInput(Input):
    name = NameQuestion()


class IdentitySerializer(RowSerializer[Identity]):
    """That it is recorded, and its version; what it says is shown by the verb `reveal` alone."""

    shows = "id victim version"


class NamedSerializer(IdentitySerializer):
    """`warnings`: what to look at again, in words: a suspect of the case bears the name."""

    shows = f"{IdentitySerializer.shows} warnings"

    warnings: Any = serializers.ListField(child=serializers.CharField(), read_only=True)


class FormerIdentitySerializer(RowSerializer[FormerIdentity]):
    shows = "field value replaced_at"

    value = serializers.CharField(read_only=True)


class ShownIdentitySerializer(RowSerializer[Identity]):
    shows = "id victim full_name latin_name born_on contacts documents version"

    full_name = serializers.CharField(read_only=True)
    latin_name = serializers.CharField(read_only=True, allow_null=True)
    born_on = serializers.CharField(read_only=True, allow_null=True)
    contacts = serializers.CharField(read_only=True, allow_null=True)
    documents = serializers.CharField(read_only=True, allow_null=True)


class ShownSerializer(serializers.Serializer[Any]):
    """Who a person is, and what was recorded before corrections."""

    identity = ShownIdentitySerializer()
    former = FormerIdentitySerializer(many=True)


class HitSerializer(RowSerializer[Involvement]):
    """Someone found by name: a code in a case, never the name."""

    shows = "id code case reference victim sex age_band"

    reference = serializers.CharField(source="case.reference", read_only=True)
    sex = serializers.CharField(source="victim.sex", read_only=True)
    age_band = serializers.CharField(source="victim.age_band", read_only=True)


class FoundSerializer(serializers.Serializer[Any]):
    """At most 50; `more` when others fit as well."""

    results = HitSerializer(many=True, source="people")
    more = serializers.BooleanField()
