"""Accounts, for those who look after them. Nothing here is about a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AccountChange, Invitation, Membership, Status, User
from accounts.people_forms import InviteForm, RoleForm
from accounts.permissions import Perm
from accounts.services.changes import (
    ask_role,
    ask_second_factor_reset,
    confirm_change,
    refuse_change,
    withdraw_change,
)
from accounts.services.invitations import invite, invite_again
from accounts.services.leaving import disable_person, end_role, withdraw_invitation
from accounts.services.people import read_changes, read_held, read_people, read_person
from core.web import FormPage, Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from core.access import ScopedQuerySet

TONES = {Status.ACTIVE: "ok", Status.INVITED: "warn", Status.DISABLED: ""}


def tagged(person: Any) -> Any:
    """With the words and the colour of the status, for the page."""
    status = Status(person.status)
    person.status_label, person.tone = status.label, TONES[status]
    return person


class People(Page):
    """Everybody by office, then those without a role."""

    permission = read_people.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        found = [tagged(person) for person in read_people(actor=self.actor)]
        offices: dict[str, list[Any]] = {}
        for person in found:
            for office in sorted({role.office.name for role in person.in_office}) or [""]:
                offices.setdefault(office, []).append(person)
        shown = {
            "offices": sorted(offices.items(), key=lambda item: (not item[0], item[0])),
            "can_manage": request.user.has_perm(Perm.PEOPLE_MANAGE),
            "can_issue": request.user.has_perm(Perm.KEY_ISSUE),
            "waiting": AccountChange.objects.waiting().count(),
        }
        return render(request, "people/list.html", shown)


class Person(Page):
    model, service = User, read_person

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        shown = read_person(self.target, actor=self.actor)
        person = tagged(shown["person"])
        may = {
            "can_manage": request.user.has_perm(Perm.PEOPLE_MANAGE),
            "can_ask": person.pk != request.user.pk and person.status != Status.DISABLED,
        }
        return render(request, "people/person.html", shown | may)


class Changes(Page):
    """What waits for a second person."""

    permission = read_changes.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = {
            "changes": read_changes(actor=self.actor),
            "can_manage": request.user.has_perm(Perm.PEOPLE_MANAGE),
        }
        return render(request, "people/changes.html", shown)


class AccountForm(FormPage):
    """The words of a form about an account, and where it goes back to."""

    template_name = "people/form.html"
    title: Any = ""
    intro: Any = ""
    submit_label: Any = ""
    danger = False

    def person(self) -> User | None:
        return None

    def back(self) -> str:
        person = self.person()
        return reverse("people:person", args=[person.pk]) if person else reverse("people:list")

    def about(self) -> list[tuple[str, Any]]:
        person = self.person()
        return [(_("Person"), person.name), (_("User name"), person.username)] if person else []

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "title": self.title,
            "intro": self.intro,
            "submit_label": self.submit_label,
            "danger": self.danger,
            "about": self.about(),
            "back_url": self.back(),
        }
        return super().get_context_data(**words, **kwargs)


class Invite(AccountForm):
    permission, service, form_class = invite.permission, invite, InviteForm
    title = gettext_lazy("Invite a person")
    intro = gettext_lazy(
        "We send a link to choose a password by mail. The role begins when a second "
        "person has confirmed it."
    )
    submit_label = gettext_lazy("Invite")

    def act(self, form: BaseForm) -> str:
        made = invite(actor=self.actor, **form.cleaned_data)
        return reverse("people:person", args=[made.user_id])


class AccountVerb(AccountForm, FormPage):
    """A verb on an account."""

    model: Any = User

    def person(self) -> User | None:
        found: User = self.target if isinstance(self.target, User) else self.target.user
        return found

    def after(self) -> str:
        return self.back()


class AskRole(AccountVerb):
    service, form_class = ask_role, RoleForm
    title = gettext_lazy("Ask for a role")
    intro = gettext_lazy("It begins when a second person has confirmed it.")
    submit_label = gettext_lazy("Ask")


class ResetSecondFactor(AccountVerb):
    service = ask_second_factor_reset
    title = gettext_lazy("Reset the second factor")
    intro = gettext_lazy(
        "Make sure it is them: call a number you knew before. When a second person has confirmed,"
        " the next sign-in sets up a new second factor, and the person is told."
    )
    submit_label = gettext_lazy("Ask")


class LeavingVerb(AccountVerb):
    """Takes something away, and says first what then rests on nobody."""

    danger = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        person = self.person()
        held = read_held(person, actor=self.actor) if person else []
        return super().get_context_data(held=held, **kwargs)


class Disable(LeavingVerb):
    service = disable_person
    title = gettext_lazy("Disable the account")
    intro = gettext_lazy(
        "At once: sessions, keys and roles end. To come back, the person is invited again and gets"
        " roles from two persons."
    )
    submit_label = gettext_lazy("Disable")


class InviteAgain(AccountVerb):
    service = invite_again
    title = gettext_lazy("Invite again")
    intro = gettext_lazy("We send a new link; earlier links stop working.")
    submit_label = gettext_lazy("Invite again")


class EndRole(LeavingVerb):
    model, service = Membership, end_role
    title = gettext_lazy("End a role")
    intro = gettext_lazy("This takes effect at once, from the person’s next request.")
    submit_label = gettext_lazy("End the role")

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("user", "office")

    def about(self) -> list[tuple[str, object]]:
        role = self.target
        return [*super().about(), (_("Role"), f"{role.get_role_display()}, {role.office}")]


class WithdrawInvitation(AccountVerb):
    model, service, danger = Invitation, withdraw_invitation, True
    title = gettext_lazy("Withdraw the invitation")
    intro = gettext_lazy("The link stops working, and the request for the role is dropped.")
    submit_label = gettext_lazy("Withdraw")

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("user")


class Decide(AccountVerb):
    """What was asked for, in full, and one button."""

    model = AccountChange

    def rows(self) -> ScopedQuerySet:
        return super().rows().latest_first()

    def back(self) -> str:
        return reverse("people:changes")

    def about(self) -> list[tuple[str, Any]]:
        change = self.target
        what = [(_("Change"), change.get_kind_display())]
        if change.role:
            what.append((_("Role"), f"{change.get_role_display()}, {change.office}"))
        asked = [(_("Reason"), change.reason), (_("Asked by"), change.asked_by.name)]
        return [*super().about(), *what, *asked]


class Confirm(Decide):
    service = confirm_change
    title = gettext_lazy("Confirm a change")
    intro = gettext_lazy("You are the second person. It takes effect at once.")
    submit_label = gettext_lazy("Confirm")


class Refuse(Decide):
    service, danger = refuse_change, True
    title = gettext_lazy("Refuse a change")
    intro = gettext_lazy("Nothing changes, and the person who asked is told.")
    submit_label = gettext_lazy("Refuse")


class Withdraw(Decide):
    service, danger = withdraw_change, True
    title = gettext_lazy("Withdraw a change")
    intro = gettext_lazy("Nothing changes.")
    submit_label = gettext_lazy("Withdraw")
