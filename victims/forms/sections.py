"""One short form for each section of what is known of a person."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.enums import Answer
from casework.forms import RecordForm, places_around
from core.forms import DayField
from core.spoken import SPOKEN
from places.countries import by_name
from places.models import Jurisdiction
from victims.enums import NOT_KNOWN, Exploiter, Leg, Papers, Safety, Sex, Sign
from victims.forms.answers import UNKNOWN, OneAnswer, Several, Whole, Words
from victims.htcds import (
    Control,
    DecidedBy,
    Education,
    ExploitationForm,
    Industry,
    MaritalStatus,
    Recruitment,
    SexualKind,
    TraffickingStatus,
)
from victims.models.exploitation import LONGEST_MONTHS
from victims.sections import LABELS
from victims.services.exploitation import MOST_STOPS, Stop

if TYPE_CHECKING:
    from django.forms import BoundField
    from django_stubs_ext import StrOrPromise

    from casework.models import Case

MOST_YEARS = 119
CODE = re.compile(r"[a-z]{2,3}")


class SectionForm(RecordForm):
    """A form that may be left half done: no question has to be answered."""

    all_optional = True


class AgeForm(SectionForm):
    sex = OneAnswer("sex", [(code, label) for code, label in Sex.choices if code != Sex.UNKNOWN])
    years = Whole(gettext_lazy("Age in years"), MOST_YEARS)
    months = Whole(
        gettext_lazy("Months"),
        11,
        gettext_lazy("For small children, or if known."),
    )
    years_to = Whole(
        gettext_lazy("At most, in years"),
        MOST_YEARS,
        gettext_lazy("Only if the age is a range, such as 13 to 15."),
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How the age is known"),
        choices=[
            ("exact", gettext_lazy("From papers, or told surely")),
            ("estimated", gettext_lazy("Estimated")),
            UNKNOWN,
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        years, months, most = (data.pop(name, None) for name in ("years", "months", "years_to"))
        how = data.pop("how", "")
        if self.errors:
            return data
        if how == NOT_KNOWN:
            return data | dict.fromkeys(("age_min_months", "age_max_months", "age_estimated"))
        if years is None:
            if how or months is not None or most is not None:
                self.add_error("years", _("Enter the age in years, or choose “Not known”."))
            return data
        if not how:
            self.add_error("how", _("Say how the age is known."))
            return data
        low = years * 12 + (months or 0)
        high = low if months is not None and most is None else (most or years) * 12 + 11
        if most is not None and most < years:
            self.add_error("years_to", _("This is less than the age above."))
        return data | {
            "age_min_months": low,
            "age_max_months": high,
            "age_estimated": how == "estimated",
        }


class BackgroundForm(SectionForm):
    nationality = OneAnswer(
        "nationality",
        lambda: [("", gettext_lazy("Choose")), *by_name()],
        widget=forms.Select,
    )
    languages = Several("languages", list(SPOKEN.items()))
    more_languages = forms.CharField(
        label=gettext_lazy("Other languages"),
        help_text=gettext_lazy("Codes of ISO 639, such as mr or kok, with commas between them."),
        max_length=40,
        required=False,
    )
    marital_status = OneAnswer("marital_status", MaritalStatus)
    education = OneAnswer("education", Education)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        more = [
            code for code in re.split(r"[\s,]+", data.pop("more_languages", "").lower()) if code
        ]
        if any(not CODE.fullmatch(code) for code in more):
            self.add_error("more_languages", _("A code has two or three letters."))
        elif more and "languages" in data:
            if data["languages"] is None:
                self.add_error("languages", _("Choose answers, or “Not known”, not both."))
            else:
                data["languages"] = [*data["languages"], *more]
        return data


class SafetyForm(SectionForm):
    safety = OneAnswer("safety", Safety)
    reason = Words(
        gettext_lazy("What the danger is"),
        gettext_lazy("Who is a threat, and where it is not safe to call. Kept encrypted."),
    )


class PapersForm(SectionForm):
    papers = OneAnswer("papers", Papers)
    details = Words(
        gettext_lazy("Which papers, and who keeps them back"),
        gettext_lazy("Leave out numbers: enter those with the name. Kept encrypted."),
    )


class IdentificationForm(SectionForm):
    identified_on = DayField(
        label=gettext_lazy("Day we learned of the person"),
        help_text=gettext_lazy("Figures of people identified use this day."),
        required=False,
    )
    status = OneAnswer("status", TraffickingStatus)
    decided_by = OneAnswer("decided_by", DecidedBy)
    decided_on = DayField(label=LABELS["decided_on"], required=False)
    day_not_known = forms.BooleanField(label=gettext_lazy("The day is not known"), required=False)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.pop("day_not_known", False):
            if data.get("decided_on"):
                self.add_error("decided_on", _("Enter the day, or say that it is not known."))
            data["decided_on"] = None
        elif data.get("decided_on") is None and "decided_on" in data:
            data["decided_on"] = ""
        if not data.get("identified_on"):
            data.pop("identified_on", None)  # that day is always known: left empty, it stays
        return data


class ExploitationPartForm(SectionForm):
    what = Several("forms", ExploitationForm)
    industries = Several(
        "industries", Industry, help_text=gettext_lazy("For forms of labour only.")
    )
    sexual_kinds = Several(
        "sexual_kinds", SexualKind, help_text=gettext_lazy("For sexual exploitation only.")
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        return {"forms" if name == "what" else name: value for name, value in data.items()}


class ControlForm(SectionForm):
    recruitment = Several("recruitment", Recruitment)
    controls = Several("controls", Control)
    relationship = OneAnswer("relationship", Exploiter)


class RouteForm(SectionForm):
    """Place after place, with its days; more rows come when these are full."""

    def offer(self) -> None:
        places = _places_in_groups(self.case)
        for number in range(1, self._rows() + 1):
            self.fields[f"kind-{number}"] = forms.ChoiceField(
                label=_("%(n)s. What happened there") % {"n": number},
                choices=[("", gettext_lazy("Choose")), *Leg.choices],
                required=False,
            )
            self.fields[f"place-{number}"] = forms.ChoiceField(
                label=_("Place"), choices=places, required=False
            )
            self.fields[f"since-{number}"] = DayField(label=pgettext("day", "From"), required=False)
            self.fields[f"until-{number}"] = DayField(label=pgettext("day", "To"), required=False)
        self.fields["way_not_known"] = forms.BooleanField(
            label=_("The way is not known"), required=False
        )
        self.fields["lasted_years"] = Whole(_("It lasted, in years"), LONGEST_MONTHS // 12 - 1)
        self.fields["lasted_months"] = Whole(_("Months"), 11)
        self.fields["length_not_known"] = forms.BooleanField(
            label=_("How long it lasted is not known"), required=False
        )

    def _rows(self) -> int:
        sent = [name for name in self.data if name.startswith("place-") and self.data[name]]
        known = [name for name in self.initial if name.startswith("place-")]
        return min(max(4, len(sent), len(known) + 1), MOST_STOPS)

    def rows(self) -> list[list[BoundField]]:
        """The boxes of each place, to stand side by side."""
        parts = ("kind", "place", "since", "until")
        return [[self[f"{part}-{n}"] for part in parts] for n in range(1, self._rows() + 1)]

    def rest(self) -> list[Any]:
        names = ("way_not_known", "lasted_years", "lasted_months", "length_not_known")
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        values = {"stops": self._stops(data), "months": self._months(data)}
        return {} if self.errors else values

    def _stops(self, data: dict[str, Any]) -> list[Stop] | None:
        codes = {data.get(f"place-{n}") for n in range(1, self._rows() + 1)}
        places = {
            row.code: row for row in Jurisdiction.objects.filter(code__in=filter(None, codes))
        }
        stops = []
        for n in range(1, self._rows() + 1):
            kind, code, *days = (data.get(f"{p}-{n}") for p in ("kind", "place", "since", "until"))
            if bool(kind) != bool(code) or (any(days) and not code):
                self.add_error(f"place-{n}", _("Say what happened there, and where."))
            elif kind and code:
                stops.append(Stop(kind, places[code], *days))
        if data.get("way_not_known") and stops:
            self.add_error("way_not_known", _("Enter the way, or say that it is not known."))
        return None if data.get("way_not_known") else stops

    def _months(self, data: dict[str, Any]) -> int | str | None:
        years, months = data.get("lasted_years"), data.get("lasted_months")
        has_length = years is not None or months is not None
        if data.get("length_not_known"):
            if has_length:
                self.add_error(
                    "length_not_known", _("Enter how long, or say that it is not known.")
                )
            return None
        return (years or 0) * 12 + (months or 0) if has_length else ""


class IndicatorsForm(SectionForm):
    """Each sign with its answer and what the answer rests on."""

    def offer(self) -> None:
        for sign in Sign:
            self.fields[sign.value] = forms.ChoiceField(
                label=sign.label, choices=Answer, widget=forms.RadioSelect, required=False
            )
            field = Words(_("What this rests on"), _("Who said so, what was seen. Kept encrypted."))
            field.widget.attrs["rows"] = 2
            self.fields[f"evidence-{sign.value}"] = field

    def rows(self) -> list[list[Any]]:
        return [[self[sign.value], self[f"evidence-{sign.value}"]] for sign in Sign]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        answers = {sign: data[sign] for sign in Sign.values if data.get(sign)}
        evidence = {sign: data.get(f"evidence-{sign}", "") for sign in Sign.values}
        for sign, text in evidence.items():
            if text.strip() and sign not in answers:
                self.add_error(sign, _("Answer the question for which you enter evidence."))
        texts = {sign: text for sign, text in evidence.items() if text.strip()}
        return {"answers": answers, "evidence": texts}


def _places_in_groups(case: Case) -> list[tuple[StrOrPromise, object]]:
    """Every place under its country, read once for all boxes of the form."""
    groups = itertools.groupby(list(places_around(case)), lambda row: row.land)
    countries = [list(group) for _land, group in groups]
    return [("", gettext_lazy("Choose"))] + [
        (group[0].name, [(row.code, row.name) for row in group]) for group in countries
    ]
