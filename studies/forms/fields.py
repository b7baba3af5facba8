"""Fields that several forms of this app use. Rules live in the services."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.forms import places_of
from places.models import Agency, Jurisdiction

if TYPE_CHECKING:
    from accounts.models import User

HUNDRED = Decimal(100)


class StudyForm(forms.Form):
    """A form of this app: places of the person's country, or of the world."""

    takes: ClassVar[dict[Any, Any]]

    def __init__(self, *args: Any, user: User, target: object = None, **kwargs: Any) -> None:
        self.user, self.target = user, target
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PlaceField):
                place: Any = getattr(target, "jurisdiction_id", None)  # may stay, wherever it is
                open_to_choose = Q(pk__in=places_of(user).active().values("pk")) | Q(pk=place)
                field.queryset = Jurisdiction.objects.filter(open_to_choose).to_choose()
        self.offer()

    def offer(self) -> None:
        """Fill in what there is to choose from."""


class PlaceField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        rows = Jurisdiction.objects.none()
        super().__init__(rows, empty_label=_("Choose"), to_field_name="code", **kwargs)


class PercentField(forms.DecimalField):
    """Typed in percent, handed on as a share of one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, max_digits=7, decimal_places=4, **kwargs)

    def clean(self, value: object) -> object:
        percent = super().clean(value)
        return None if percent is None else percent / HUNDRED

    def prepare_value(self, value: object) -> object:
        """A share of the record is shown in percent; what was typed stays as it was typed."""
        if not isinstance(value, Decimal):
            return value
        return f"{value * HUNDRED:f}".rstrip("0").rstrip(".")


class PlaceCodes(forms.CharField):
    """Codes of places with commas between, handed on as a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2000, **kwargs)

    def clean(self, value: object) -> object:
        codes = str(super().clean(value)).upper().split(",")
        return [code.strip()[:20] for code in codes if code.strip()]

    def prepare_value(self, value: object) -> object:
        return ", ".join(value) if isinstance(value, list) else value


def agency(**words: Any) -> forms.Field:
    rows = Agency.objects.active().order_by("name")
    return forms.ModelChoiceField(rows, empty_label=_("Choose"), **words)


StudyForm.takes = {Jurisdiction: PlaceField, Agency: agency}
