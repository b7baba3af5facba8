"""Consents, siblings, and the same person in another case: one page for each verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from core.web import Page
from victims.forms.consents import (
    ConsentForm,
    InvolveForm,
    ShareForm,
    SiblingForm,
    ToldForm,
    WithdrawForm,
)
from victims.models import Consent, Involvement, Sibling, Withdrawal
from victims.recipients import names
from victims.services.consents import grant_consent, record_told, withdraw_consent
from victims.services.involving import involve
from victims.services.shares import record_share
from victims.services.siblings import join_siblings, leave_siblings
from victims.views.sections import its_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


class PersonVerb(RecordVerb):
    """A verb on a survivor of a case; its page leads back to theirs."""

    model: Any = Involvement

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        person = self.target.survivor
        back = its_page(person)
        crumbs = [{"url": back, "label": person.code}]
        return super().get_context_data(crumbs=crumbs, back_url=back, **kwargs)

    def after(self) -> str:
        return f"{its_page(self.target.survivor)}#{self.part}"


class GrantConsent(PersonVerb):
    service, form_class, part = grant_consent, ConsentForm, "consents"
    title = gettext_lazy("Record a consent")
    intro = gettext_lazy(
        "What the person agreed to, for one purpose and one recipient. A new one for the same"
        " replaces the former, which stays in the history."
    )
    submit_label = gettext_lazy("Save the consent")


class OfConsent(PersonVerb):
    """A verb on a row about a consent."""

    part = "consents"

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        consent = row.consent if isinstance(row, Withdrawal) else row
        whom = names([row], self.actor)[row.recipient_kind, row.recipient_id]
        return [
            *super().about(),
            (_("For"), consent.get_purpose_display()),
            (_("Recipient"), whom),
            (_("Given on"), date_format(consent.given_on, "j M Y")),
        ]


class RenewConsent(OfConsent):
    """A new version of a consent, begun with the former."""

    model: Any = Consent
    service, form_class = grant_consent, ConsentForm
    title = gettext_lazy("Renew a consent")
    intro = gettext_lazy("Ask the person again. The former version stays in the history.")
    submit_label = gettext_lazy("Save the new version")

    def get_initial(self) -> dict[str, object]:
        row = self.target
        whom = f"{row.recipient_kind} {row.recipient_id or ''}".strip()
        kept = {
            name: getattr(row, name) for name in ("purpose", "given_by", "relation", "language")
        }
        return kept | {"recipient": whom}

    def act(self, form: BaseForm) -> str:
        grant_consent(self.target.survivor, actor=self.actor, **form.cleaned_data)
        return self.after()


class WithdrawConsent(OfConsent):
    model: Any = Consent
    service, form_class = withdraw_consent, WithdrawForm
    title = gettext_lazy("Withdraw a consent")
    intro = gettext_lazy(
        "From now on nobody may be told on the basis of this consent. Everyone who was "
        "told before must hear of it; the person’s page lists them until they have."
    )
    submit_label = gettext_lazy("Withdraw it")


class RecordShare(OfConsent):
    """Whom we told on the strength of a consent."""

    model: Any = Consent
    service, form_class = record_share, ShareForm
    title = gettext_lazy("Record who was told")
    intro = gettext_lazy(
        "Police, a court, an embassy or others whom we told of the person. If the consent is"
        " withdrawn, they have to hear."
    )
    submit_label = gettext_lazy("Save")


class RecordTold(OfConsent):
    model: Any = Withdrawal
    service, form_class = record_told, ToldForm
    title = gettext_lazy("Record that they were told")
    intro = gettext_lazy(
        "Tell them that the consent is withdrawn and that they may no longer use what they know."
    )
    submit_label = gettext_lazy("Save")


class Involve(PersonVerb):
    service, form_class = involve, InvolveForm
    title = gettext_lazy("Add to another case")
    intro = gettext_lazy(
        "The same person in a second case. People on that case will read what is known "
        "of the person and, by their level, the name."
    )
    submit_label = gettext_lazy("Add to the case")

    def act(self, form: BaseForm) -> str:
        case = form.cleaned_data["case_reference"]
        return its_page(involve(case, person=self.target, actor=self.actor))


class JoinSiblings(PersonVerb):
    service, form_class, part = join_siblings, SiblingForm, "siblings"
    title = gettext_lazy("Add a brother or sister")
    intro = gettext_lazy("Siblings stay together. This shows on the page of each of them.")
    submit_label = gettext_lazy("They are siblings")

    def act(self, form: BaseForm) -> str:
        join_siblings(self.target.victim, actor=self.actor, **form.cleaned_data)
        return self.after()


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
