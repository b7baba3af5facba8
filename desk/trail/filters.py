"""What the lists of the trail are narrowed by; the words stay in the address, so ids only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.forms import TypedDay
from core.lists.forms import ListFilter
from core.models import AuditKind
from desk.trail.deed_words import ACTIONS
from desk.trail.events import READERS, TRAIL, choices_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)


def day_field(label: StrOrPromise) -> TypedDay:
    within = [MinValueValidator(FIRST), MaxValueValidator(LAST)]
    return TypedDay(label=label, required=False, validators=within)


class ReadersFilter(ListFilter):
    """Who saw one record: by what they did, and by person."""

    table = READERS
    named = {"person": "actor", "since": "at_from", "until": "at_to"}

    kind = forms.ChoiceField(label=_("What"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(
        self, data: Mapping[str, str], *, user: User, people: list[tuple[str, str]]
    ) -> None:
        super().__init__(data, user=user)
        self.offer("kind", AuditKind.choices)
        self.offer("person", people)


class TrailFilter(ReadersFilter):
    """The whole trail: also by day, deed and case."""

    table = TRAIL

    since = day_field(pgettext_lazy("day", "From"))
    until = day_field(pgettext_lazy("day", "To"))
    action = forms.ChoiceField(label=_("Deed"), required=False)
    case = forms.UUIDField(label=_("Id of a case or a person"), required=False)
    field_order = ("since", "until", "kind", "action", "person", "case")

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        people = choices_of(User.objects.values_list("pk", flat=True))
        super().__init__(data, user=user, people=people)
        self.offer("action", sorted(ACTIONS.items(), key=lambda item: str(item[1])))
