"""Consents, siblings, and the same person in another case: one page for each verb."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from core.verbs.pages import page as verb_page
from core.web import Page
from victims.forms.consents import ConsentForm, InvolveForm
from victims.models import Consent, Involvement, Sibling, Withdrawal
from victims.recipients import names
from victims.services.consents import grant_consent
from victims.services.involving import involve
from victims.services.siblings import leave_siblings
from victims.views.sections import its_page, survivor

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from accounts.models import User


def agreed(row: Consent | Withdrawal, reader: User) -> list[tuple[StrOrPromise, object]]:
    """What was agreed to, and with whom."""
    consent = row.consent if isinstance(row, Withdrawal) else row
    whom = names([row], reader)[row.recipient_kind, row.recipient_id]
    return [
        (_("For"), consent.get_purpose_display()),
        (_("Recipient"), whom),
        (_("Given on"), date_format(consent.given_on, "j M Y")),
    ]


page = partial(verb_page, RecordVerb, beneath=(survivor,))
consent_page = partial(page, part="consents", tells=(agreed,))


class RenewConsent(RecordVerb):
    """A new version of a consent, begun with the former."""

    model: Any = Consent
    service, form_class, part, done_to = grant_consent, ConsentForm, "consents", "survivor"
    beneath, tells = (survivor,), (agreed,)
    title = gettext_lazy("Renew a consent")
    button = gettext_lazy("Renew")
    intro = gettext_lazy("Ask the person again. The former version stays in the history.")
    submit_label = gettext_lazy("Save the new version")

    def get_initial(self) -> dict[str, object]:
        row = self.target
        whom = f"{row.recipient_kind} {row.recipient_id or ''}".strip()
        kept = {
            name: getattr(row, name) for name in ("purpose", "given_by", "relation", "language")
        }
        return kept | {"recipient": whom}


class Involve(RecordVerb):
    """By hand: its form names the case, and one goes on to the person there."""

    model, service, form_class, beneath = Involvement, involve, InvolveForm, (survivor,)
    submit_label = gettext_lazy("Add to the case")

    def act(self, form: BaseForm) -> str:
        case = form.cleaned_data["case_reference"]
        return its_page(involve(case, person=self.target, actor=self.actor))


class LeaveSiblings(Page):
    """The button beside a sibling."""

    model, service = Sibling, leave_siblings

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        leave_siblings(self.target, actor=self.actor)
        parts = Involvement.objects.visible_to(self.actor).filter(victim=self.target.victim_id)
        return HttpResponseRedirect(f"{its_page(parts.earliest('created_at'))}#siblings")

    def before(self) -> str:
        parts = Involvement.objects.visible_to(self.actor).filter(victim=self.target.victim_id)
        return its_page(parts.earliest("created_at"))
