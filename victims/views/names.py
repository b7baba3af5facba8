"""Who a person is, a page for each verb. A name stands only in the answer to the asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from casework.case_pages import address
from casework.views import RecordVerb
from core.services import Refused
from core.web import FormPage
from victims.enums import IdentityField, NameReason
from victims.forms.names import CorrectionForm, IdentityForm, NameSearchForm, ReasonForm
from victims.models import Involvement
from victims.services.identities import (
    NAMES,
    RevealedIdentity,
    correct_identity,
    identity_of,
    record_identity,
    require_identity,
    reveal_identity,
    search_names,
    warnings_of,
)
from victims.services.matches import read_alike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User
    from victims.models import Identity


SHOWN_SECONDS = 60
REASONS = "reasons_for_names"  # in the session: by person, the reason once given
NAMESAKES = "namesakes"  # in the session: survivors whose case page says, once, whose name it is


def alike(page: RecordVerb, identity: Identity) -> str:
    """Where somebody of a like name is looked at; what the name warns of comes before that."""
    warned = keep_namesakes(page.request, warnings_of(identity, actor=page.actor))
    return "" if warned else known_already(page.target, page.actor)


class RecordIdentity(RecordVerb):
    model, service, form_class, part = Involvement, record_identity, IdentityForm, "survivors"
    requires = (require_identity,)

    def act(self, form: BaseForm) -> str:
        identity = record_identity(self.target, actor=self.actor, **form.cleaned_data)
        return alike(self, identity) or self.after()


class CorrectIdentity(RecordVerb):
    model, service, form_class, part = Involvement, correct_identity, CorrectionForm, "survivors"
    requires = (require_identity,)
    title = gettext_lazy("Correct who this is")
    intro = gettext_lazy(
        "The recorded values are not shown here. Fields that you leave empty stay as they are."
    )

    def current(self) -> int:
        version: int = identity_of(self.target, self.actor).version
        return version

    def act(self, form: Any) -> str:
        identity = identity_of(self.target, self.actor)
        changes = form.changes
        identity = correct_identity(identity, version=self.version, actor=self.actor, **changes)
        return (set(NAMES) & set(changes) and alike(self, identity)) or self.after()


class RevealName(RecordVerb):
    """Asks for a reason once per person and session, then shows the name for a minute."""

    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    model, service, form_class, part = Involvement, reveal_identity, ReasonForm, "survivors"
    submit_label = gettext_lazy("Show the name")

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if "straight" not in request.POST:
            return super().post(request, *args, **kwargs)
        given = request.session.get(REASONS, {}).get(str(self.target.victim_id))
        if given:
            return self._show(given)
        return self.render_to_response(self.get_context_data(form=ReasonForm()))

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self._show(form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=409)

    def _show(self, reason: str) -> HttpResponse:
        answer = reveal_identity(self.target, reason=reason, actor=self.actor)
        session = self.request.session
        session[REASONS] = session.get(REASONS, {}) | {str(self.target.victim_id): reason}
        response = render(
            self.request,
            "victims/name.html",
            {
                "person": self.target,
                "case": self.case,
                "reason": NameReason(reason).label,
                "lines": _lines(answer),
                "former": answer.former,
                "seconds": SHOWN_SECONDS,
                "back_url": self.after(),
            },
        )
        response["Refresh"] = f"{SHOWN_SECONDS}; url={self.after()}"  # also without script
        return response


def keep_namesakes(request: HttpRequest, namesakes: Iterable[Any]) -> bool:
    """Kept in the session until a page says it: no address says whose name it is."""
    if parts := [str(namesake.person.pk) for namesake in namesakes]:
        request.session[NAMESAKES] = parts
    return bool(parts)


def known_already(person: Involvement, actor: User) -> str:
    """Where to look when somebody of a like name is known; nothing is held up by it."""
    if not actor.has_perm(read_alike.permission):
        return ""
    return reverse("victims:alike", args=[person.pk]) if read_alike(person, actor=actor) else ""


def _lines(answer: RevealedIdentity) -> list[tuple[object, str]]:
    return [(IdentityField(name).label, getattr(answer.identity, name)) for name in answer.fields]


class SearchNames(FormPage):
    """By POST only: a name never stands in an address."""

    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    service, permission = search_names, search_names.permission
    form_class, template_name = NameSearchForm, "victims/search.html"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            answer = search_names(form.cleaned_data["name"], actor=self.actor)
        except Refused as refusal:
            form.add_error("name", str(refusal))
            return self.form_invalid(form)
        rows = [_hit(row) | {"alike": row.victim_id in answer.alike} for row in answer.people]
        return self.render_to_response(
            self.get_context_data(form=form, asked=True, people=rows, more=answer.more)
        )


def _hit(row: Involvement) -> dict[str, object]:
    return {
        "code": row.code,
        "words": row.victim.in_words,
        "reference": row.case.reference,
        "case_url": address(row.case.pk, "survivors"),
    }
