"""Referrals and services, one verb a page; and the other side's list of what was sent to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.enums import ANSWER_WITHIN, ReferralStatus, Urgency
from aftercare.forms.plans import DraftForm
from aftercare.forms.referrals import DeclineForm, SendForm
from aftercare.models import Referral, SessionNote
from aftercare.services.care import open_session_note
from aftercare.services.referrals import (
    accept_referral,
    complete_received,
    decline_referral,
    draft_referral,
    move_referral,
    read_notes,
    read_own_notes,
    read_received,
    send_referral,
    write_note,
)
from aftercare.services.showing import digest_of, in_words, shown_to_provider
from aftercare.services.withdrawals import acknowledge_withdrawal, read_withdrawals
from aftercare.workflow import referral_workflow
from casework.views import RecordVerb
from core.services import Refused
from core.web import FormPage, Page, StepPage
from victims.enums import Purpose
from victims.in_words import state_of
from victims.models import Consent, Involvement, Withdrawal
from victims.recipients import names

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from accounts.models import User
    from aftercare.querysets import ReferralQuerySet
    from core.access import ScopedQuerySet
    from victims.querysets import WithdrawalQuerySet


class SendReferral(RecordVerb):
    """A draft goes to a provider; the page shows exactly what the provider will see."""

    model, service, form_class, part = Referral, send_referral, SendForm, "care"
    template_name = "aftercare/send_form.html"
    title = gettext_lazy("Send a referral")
    submit_label = gettext_lazy("Send")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        send = referral_workflow.steps["send"]
        if refusal := send.refusal(self.target, self.target.status, self.actor):
            raise Refused(refusal)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        facts = shown_to_provider(self.target)
        return super().get_context_data(
            person=self.target.involvement.code,
            shown=in_words(facts),
            digest=digest_of(facts),
            agreed=_agreed(self.target.involvement, self.actor),
            **kwargs,
        )


def _agreed(person: Involvement, reader: User) -> list[dict[str, object]]:
    """What this person has said about care till now, a no as well."""
    standing = Consent.objects.visible_to(reader).standing()
    rows = standing.filter(involvement=person, purpose=Purpose.CARE)
    consents = list(rows.order_by("recipient_kind", "given_on", "pk"))
    called, today = names(consents, reader), person.case.jurisdiction.today
    return [
        {
            "recipient": called[row.recipient_kind, row.recipient_id],
            "state": state,
            "tone": tone,
            "expires_on": row.expires_on,
            "withdrawn_on": row.withdrawn_on,
        }
        for row in consents
        for state, tone in [state_of(row, today)]
    ]


class DraftReferral(RecordVerb):
    """By hand: the next page sends it."""

    model, service, form_class = Involvement, draft_referral, DraftForm
    submit_label = gettext_lazy("Go on")

    def after(self) -> str:
        return reverse("aftercare:send", args=[self.given_back.pk])


class MoveReferral(StepPage):
    """The step buttons of a referral on the case page."""

    model, service = Referral, move_referral


class ReadNotes(Page):
    """What a provider told of the help it gives: for those on the case."""

    model, service = Referral, read_notes

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("case", "involvement", "provider")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        notes = read_notes(self.target, actor=self.actor)
        context = {"referral": self.target, "case": self.target.case, "notes": notes}
        return render(request, "aftercare/notes.html", context)


class ReadSession(Page):
    """What was said in a session: fetched only on opening, and recorded."""

    model, service = SessionNote, open_session_note

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("case", "service__involvement")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        text = open_session_note(self.target, actor=self.actor)
        context = {"text": text, "case": self.target.case, "service": self.target.service}
        return render(request, "aftercare/session.html", context)


class Received(Page):
    """What was sent to the reader's provider: no name, no case, no place."""

    permission = read_received.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        referrals = [_received(row) for row in read_received(actor=self.actor)]
        waiting = [row for row in referrals if row["waiting"]]
        answered = [row for row in referrals if not row["waiting"]]
        withdrawals = read_withdrawals(actor=self.actor)
        waiting.sort(key=lambda row: row["answer_by"])  # what is due first stands first
        context = {"waiting": waiting, "answered": answered, "withdrawals": withdrawals}
        return render(request, "aftercare/received.html", context)


HELPING = (ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS)
TONES = {
    ReferralStatus.SENT: "warn",
    ReferralStatus.ACCEPTED: "ok",
    ReferralStatus.IN_PROGRESS: "ok",
    ReferralStatus.COMPLETED: "ok",
}


def _received(row: Referral) -> dict[str, Any]:
    """Moments as the clocks of the house show them: an answer is asked for within hours."""
    waiting = row.status == ReferralStatus.SENT
    house: Any = row.provider  # received, so it was sent, and to a house
    sent_at: Any = row.sent_at
    clock = house.jurisdiction.clock
    answer_by = sent_at + ANSWER_WITHIN[Urgency(row.urgency)] if waiting else None
    return {
        "id": row.pk,
        "code": row.shown["code"],
        "details": in_words(row.shown)[1:],  # without the code, which stands above them
        "status": _("Waits for your answer") if waiting else row.get_status_display(),
        "tone": TONES.get(ReferralStatus(row.status), ""),
        "sent_at": sent_at,
        "sent_on": clock(sent_at),
        "waiting": waiting,
        "answer_by": answer_by,
        "answer_at": clock(answer_by) if answer_by else None,
        "helping": row.status in HELPING,
        "reason": row.decline_reason,
    }


class Acknowledge(Page):
    """The button beside a withdrawn consent."""

    model, service = Withdrawal, acknowledge_withdrawal

    def rows(self) -> WithdrawalQuerySet:
        return Withdrawal.objects.received_by(self.actor)

    def before(self) -> str:
        return reverse("aftercare:received")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        acknowledge_withdrawal(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())


class AnswerPage(Page):
    """An answer of the provider to one of its own referrals."""

    model = Referral

    def rows(self) -> ReferralQuerySet:
        return Referral.objects.received_by(self.actor).select_related("provider__jurisdiction")

    def before(self) -> str:
        """Not the case, of which the provider knows nothing."""
        return reverse("aftercare:received")


class Accept(AnswerPage):
    service = accept_referral

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        accept_referral(self.target, actor=self.actor)
        return HttpResponseRedirect(reverse("aftercare:received"))


class Decline(AnswerPage, FormPage):
    service, form_class = decline_referral, DeclineForm
    template_name = "aftercare/decline_form.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(referral=_received(self.target), **kwargs)

    def after(self) -> str:
        return reverse("aftercare:received")


class CompleteReceived(AnswerPage):
    service = complete_received

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        complete_received(self.target, actor=self.actor)
        return HttpResponseRedirect(reverse("aftercare:received"))


class WriteNote(AnswerPage, FormPage):
    """The provider tells how it goes, below what it told before."""

    service = write_note
    template_name = "aftercare/note_form.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        notes = read_own_notes(self.target, actor=self.actor)
        return super().get_context_data(referral=_received(self.target), notes=notes, **kwargs)

    def after(self) -> str:
        return reverse("aftercare:write-note", args=[self.target.pk])
