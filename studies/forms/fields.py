"""Fields that several forms of this app use. Rules live in the services."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.forms import places_of
from core.forms import KindField
from places.models import Jurisdiction

if TYPE_CHECKING:
    from accounts.models import User

MANY = 2_000_000_000  # the most a column holds
HUNDRED = Decimal(100)


class StudyForm(forms.Form):
    """A form of this app: places of the person's country, or of the world."""

    def __init__(self, *args: Any, user: User, target: Any = None, **kwargs: Any) -> None:
        self.user, self.target = user, target
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PlaceField):
                said: Any = getattr(target, "jurisdiction_id", None)  # may stay, wherever it is
                open_to_choose = Q(pk__in=places_of(user).values("pk")) | Q(pk=said)
                field.queryset = Jurisdiction.objects.filter(open_to_choose).order_by("name")
        self.offer()

    def offer(self) -> None:
        """Fill in what there is to choose from."""


class PlaceField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        words: dict[str, Any] = {
            "label": _("Place"),
            "empty_label": _("Choose"),
            "to_field_name": "code",
        }
        super().__init__(Jurisdiction.objects.none(), **(words | kwargs))


class PercentField(forms.DecimalField):
    """Typed in percent, handed on as a share of one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, max_digits=7, decimal_places=4, **kwargs)

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return None if percent is None else percent / HUNDRED

    def prepare_value(self, value: Any) -> Any:
        """A share of the record is shown in percent; what was typed stays as it was typed."""
        if not isinstance(value, Decimal):
            return value
        return f"{value * HUNDRED:f}".rstrip("0").rstrip(".")


def number(label: Any, least: int = 0, most: int = MANY, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **kwargs)


def chosen(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return KindField(label=label, choices=choices, **kwargs)


def text(label: Any, most: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **kwargs)


def source(*, required: bool = False) -> forms.CharField:
    help_text = _("Title, page, address on the web.")
    return text(_("Where it can be read"), 300, required=required, help_text=help_text)
