"""Completing a person: a list of sections that can be left and taken up, one short form each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.views import RecordVerb
from casework.views.cases import Crumb
from core.access import CONTENT
from core.spoken import SPOKEN
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
from victims.models import Involvement
from victims.sections import OF_PERSON, SECTIONS, PersonInCase
from victims.services.exploitation import answer_indicators, describe_exploitation, set_route
from victims.services.identities import require_identity
from victims.services.persons import describe_person, note_papers, note_safety
from victims.services.sections import read_sections
from victims.services.telling import label_of, read_told

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from victims.models.records import SurvivorRecord

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
        context = {
            "person": person,
            "case": person.case,
            "groups": [
                {"title": _("The person"), "rows": rows[:of_person]},
                {"title": _("What happened in this case"), "rows": rows[of_person:]},
            ],
            "done": sum(row["done"] for row in rows),
            "all": len(rows),
        }
        return render(request, "victims/tasks.html", context)


class ReadTold(PersonPage):
    """What was told of a person in words."""

    service = read_told

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        words = read_told(self.target, actor=self.actor)
        context = {
            "person": self.target,
            "case": self.target.case,
            "now": [(label_of(about), text) for about, text in words.now.items()],
            "before": [(label_of(about), at, text) for about, at, text in words.before],
        }
        return render(request, "victims/told.html", context)


SEVERAL = ("languages", "forms", "industries", "sexual_kinds", "controls", "recruitment")


def survivor(row: Involvement | SurvivorRecord) -> Crumb:
    person = row.survivor
    return Crumb(its_page(person), person.code)


def to_complete(person: Involvement) -> Crumb:
    return Crumb(its_tasks(person), _("To complete"))


def section(code: str) -> Callable[[type[RecordVerb]], type[RecordVerb]]:
    """A page of one section, from which one goes on to the list of them."""

    def of_section(page: type[RecordVerb]) -> type[RecordVerb]:
        page.model, page.beside, page.part = Involvement, ("rescue__jurisdiction",), code
        page.title, page.intro = BY_CODE[code].label, BY_CODE[code].hint
        page.submit_label = gettext_lazy("Save and go on")
        page.beneath = (survivor, to_complete)
        return page

    return of_section


def answers(page: RecordVerb) -> dict[str, Any]:
    """What is known, also from the rescue report, as the boxes of the section take it."""
    person_in_case = PersonInCase(page.target, page.actor)
    given = {name: _answer(person_in_case, name) for name in BY_CODE[page.part].questions}
    return {name: value for name, value in given.items() if value not in (None, "", [])}


def _answer(known: PersonInCase, name: str) -> object:
    if known.is_not_known(name):
        return [NOT_KNOWN] if name in SEVERAL else NOT_KNOWN
    return known.value(name)


def open_words(page: RecordVerb) -> dict[str, str]:
    """Words open to those who know who the person is: read as a deed, before they are shown."""
    if page.request.method != "GET" or not page.actor.has_perm(Perm.IDENTITY_VIEW):
        return {}
    return read_told(page.target, actor=page.actor).now


@section("age")
class Age(RecordVerb):
    service, form_class, done_to = describe_person, AgeForm, "victim"

    def get_initial(self) -> dict[str, object]:
        person_in_case = PersonInCase(self.target, self.actor)
        victim, background = person_in_case.aged
        sex = person_in_case.value("sex")
        initial: dict[str, Any] = {"sex": sex if sex != Sex.UNKNOWN else ""}
        if person_in_case.is_not_known("sex"):
            initial["sex"] = NOT_KNOWN
        if person_in_case.is_not_known("age"):
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


@section("background")
class Background(RecordVerb):
    service, form_class, done_to = describe_person, BackgroundForm, "victim"

    def get_initial(self) -> dict[str, object]:
        initial = answers(self)
        codes = initial.get("languages", "")
        if isinstance(codes, str):
            spoken = codes.split(",") if codes else []
            initial["languages"] = [code for code in spoken if code in SPOKEN]
            initial["more_languages"] = ", ".join(c for c in spoken if c not in SPOKEN)
        return initial


@section("safety")
class Safety(RecordVerb):
    service, form_class, done_to = note_safety, SafetyForm, "victim"
    requires = (require_identity,)

    def get_initial(self) -> dict[str, object]:
        return answers(self) | {"reason": open_words(self).get("safety", "")}


@section("papers")
class Papers(RecordVerb):
    service, form_class, done_to = note_papers, PapersForm, "victim"
    requires = (require_identity,)

    def get_initial(self) -> dict[str, object]:
        return answers(self) | {"details": open_words(self).get("papers", "")}


@section("identification")
class Identification(RecordVerb):
    service, form_class = describe_exploitation, IdentificationForm

    def get_initial(self) -> dict[str, object]:
        initial = answers(self) | {"identified_on": self.target.identified_on}
        if initial.get("decided_on") == NOT_KNOWN:
            return initial | {"decided_on": None, "day_not_known": True}
        return initial


@section("exploitation")
class What(RecordVerb):
    """Begins with what the kind of the case says of it."""

    service, form_class = describe_exploitation, ExploitationPartForm

    def get_initial(self) -> dict[str, object]:
        initial = answers(self)
        return initial | {
            "what": initial.get("forms") or list(FORMS_OF.get(self.case.programme, ()))
        }


@section("control")
class How(RecordVerb):
    service, form_class = describe_exploitation, ControlForm

    def get_initial(self) -> dict[str, object]:
        return answers(self)


@section("route")
class Route(RecordVerb):
    """Begins with where the person was found, as the rescue says."""

    service, form_class = set_route, RouteForm
    template_name = "victims/rows_form.html"

    def get_initial(self) -> dict[str, object]:
        person_in_case = PersonInCase(self.target, self.actor)
        stops = [(s.kind, s.jurisdiction.code, s.since, s.until) for s in person_in_case.route]
        met, unknown = self.target.rescue, person_in_case.is_not_known("route")
        if met and not stops and not unknown:
            stops = [(Leg.IDENTIFIED.value, met.jurisdiction.code, met.occurred_on, None)]
        initial: dict[str, Any] = {"way_not_known": unknown}
        for n, (kind, code, since, until) in enumerate(stops, 1):
            initial |= {f"kind-{n}": kind, f"place-{n}": code}
            initial |= {f"since-{n}": since, f"until-{n}": until}
        months = person_in_case.exploitation.months
        if months is not None:
            initial |= {"lasted_years": months // 12, "lasted_months": months % 12}
        return initial | {"length_not_known": person_in_case.is_not_known("months")}


@section("indicators")
class Indicators(RecordVerb):
    service, form_class = answer_indicators, IndicatorsForm
    requires = (require_identity,)
    template_name = "victims/rows_form.html"

    def get_initial(self) -> dict[str, Any]:
        evidence = {f"evidence-{sign}": text for sign, text in open_words(self).items()}
        return PersonInCase(self.target, self.actor).signs | evidence
