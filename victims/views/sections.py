"""Completing a person: a list of sections that can be left and taken up, one short form each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.views import RecordVerb
from core.access import CONTENT
from core.web import Page
from victims.crosswalk import FORMS_OF
from victims.enums import NOT_KNOWN, AgeBand, Leg, Sex
from victims.forms.sections import (
    AgeForm,
    BackgroundForm,
    ControlForm,
    ExploitationPartForm,
    IdentificationForm,
    IndicatorsForm,
    PapersForm,
    RouteForm,
    SafetyForm,
)
from victims.languages import SPOKEN
from victims.models import Involvement
from victims.sections import OF_PERSON, SECTIONS, Known, Section
from victims.services.exploitation import answer_indicators, describe_exploitation, set_route
from victims.services.identities import require_identity
from victims.services.persons import describe_person, note_papers, note_safety
from victims.services.sections import read_sections
from victims.services.telling import label_of, read_told

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

BY_CODE = {section.code: section for section in SECTIONS}


def its_page(person: Involvement) -> str:
    return reverse("desk:survivor", args=[person.pk])


def its_tasks(person: Involvement) -> str:
    return reverse("victims:tasks", args=[person.pk])


class PersonPage(Page):
    """A page about a person of a case."""

    model: Any = Involvement


class Tasks(PersonPage):
    """The list of sections, each with how far it is."""

    service = read_sections

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        rows, person = read_sections(self.target, actor=self.actor), self.target
        writes = self.actor.has_perm(Perm.PERSON_COMPLETE) and self.actor.scope.reaches(
            person.case, CONTENT
        )
        for row in rows:
            code = row["code"]
            row["url"] = reverse(f"victims:{code}", args=[person.pk]) if writes else ""
        of_person = len(OF_PERSON)
        shown = {
            "person": person,
            "case": person.case,
            "groups": [
                {"title": _("The person"), "rows": rows[:of_person]},
                {"title": _("What happened in this case"), "rows": rows[of_person:]},
            ],
            "done": sum(row["done"] for row in rows),
            "all": len(rows),
        }
        return render(request, "victims/tasks.html", shown)


class ReadTold(PersonPage):
    """What was told of a person in words."""

    service = read_told

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        said = read_told(self.target, actor=self.actor)
        shown = {
            "person": self.target,
            "case": self.target.case,
            "now": [(label_of(about), text) for about, text in said.now.items()],
            "before": [(label_of(about), at, text) for about, at, text in said.before],
        }
        return render(request, "victims/told.html", shown)


class SectionForm(RecordVerb):
    """One section, filled with what is known, also from the rescue report."""

    model: Any = Involvement
    beside = ("rescue__jurisdiction",)
    section: Section
    submit_label = gettext_lazy("Save and go on")

    @property
    def title(self) -> StrOrPromise:
        return self.section.label

    @property
    def intro(self) -> StrOrPromise:
        return self.section.hint

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        crumbs = [
            {"url": its_page(self.target), "label": self.target.code},
            {"url": its_tasks(self.target), "label": _("To complete")},
        ]
        back = its_tasks(self.target)
        return super().get_context_data(crumbs=crumbs, back_url=back, **kwargs)

    def get_initial(self) -> dict[str, object]:
        known = Known(self.target, self.actor)
        given = {name: self.given(known, name) for name in self.section.questions}
        return {name: value for name, value in given.items() if value not in (None, "", [])}

    def given(self, known: Known, name: str) -> Any:
        """The answer as its box takes it."""
        several = name in SEVERAL
        if known.is_not_known(name):
            return [NOT_KNOWN] if several else NOT_KNOWN
        return known.value(name)

    def after(self) -> str:
        return f"{its_tasks(self.target)}#{self.section.code}"


SEVERAL = ("languages", "forms", "industries", "sexual_kinds", "controls", "recruitment")


class OfPerson(SectionForm):
    """By the version of the person, who may be in several cases."""

    def current(self) -> int:
        version: int = self.target.victim.version
        return version

    def act(self, form: BaseForm) -> str:
        told = form.cleaned_data
        self.service(self.target.victim, version=self.version, actor=self.actor, **told)
        return self.after()


class InWords(SectionForm):
    """A section with words that are open to those who know who the person is."""

    def get_form(self, form_class: object = None) -> BaseForm:
        require_identity(self.case, self.actor)
        return super().get_form(form_class)

    def told(self) -> dict[str, str]:
        """Read as a deed, before they are shown in the boxes."""
        if self.request.method != "GET" or not self.actor.has_perm(Perm.IDENTITY_VIEW):
            return {}
        return read_told(self.target, actor=self.actor).now


class Age(OfPerson):
    service, form_class, section = describe_person, AgeForm, BY_CODE["age"]

    def get_initial(self) -> dict[str, object]:
        known = Known(self.target, self.actor)
        victim, background = known.aged
        sex = known.value("sex")
        initial: dict[str, Any] = {"sex": sex if sex != Sex.UNKNOWN else ""}
        if known.is_not_known("sex"):
            initial["sex"] = NOT_KNOWN
        if known.is_not_known("age"):
            return initial | {"how": NOT_KNOWN}
        low, high, estimated = (
            victim.age_min_months,
            victim.age_max_months,
            background.age_estimated,
        )
        if estimated is not None:
            initial["how"] = "estimated" if estimated else "exact"
        if low is None or (estimated is None and victim.age_band == AgeBand.ADULT):
            return initial  # “18 and over” says nothing to begin with
        initial["years"] = low // 12
        if low == high:
            initial["months"] = low % 12
        elif low // 12 != high // 12:
            initial["years_to"] = high // 12
        return initial


class Background(OfPerson):
    service, form_class, section = describe_person, BackgroundForm, BY_CODE["background"]

    def get_initial(self) -> dict[str, object]:
        initial = super().get_initial()
        codes = initial.get("languages", "")
        if isinstance(codes, str):
            spoken = codes.split(",") if codes else []
            initial["languages"] = [code for code in spoken if code in SPOKEN]
            initial["more_languages"] = ", ".join(c for c in spoken if c not in SPOKEN)
        return initial


class Safety(InWords, OfPerson):
    service, form_class, section = note_safety, SafetyForm, BY_CODE["safety"]

    def get_initial(self) -> dict[str, object]:
        return super().get_initial() | {"reason": self.told().get("safety", "")}


class Papers(InWords, OfPerson):
    service, form_class, section = note_papers, PapersForm, BY_CODE["papers"]

    def get_initial(self) -> dict[str, object]:
        return super().get_initial() | {"details": self.told().get("papers", "")}


class Identification(SectionForm):
    service, form_class = describe_exploitation, IdentificationForm
    section = BY_CODE["identification"]

    def get_initial(self) -> dict[str, object]:
        initial = super().get_initial() | {"identified_on": self.target.identified_on}
        if initial.get("decided_on") == NOT_KNOWN:
            return initial | {"decided_on": None, "day_not_known": True}
        return initial


class What(SectionForm):
    """Begins with what the kind of the case says of it."""

    service, form_class = describe_exploitation, ExploitationPartForm
    section = BY_CODE["exploitation"]

    def get_initial(self) -> dict[str, object]:
        initial = super().get_initial()
        return initial | {
            "what": initial.get("forms") or list(FORMS_OF.get(self.case.programme, ()))
        }


class How(SectionForm):
    service, form_class, section = describe_exploitation, ControlForm, BY_CODE["control"]


class Route(SectionForm):
    """Begins with where the person was found, as the rescue says."""

    service, form_class, section = set_route, RouteForm, BY_CODE["route"]
    template_name = "victims/rows_form.html"

    def get_initial(self) -> dict[str, object]:
        known = Known(self.target, self.actor)
        stops = [(s.kind, s.jurisdiction.code, s.since, s.until) for s in known.route]
        met, unknown = self.target.rescue, known.is_not_known("route")
        if met and not stops and not unknown:
            stops = [(Leg.IDENTIFIED.value, met.jurisdiction.code, met.occurred_on, None)]
        initial: dict[str, Any] = {"way_not_known": unknown}
        for n, (kind, code, since, until) in enumerate(stops, 1):
            initial |= {f"kind-{n}": kind, f"place-{n}": code}
            initial |= {f"since-{n}": since, f"until-{n}": until}
        months = known.exploitation.months
        if months is not None:
            initial |= {"lasted_years": months // 12, "lasted_months": months % 12}
        return initial | {"length_not_known": known.is_not_known("months")}


class Indicators(InWords):
    service, form_class, section = answer_indicators, IndicatorsForm, BY_CODE["indicators"]
    template_name = "victims/rows_form.html"

    def get_initial(self) -> dict[str, Any]:
        told = {f"evidence-{sign}": text for sign, text in self.told().items()}
        return Known(self.target, self.actor).signs | told
