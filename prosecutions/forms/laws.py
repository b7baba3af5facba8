"""Forms about what the law of a country says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.days import clock
from core.forms import radios
from core.verbs.forms import form_of
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from prosecutions.enums import StageMeaning
from prosecutions.models import Provision
from prosecutions.services.law_limits import propose_limit
from prosecutions.services.law_stages import propose_stages
from prosecutions.services.laws import propose_provision
from prosecutions.stages import StageTable


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


class InOrder(forms.Form):
    """The boxes of each stage stand together, below its words there; in them stands what holds
    today for what is filed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        known = kwargs.pop("initial", None) or {}
        self.country = known.get("country", "")
        table = StageTable.at(self.country, clock.today())
        places = {f"{code}_place": place for place, code in enumerate(table.stages, start=1)}
        names = {f"{code}_name": stage.name for code, stage in table.stages.items()}
        super().__init__(*args, **kwargs | {"initial": places | names | known})

    def head(self) -> list[forms.BoundField]:
        return [self["country"], self["begins_on"]]

    def foot(self) -> list[forms.BoundField]:
        return [self["source"], self["verified"]]

    def steps(self) -> list[dict[str, Any]]:
        known = StageTable.known(self.country)
        return [
            {
                "stage": stage,
                "meaning": StageMeaning(stage.means).label,
                "place": self[f"{code}_place"],
                "name": self[f"{code}_name"],
            }
            for code, stage in known.items()
        ]


StagesForm = form_of(propose_stages, InOrder, on={"country": CountryBox()})
