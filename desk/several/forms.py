"""What is asked once for several rows: the boxes of the verb, with what fits any of the rows."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from accounts.choosing import PersonField
from accounts.models import User
from aftercare.models import Provider
from aftercare.services.referrals import send_referral
from casework.forms.transfers import ToWhom, other_offices
from casework.forms.transfers import office as office_field
from casework.services.cases import assign, members_of
from casework.services.offering import may_take_over
from casework.services.transfers import transfer_case
from core.days.typed import say_day
from core.verbs.forms import form_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet

    from core.models import Record


class OfSeveral(forms.Form):
    """Knows the rows and its reader; `offer` fills in what there is to choose from."""

    takes: ClassVar[dict[Any, Any]] = {User: PersonField}

    def __init__(self, *args: object, rows: Sequence[Record], user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.rows, self.user = rows, user
        self.offer()

    def offer(self) -> None:
        raise NotImplementedError

    @property
    def offices(self) -> set[object]:
        return {row.office_id for row in self.rows}  # type: ignore[attr-defined]

    def choose(self, name: str, rows: QuerySet[Model]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def is_understood(self) -> bool:
        """Every box holds something that can be done, or tried; one of the rows may refuse it."""
        self.is_valid()
        return self.is_bound and self.fields.keys() <= self.cleaned_data.keys()

    def in_words(self) -> list[tuple[str, str]]:
        """What was said, box by box."""
        pairs = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value:
                words = say_day(value) if isinstance(value, date) else getattr(value, "name", value)
                pairs.append((str(field.label), str(words)))
        return pairs


class AssignSeveralForm(form_of(assign, OfSeveral)):  # type: ignore[misc]
    """By hand: people of any of the offices of these cases."""

    def offer(self) -> None:
        people = User.objects.none()
        for office in self.offices:
            people |= members_of(office)
        self.choose("user", people.distinct().order_by("name"))


class OfferOfSeveral(OfSeveral, ToWhom):
    takes = OfSeveral.takes


class OfferSeveralForm(
    form_of(  # type: ignore[misc]
        transfer_case,
        OfferOfSeveral,
        on={"to_office": office_field, "from_person": None},
        order=("to_person", "to_office", "reason"),
    )
):
    """By hand: who may take over any of these cases."""

    def offer(self) -> None:
        self.choose("to_person", may_take_over(*self.offices))
        self.choose("to_office", other_offices())


house = partial(forms.ModelChoiceField, Provider.objects.none())
ASKED_OF_EACH = ("given_by", "relation", "given_on", "language", "expires_on")


class SendSeveralForm(
    form_of(  # type: ignore[misc]
        send_referral,
        OfSeveral,
        on={"provider": house, "asked_again": None, "digest": None} | dict.fromkeys(ASKED_OF_EACH),
    )
):
    """By hand: of several survivors no consent is written down; one that is live is needed."""

    def offer(self) -> None:
        rows = Provider.objects.visible_to(self.user).filter(is_active=True)
        self.choose("provider", rows.order_by("name"))
