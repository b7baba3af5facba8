"""The verbs of a case, one page each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.case_pages import address
from casework.forms.cases import CaseForm, PeopleForm, RecordForm, SiteForm
from casework.models import Assignment, Case, CaseRecord, Narrative
from casework.querysets import at_work
from casework.services.cases import (
    assign,
    correct_case,
    members_of,
    move_case,
    open_case,
    require_content,
)
from casework.services.rescues import open_narrative, register_site
from core.lists.pagination import going_on
from core.verbs.pages import page as verb_page
from core.verbs.undo import Undo
from core.web import FormPage, Page, StepPage

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Collection

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from accounts.models.people import UserQuerySet
    from core.access import ScopedQuerySet

    Line = tuple[StrOrPromise, object]

MOST_NAMED = 5  # warnings in an address; the page of the case shows them all


class OpenCase(FormPage):
    once = True
    permission = open_case.permission
    form_class = CaseForm
    template_name = "casework/case_form.html"

    def get_form_kwargs(self) -> dict[str, object]:
        home = self.actor.home_office and self.actor.home_office.jurisdiction
        return super().get_form_kwargs() | {
            "country": home.country if home else "",
            "user": self.actor,
        }

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(
            title=_("Open a case"),
            intro=_("It opens in your office, and you are on its team."),
            submit_label=_("Open the case"),
            **kwargs,
        )

    def act(self, form: BaseForm) -> str:
        return open_case(actor=self.actor, **form.cleaned_data).get_absolute_url()


class Crumb(NamedTuple):
    url: str
    label: str


class RecordVerb(FormPage):
    """A verb on a case, or on a row of one, whose form offers what the case holds."""

    model: Any = Case
    form_base: ClassVar[Any] = RecordForm
    template_name = "casework/case_form.html"
    part = ""  # the section of the pages of the case where the result stands
    beside: tuple[str, ...] = ()  # read together with the row, where its model does not say it
    requires: ClassVar[tuple[Callable[[Case, User], object], ...]] = ()  # before anything is asked
    tells: ClassVar[tuple[Callable[[Any, User], list[Line]], ...]] = ()  # after what the row tells
    beneath: ClassVar[tuple[Callable[[Any], Crumb], ...]] = ()  # pages below that of the case
    lists: ClassVar[dict[str, str]] = {}  # who works through one goes on there: its mark, its page
    warnings: ClassVar[tuple[Callable[[Case, User], list[str]], ...]] = ()  # named if they are new
    from_outside: ClassVar[bool] = False  # by somebody to whom the case is disclosed
    known: Collection[str] = ()

    @property
    def case(self) -> Case:
        case: Case = self.target if isinstance(self.target, Case) else self.target.case
        return case

    def before(self) -> str:
        return self.listed or super().before()

    @property
    def asks_of_the_case(self) -> bool:
        return issubclass(self.get_form_class(), RecordForm)

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related(*self.beside) if self.beside else super().rows()

    def about(self) -> list[Line]:
        """What stands above the form, beside the case: labels and values."""
        more = (line for tell in self.tells for line in tell(self.target, self.actor))
        return [*self.target.describe(), *more]

    @property
    def listed(self) -> str:
        """The list that is gone through, where it was left."""
        return going_on(self.request.GET, self.lists)

    @cached_property
    def crumbs(self) -> list[Crumb]:
        return [crumb(self.target) for crumb in self.beneath]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = {"case": self.case, "about": self.about()}
        if self.crumbs:
            context |= {"crumbs": self.crumbs, "back_url": self.crumbs[-1].url}
        if self.listed:
            context["back_url"] = self.listed
        return super().get_context_data(**(context | kwargs))

    def get_form(self, form_class: Any = None) -> Any:
        inside = self.asks_of_the_case and not self.from_outside
        of_the_case = (require_content,) if inside else ()
        for require in (*self.requires, *of_the_case):  # who may not write here is not asked to
            require(self.case, self.actor)
        return super().get_form(form_class)

    def get_form_kwargs(self) -> dict[str, object]:
        given = super().get_form_kwargs()
        if self.asks_of_the_case:
            given |= {"target": self.target, "user": self.actor}
        return given

    def form_valid(self, form: object) -> HttpResponse:
        self.known = self.warned()
        return super().form_valid(form)

    def warned(self) -> list[str]:
        return [key for keys in self.warnings for key in keys(self.case, self.actor)]

    def after(self) -> str:
        """Nothing is held up, but what the page of the case now warns of is named there."""
        new = [key for key in self.warned() if key not in self.known][:MOST_NAMED]
        if self.listed and not new:
            return self.listed
        if self.crumbs:
            return f"{self.crumbs[-1].url}#{self.where}"
        there = super().after()
        if there in (address(self.case.pk), address(self.case.pk, self.its_section)):
            return address(self.case.pk, self.where, {"new": new} if new else None)
        return there  # what has a page of its own

    @property
    def where(self) -> str:
        """The section of the pages of the case where it stands then."""
        return self.part or self.its_section

    @property
    def its_section(self) -> str:
        row = self.given_back if isinstance(self.given_back, CaseRecord) else self.target
        return getattr(row, "part", "")


page = partial(verb_page, RecordVerb)


class CorrectCase(RecordVerb):
    service, form_class = correct_case, CaseForm

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {
            "country": self.target.jurisdiction.country,
            "kept": self.target.jurisdiction_id,
            "user": self.actor,
        }

    def get_initial(self) -> dict[str, object]:
        case = self.target
        return {
            "programme": case.programme,
            "jurisdiction": case.jurisdiction.code,
            "opened_on": case.opened_on,
            "support_level": case.support_level,
        }


class RegisterSite(RecordVerb):
    service, form_class = register_site, SiteForm
    submit_label = gettext_lazy("Add the site")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {
            "country": self.target.jurisdiction.country,
            "user": self.actor,
        }

    def get_initial(self) -> dict[str, object]:
        return {"jurisdiction": self.target.jurisdiction.code}

    def after(self) -> str:
        return address(self.case.pk, "sites")


class Assign(RecordVerb):
    service, form_base = assign, PeopleForm
    template_name = "casework/assign_form.html"

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"people": self._people}

    @cached_property
    def _people(self) -> UserQuerySet:
        case = self.target
        on_team = case.assignment_set.in_force().values("user")
        return members_of(case.office_id).exclude(pk__in=on_team).order_by("name")

    def taken_back_by(self, row: Assignment) -> Undo | None:
        others = Assignment.objects.in_force().filter(at_work(), case=row.case).exclude(pk=row.pk)
        if row.named or not others.exists():  # whom a sealed case names, and the only one, stays
            return None
        return Undo(_("On the team."), reverse("casework:take-off", args=[row.pk]))


class MoveCase(StepPage):
    """The step buttons of the case page."""

    model, service = Case, move_case


class ReadNarrative(Page):
    """What was told about a rescue: fetched only on opening, and recorded."""

    model, service = Narrative, open_narrative

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("case")

    @cached_property
    def target(self) -> Any:
        first = self.rows().filter(rescue=self.kwargs["pk"]).order_by("created_at", "pk").first()
        if first is None:
            raise Http404
        return first

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        parts = open_narrative(self.target, actor=self.actor)
        case, sees_team = self.target.case, self.actor.has_perm(Perm.TEAM_VIEW)
        fragment = request.headers.get("X-Fragment") == "1"
        template = "casework/narrative_fragment.html" if fragment else "casework/narrative.html"
        may = sees_team and self.actor.scope.reads(case, Perm.TEAM_VIEW)
        return render(request, template, {"parts": parts, "case": case, "sees_team": may})
