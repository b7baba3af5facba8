"""The field form: shape only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.enums import Need
from casework.enums import Programme, SiteKind
from casework.models import Case, Site
from core.days.moments import CannotBe, check_moment, there
from intake import own
from intake.plans import plan_of
from places.models import Agency, Jurisdiction
from prosecutions.services.suspects import Arrested
from victims.enums import RANGES, AgeBand, Sex
from victims.services.survivors import Person

MOST_OF_A_KIND = 99
TILES = [
    (sex, band)
    for band in (AgeBand.CHILD, AgeBand.TEENAGER, AgeBand.ADULT, AgeBand.UNKNOWN)
    for sex in (Sex.FEMALE, Sex.MALE)
]


def tile_name(sex: str, band: str) -> str:
    return f"people-{sex}-{band}"


class RescueForm(forms.Form):
    """What a field officer taps. `cleaned_data` becomes the arguments of `log_rescue`."""

    key = forms.CharField(max_length=80)
    occurred_at = forms.CharField(required=False, max_length=25)
    place = forms.CharField(required=False, max_length=60)
    other_place = forms.CharField(required=False, max_length=16)
    programme = forms.ChoiceField(
        choices=Programme,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose the kind of exploitation.")},
    )
    needs = forms.MultipleChoiceField(choices=Need, required=False)
    arrests = forms.IntegerField(min_value=0, max_value=50, required=False)
    agencies = forms.ModelMultipleChoiceField(Agency.objects.none(), required=False)
    more_sites = forms.ModelMultipleChoiceField(Site.objects.none(), required=False)
    new_sites = forms.MultipleChoiceField(choices=SiteKind, required=False)
    narrative = forms.CharField(max_length=20_000, required=False)
    plan = forms.CharField(max_length=36, required=False)

    def __init__(
        self, *args: Any, user: object, now: datetime | None = None, **kwargs: Any
    ) -> None:
        """`now`: the moment that is meant where none is said; of what a phone kept, its own."""
        super().__init__(*args, **kwargs)
        self.user, self.now = user, now
        self.fields["agencies"].queryset = Agency.objects.visible_to(user)  # type: ignore[attr-defined]
        sites = Site.objects.visible_to(user).select_related("case")
        self.fields["more_sites"].queryset = sites  # type: ignore[attr-defined]
        for sex, band in TILES:
            self.fields[tile_name(sex, band)] = forms.IntegerField(
                min_value=0, max_value=MOST_OF_A_KIND, required=False
            )
        self.cards = own.entered(self) if self.is_bound else []

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        self._where(data)
        self._one_case(data)
        if not data.get("programme") and "programme" not in self.errors:
            if data["case"]:
                data["programme"] = data["case"].programme
            else:
                self.add_error("programme", _("Choose the kind of exploitation."))
        self._when(data)
        # What became of its plan meanwhile holds up no report.
        plan = None if self.errors else plan_of(self.user, data.get("plan", ""))
        if plan and (plan.case != data["case"] or plan.why_not_by(data["occurred_at"])):
            plan = None
        data["plan"] = plan
        data["replies"] = self._replies(data)
        data["people"] = [
            Person(sex, *RANGES[band])
            for sex, band in TILES
            for _one in range(data.get(tile_name(sex, band)) or 0)
        ]
        return data

    def _replies(self, data: dict[str, Any]) -> list[Any]:
        """The answers to own questions."""
        if words := own.strange(self):
            self.add_error(None, str(words))
        if "programme" in self.errors or "place" in self.errors:
            return []  # nobody can tell yet what is asked
        return list(own.sent(self.cards, data["programme"], data["case"], self.user))

    def _one_case(self, data: dict[str, Any]) -> None:
        """All sites of a rescue belong to its case."""
        sites = list(data.get("more_sites") or ())
        data["case"] = data["case"] or (sites[0].case if sites else None)
        if data["case"] and any(site.case_id != data["case"].pk for site in sites):
            words = _("The sites belong to different cases. Log a separate rescue for each case.")
            self.add_error("more_sites", words)

    def _where(self, data: dict[str, Any]) -> None:
        kind, _colon, value = data.get("place", "").partition(":")
        code = data.get("other_place") or (value if kind == "place" else "")
        data["case"] = data["site"] = data["jurisdiction"] = None
        if kind == "site" and not data.get("other_place"):
            data["site"] = self._visible(Site.objects.select_related("case"), value)
            data["case"] = data["site"] and data["site"].case
            data["jurisdiction"] = data["site"] and data["site"].jurisdiction
        elif code:
            data["jurisdiction"] = Jurisdiction.objects.filter(code=code).first()
        if kind == "case":  # another place than the case's does not make it another case
            data["case"] = self._visible(Case.objects, value)
            data["jurisdiction"] = data["jurisdiction"] or (
                data["case"] and data["case"].jurisdiction
            )
        lost = kind == "case" and data["case"] is None
        if data["jurisdiction"] is None or lost:
            self.add_error("place", _("Choose where it happened."))

    def _visible(self, rows: Any, value: str) -> Any:
        try:
            return (
                rows.select_related("jurisdiction").visible_to(self.user).filter(pk=value).first()
            )
        except (ValueError, forms.ValidationError):
            return None

    def _when(self, data: dict[str, Any]) -> None:
        text = data.get("occurred_at", "")
        if not text:
            data["occurred_at"] = self.now or timezone.now()
            return
        place = data.get("jurisdiction")
        zone = ZoneInfo(place.time_zone) if place else timezone.get_current_timezone()
        try:
            moment = datetime.fromisoformat(text)
            data["occurred_at"] = check_moment(moment if moment.tzinfo else there(moment, zone))
        except CannotBe as exc:
            self.add_error("occurred_at", str(exc))
        except (ValueError, OverflowError):
            self.add_error("occurred_at", _("This is not a date and time."))

    def report(self) -> dict[str, Any]:
        """The arguments of `log_rescue`."""
        data = self.cleaned_data
        return {
            "occurred_at": data["occurred_at"],
            "jurisdiction": data["jurisdiction"],
            "programme": data["programme"],
            "case": data["case"],
            "site": data["site"],
            "more_sites": list(data["more_sites"]),
            "new_sites": data["new_sites"],
            "agencies": list(data["agencies"]),
            "people": data["people"],
            "arrests": [Arrested()] * (data.get("arrests") or 0),
            "needs": data["needs"],
            "narrative": data["narrative"],
            "plan": data["plan"],
            "replies": data["replies"],
        }
