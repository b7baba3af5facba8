"""Accounts, for those who look after them. Nothing here is about a case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.forms.people import InviteForm, PeopleFilter
from accounts.links import linked
from accounts.list_views import page_of
from accounts.models import AccountChange, Status, User
from accounts.permissions import Perm
from accounts.services.invitations import invite
from accounts.services.people import read_changes, read_held, read_people, read_person
from core.lists.pagination import BadPage
from core.verbs.pages import page as verb_page
from core.web import FormPage, Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from core.lists.pages import ListPage

LONGEST, MOST_FOUND = 120, 50
TONES = {Status.ACTIVE: "ok", Status.INVITED: "warn", Status.DISABLED: ""}


def tagged(person: Any) -> Any:
    """With the words and the colour of the status, for the page."""
    status = Status(person.status)
    person.status_label, person.tone = status.label, TONES[status]
    return person


class People(Page):
    """Everybody who has, had or was offered an account, by name."""

    service, permission = read_people, read_people.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            page = page_of(PeopleFilter(request.GET.dict(), user=self.actor))
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("people:list"))
        return self.show(page, page.rows)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Who is called like this: what is typed is a name, which stands in no address."""
        typed = request.POST.get("q", "").strip()[:LONGEST]
        page = page_of(PeopleFilter({}, user=self.actor))
        people = User.objects.with_roles().called(typed)[:MOST_FOUND] if typed else page.rows
        return self.show(page, [*people], typed=typed)

    def show(self, page: ListPage, people: list[User], typed: str = "") -> HttpResponse:
        context = {
            "list": page,
            "people": [tagged(person) for person in read_people(people, actor=self.actor)],
            "typed": typed,
            "can_manage": self.actor.has_perm(Perm.PEOPLE_MANAGE),
            "linked": linked(people),
            "can_issue": self.actor.has_perm(Perm.KEY_ISSUE),
            "waiting": AccountChange.objects.waiting().count(),
        }
        return render(self.request, "people/list.html", context)


class Person(Page):
    model, service = User, read_person

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = read_person(self.target, actor=self.actor)
        person = tagged(context["person"])
        may = {
            "can_manage": request.user.has_perm(Perm.PEOPLE_MANAGE),
            "can_ask": person.pk != request.user.pk and person.status != Status.DISABLED,
        }
        return render(request, "people/person.html", context | may)


class Changes(Page):
    """What waits for a second person."""

    permission = read_changes.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "changes": read_changes(actor=self.actor),
            "can_manage": request.user.has_perm(Perm.PEOPLE_MANAGE),
        }
        return render(request, "people/changes.html", context)


class AccountPage(FormPage):
    """A verb on an account, or on what belongs to one, which says what stands above the form."""

    template_name = "people/form.html"
    listed = "people:list"  # where a new one goes back to
    leaving = False  # says first what then rests on nobody

    def back(self) -> str:
        """To whom it is about, not on to what was asked for."""
        if not self.is_about_a_row:
            return reverse(self.listed)
        row = self.target
        if hasattr(row, "get_absolute_url"):
            return str(row.get_absolute_url())
        person = getattr(row, "user", row)
        return getattr(row, "account_url", "") or reverse("people:person", args=[person.pk])

    def before(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = {"back_url": self.back()}
        if self.is_about_a_row:
            context["about"] = self.target.describe()
        if self.leaving:
            context["held"] = read_held(getattr(self.target, "user", self.target), actor=self.actor)
        return super().get_context_data(**(context | kwargs))

    def after(self) -> str:
        return self.back()


page = partial(verb_page, AccountPage)


class Invite(AccountPage):
    service, form_class = invite, InviteForm
    submit_label = gettext_lazy("Invite")

    def act(self, form: BaseForm) -> str:
        made = invite(actor=self.actor, **form.cleaned_data)
        return reverse("people:person", args=[made.user_id])
