"""Forms about what the law of a country says."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import radios
from core.verbs.forms import form_of
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from prosecutions.models import Provision
from prosecutions.services.law_limits import propose_limit
from prosecutions.services.laws import propose_provision


class CountryBox(forms.ModelChoiceField):
    """A country that is in use."""

    def __init__(self, **words: object) -> None:
        rows = Jurisdiction.objects.active().filter(level=JurisdictionLevel.COUNTRY)
        super().__init__(
            rows.order_by("name"),
            to_field_name="code",
            empty_label=_("Choose"),
            **{"label": _("Country")} | words,  # type: ignore[arg-type]
        )


ProvisionForm = form_of(
    propose_provision,
    table=Provision,
    on={"country": CountryBox()},
    order=("country", "statute", "title", "number", "offence"),
)
LimitForm = form_of(propose_limit, on={"country": CountryBox(), "kind": radios})
