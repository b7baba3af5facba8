"""A person across cases: looked at, described, called by other names, recognised in two records.

No address and no title names anyone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import refusals
from core.alike.matching import Apart, field_by_field, queue
from core.lists.pagination import BadPage
from core.services import Refused
from core.web import FormPage, Page
from places.countries import country_in_words
from prosecutions.forms.perpetrators import (
    AskForm,
    DescribeForm,
    JudgeForm,
    MergeForm,
    PersonForm,
)
from prosecutions.models import Alias, Merge, OffenderMatch, Perpetrator
from prosecutions.networks import heading
from prosecutions.persons import alike, may_write_about, reached, records_of
from prosecutions.roles import soonest
from prosecutions.services.matches import judge_offenders, read_offender_matches
from prosecutions.services.perpetrators import (
    add_alias,
    describe_perpetrator,
    merge_perpetrators,
    remove_alias,
    require_person,
    undo_merge,
)
from prosecutions.services.persons import Person, compare_perpetrators, read_alike, read_person
from prosecutions.views.survivors import warn_of_survivors, warnings_once
from victims.enums import Sex

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from prosecutions.models import NetworkMember, Suspect


def page_of(record: UUID) -> str:
    return reverse("prosecutions:perpetrator", args=[record])


class PersonPage(Page):
    """Everything this reader may know of one person, across cases."""

    model, service = Perpetrator, read_person

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = read_person(self.target, actor=self.actor)
        person = context["person"]
        writes = may_write_about(person.stands, self.actor)
        others = [row for row, _roles in context["alike"]]
        merges = writes and self.actor.has_perm(Perm.PERPETRATOR_MERGE)
        page = {
            "next": soonest(context["roles"]),
            "seats": [seat_shown(row) for row in context["seats"]],
            "facts": [fact for fact in facts_of(person)[1:] if fact[1]],
            "named": any(row.name or row.aliases.all() for row in person.records),
            "compare": reached(others, self.actor) if merges else (),
            "namesakes": warnings_once(request, {role.case_id for role in person.roles}),
            "may": {
                "describe": writes and self.actor.has_perm(Perm.SUSPECT_NAME),
                "merge": merges,
            },
        }
        return render(request, "prosecutions/perpetrator.html", context | page)


class PersonVerb(FormPage):
    """A verb on a person, whom its page does not name in the title."""

    model: Any = Perpetrator
    form_base = PersonForm
    template_name = "prosecutions/perpetrator_form.html"
    title: Any = ""
    intro: Any = ""
    submit_label: Any = ""

    def before(self) -> str:
        return page_of(self.target.pk)

    after = before

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        require_person(self.target, self.actor)  # who may not write here is not asked to
        return super().get_form(form_class)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"target": self.target, "user": self.actor}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**({"back": self.before()} | kwargs))


class DescribePerpetrator(PersonVerb):
    service, form_class = describe_perpetrator, DescribeForm
    submit_label = gettext_lazy("Save")

    def get_initial(self) -> dict[str, object]:
        return {name: getattr(self.target, name) for name in DescribeForm.base_fields}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        kwargs.setdefault("version", self.version or self.target.version)
        return super().get_context_data(**kwargs)

    def act(self, form: BaseForm) -> str:
        self.service(self.target, version=self.version, actor=self.actor, **form.cleaned_data)
        warn_of_survivors(self.request, self.target)
        return self.after()


class AddAlias(PersonVerb):
    service = add_alias
    submit_label = gettext_lazy("Add the name")

    def after(self) -> str:
        if warn_of_survivors(self.request, self.target):
            return super().after()
        return known_already(self.target, self.actor) or super().after()


class RemoveAlias(Page):
    """The button beside another name."""

    model, service = Alias, remove_alias

    def before(self) -> str:
        return page_of(self.target.perpetrator_id)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        address = self.before()
        remove_alias(self.target, actor=self.actor)
        return HttpResponseRedirect(address)


class MergePerpetrators(PersonVerb):
    """Which other record, then the two side by side, then the button that says they are one."""

    service, form_class = merge_perpetrators, MergeForm
    template_name = "prosecutions/perpetrator_merge.html"
    keeps_drafts = False  # what is chosen stands in the address

    @cached_property
    def asked(self) -> AskForm:
        given = self.request.POST or self.request.GET or None
        return AskForm(given, target=self.target, user=self.actor)

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(ask=self.asked, **kwargs)
        other = self.asked.found
        if other is None:
            offered = self._offered()
            return context | {"alike": offered, "compare": {row.pk for row, _roles in offered}}
        pair = compare_perpetrators(self.target, other=other, actor=self.actor)
        rows = field_by_field(*(facts_of(side) for side in pair))
        return context | {"other": other, "pair": pair, "rows": rows, "apart": Apart}

    def _offered(self) -> list[tuple[Perpetrator, list[Suspect]]]:
        """Whom this person may write about, too; with others nothing could be merged."""
        others = read_alike(self.target, actor=self.actor)
        there = reached([row for row, _roles in others], self.actor)
        return [(row, roles) for row, roles in others if row.pk in there]


class JudgePair(Page):
    """The buttons below two records that may be of one person."""

    model, service = Perpetrator, judge_offenders

    def before(self) -> str:
        return page_of(self.target.pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        form = JudgeForm(request.POST, target=self.target, user=self.actor)
        if not form.is_valid():
            raise Refused(refusals.gettext("Say whether they are the same person."))
        judge_offenders(self.target, actor=self.actor, **form.cleaned_data)
        return HttpResponseRedirect(reverse("prosecutions:duplicates"))


class Duplicates(Page):
    """The queue: pairs of offenders the reader may see, by what was said of them."""

    service, permission = read_offender_matches, read_offender_matches.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        path = reverse("prosecutions:duplicates")
        try:
            page = queue(OffenderMatch.objects.visible_to(self.actor), path, request.GET.dict())
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(path)
        page["pairs"] = read_offender_matches(page.pop("rows"), actor=self.actor)
        page["merges"] = self.actor.has_perm(Perm.PERPETRATOR_MERGE)
        return render(request, "prosecutions/duplicates.html", page)


class UndoMerge(Page):
    """The button beside a merge."""

    model, service = Merge, undo_merge

    def before(self) -> str:
        return page_of(self.target.kept_id)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        undo_merge(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())


def seat_shown(row: NetworkMember) -> dict[str, object]:
    """A network, and what being a member of it rests on."""
    return heading(row.network) | {"row": row, "role": row.get_role_display()}


def facts_of(person: Person) -> list[tuple[StrOrPromise, str]]:
    """Labels and words; nothing where nothing is known."""
    row = person.stands
    return [
        (_("Name"), row.name),
        (_("Kind"), row.get_kind_display()),
        (_("Sex"), row.get_sex_display() if row.sex != Sex.UNKNOWN else ""),
        (_("Nationality"), country_in_words(row.nationality)),
        (_("Year of birth"), str(row.born_year or "")),
    ]


def known_already(record: Perpetrator, actor: User) -> str:
    """Where to look when somebody of a like name is known; nothing is held up by it."""
    others = alike(records_of(record, actor), actor)
    return f"{page_of(record.pk)}#alike" if others else ""
