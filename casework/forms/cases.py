"""Shapes of the forms about a case."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Q
from django.db.models.functions import Left
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.models import User
from casework.forms.unlisted import tell_unlisted
from casework.models import Case
from casework.services.cases import open_case
from casework.services.rescues import register_site
from core.days import clock
from core.forms import DayField, needed
from core.verbs.forms import NOTHING, form_of
from places.enums import JurisdictionLevel
from places.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from places.querysets import JurisdictionQuerySet


def places_of(user: User) -> JurisdictionQuerySet:
    """The places an officer chooses from: those of the office's country."""
    home = user.home_office.jurisdiction if user.home_office else None
    places = Jurisdiction.objects.to_choose()
    return places.within(home.country) if home else places


class PeopleForm(forms.Form):
    """Chooses a person among those that the page offers."""

    takes: ClassVar[dict[Any, Any]] = {User: PersonField}

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class Offering:
    """A field that knows what to offer once it is told of the form it stands in."""

    def offer_in(self, form: RecordForm) -> None:
        raise NotImplementedError


class Today(Offering, DayField):
    """The day of something that mostly is recorded on the day itself."""

    def offer_in(self, form: RecordForm) -> None:
        self.initial = form.case.jurisdiction.today


class RecordForm(forms.Form):
    """A form about a case or a row of one; `offer` fills in what there is to choose from, but for
    fields that know it themselves.

    `applies`: fields that are there only while others say so (`core.forms.when`). With script they
    appear then, without it they are in a fold; what does not belong is refused by the service.
    """

    takes: ClassVar[dict[Any, Any]]
    applies: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, target: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target, self.user = target, user
        self.case: Case = target if isinstance(target, Case) else target.case
        for field in self.fields.values():
            if isinstance(field, Offering):
                field.offer_in(self)
        self.offer()
        tell_unlisted(self.fields.values(), user)
        for field in self.fields.values():
            if field.required and getattr(field, "empty_label", "") == NOTHING[1]:
                field.empty_label = _("Choose")  # type: ignore[attr-defined]
            if isinstance(field, DayField):
                field.today = self.case.jurisdiction.today
        for name in self.applies.keys() & self.fields.keys():
            self.fields[name].applies = self.applies[name]  # type: ignore[attr-defined]

    @property
    def plain(self) -> list[forms.BoundField]:
        return [box for box in self if box.name not in self.applies]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [box for box in self if box.name in self.applies]

    @property
    def unfolded(self) -> bool:
        """Whether the fold is open by itself: something of it is on record, or was typed."""
        return self.is_bound or any(self.initial.get(name) for name in self.applies)

    def offer(self) -> None:
        """Fill in the choices."""

    def choose(self, name: str, rows: object) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]


class _Groups(ModelChoiceIterator):
    field: GroupedChoice

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for _key, rows in itertools.groupby(self.queryset, self.field.group):
            group = list(rows)
            yield (self.field.heading(group[0]), [self.choice(row) for row in group])


class GroupedChoice(forms.ModelChoiceField):
    """A choice of rows under headings; the rows must come in the order of their groups."""

    iterator = _Groups

    def group(self, row: object) -> Any:
        raise NotImplementedError

    def heading(self, first: object) -> str:
        raise NotImplementedError


class PlaceChoice(Offering, GroupedChoice):
    """Any place, under its country; those of the case's country first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Jurisdiction.objects.none(), to_field_name="code", **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        kept = getattr(form.target, "jurisdiction_id", None)
        self.queryset = places_from(form.case.jurisdiction.country, kept)

    def group(self, row: Any) -> Any:
        return row.land

    def heading(self, first: Any) -> str:
        return str(first.name)


class SamePlace(PlaceChoice):
    """A place that mostly is that of the case."""

    def offer_in(self, form: RecordForm) -> None:
        super().offer_in(form)
        self.initial = form.case.jurisdiction.code


RecordForm.takes = {Jurisdiction: PlaceChoice, User: PersonField}


def places_around(case: Case) -> Any:
    """Every place, those of the case's country first."""
    return places_from(case.jurisdiction.country)


def places_from(home: str, kept: UUID | None = None) -> QuerySet[Jurisdiction]:
    """Every place in use, and the one named so far (`kept`), whatever became of it: those of this
    country first, each country before its parts."""
    return (
        Jurisdiction.objects.filter(Q(is_active=True) | Q(pk=kept))
        .to_choose()
        .annotate(
            land=Left("code", 2),
            at_home=Q(code__startswith=home),
            whole=Q(level=JurisdictionLevel.COUNTRY),
        )
        .order_by("-at_home", "land", "-whole", "name", "code")
    )


class CountryForm(forms.Form):
    """Offers every place, those of a country first."""

    takes: ClassVar[dict[Any, Any]] = {Jurisdiction: PlaceChoice}

    def __init__(
        self, *args: Any, country: str, user: User, kept: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = places_from(country, kept)  # type: ignore[attr-defined]


class CaseForm(form_of(open_case, CountryForm, on={"office": None, "opened_on": needed(DayField)})):  # type: ignore[misc]
    """By hand: a case is mostly opened today, wherever that is."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = clock.today


SiteForm = form_of(register_site, CountryForm)
