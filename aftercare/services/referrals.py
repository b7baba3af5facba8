"""Referrals: drafted at the rescue, sent with consent, answered by the provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from aftercare.columns import Note, Why
from aftercare.enums import LISTED, Need, ReferralStatus, Urgency
from aftercare.models import ProgressNote, Provider, Referral
from aftercare.services.reach import who_answers
from aftercare.services.showing import digest_of, shown_to_provider
from aftercare.workflow import referral_workflow
from casework.services.cases import require_content, require_open_case
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from victims.enums import ConsentGiver, Outcome, Purpose, RecipientKind, Relation
from victims.models import Involvement
from victims.services.consents import Recipient, grant_consent, said_no, share

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User
    from aftercare.querysets import NoteQuerySet
    from casework.models import Rescue


@service(Perm.RESCUE_LOG)
def draft_referrals(
    rescue: Rescue, *, people: Sequence[Involvement], needs: Sequence[str], actor: User
) -> list[Referral]:
    """Prepare a referral for each need of each person brought to safety.

    Drafts stay in the house: sending one is a verb of its own and asks for consent.
    """
    require_open_case(rescue.case, actor)
    safe = [person for person in people if person.outcome == Outcome.RESCUED]
    referrals = Referral.objects.bulk_create(
        Referral(case=rescue.case, involvement=person, need=Need(need), urgency=Urgency.NOW)
        for need in needs
        for person in safe
    )
    audit.record("referrals.drafted", rescue, actor=actor, drafts=len(referrals))
    return referrals


@service(Perm.REFERRAL_SEND, label=gettext_lazy("Ask a provider for help"), begins=True)
def draft_referral(
    involvement: Involvement, *, need: str, urgency: str = Urgency.NOW, actor: User
) -> Referral:
    """Say what a survivor needs. Nobody outside is told anything yet: on the next page choose
    the provider and record the consent."""
    require_open_case(involvement.case, actor)
    Involvement.objects.select_for_update().get(pk=involvement.pk)  # no twin at the same moment
    drafts = Referral.objects.filter(involvement=involvement, need=need)
    if drafts.filter(status=ReferralStatus.DRAFT).exists():
        raise Refused(_("There is already a draft referral for this need. Send that one."))
    draft = Referral.objects.create(
        case=involvement.case, involvement=involvement, need=need, urgency=urgency
    )
    audit.record("referral.drafted", draft, actor=actor, need=need)
    return draft


@service(Perm.REFERRAL_SEND, label=gettext_lazy("Send"), begins=True)
def send_referral(
    referral: Referral,
    *,
    provider: Provider,
    given_by: Annotated[str, Column(codes=ConsentGiver)] = "",
    relation: Annotated[str, Column(codes=Relation)] = "",
    given_on: date | None = None,
    language: str = "",
    expires_on: Annotated[date | None, Column(ahead=True)] = None,
    asked_again: bool = False,
    digest: str = "",
    actor: User,
) -> Referral:
    """Send a draft to a provider, based on a consent that is in force or is given now.

    The provider sees what `shown_to_provider` says, fixed now, and nothing else; `digest`: of what
    the sender looked at, if anything. Whoever answers for it gets a notice that says less.
    `asked_again`: the person had said no to this provider, or to all, and was asked anew.
    """
    require_open_case(referral.case, actor)
    _require_sharing(provider, referral.case.jurisdiction.today)
    facts = _as_seen(referral, digest)
    recipient = Recipient(RecipientKind.PROVIDER, provider.pk)
    if given_by:
        _require_asked_again(referral.involvement, recipient, asked_again)
        terms = {"given_by": given_by, "relation": relation, "expires_on": expires_on}
        _grant_now(referral.involvement, recipient, given_on, language, actor, **terms)
    basis = share(referral.involvement, Purpose.CARE, recipient, actor=actor)
    sent: Referral = referral_workflow.apply(
        referral,
        "send",
        actor=actor,
        provider=provider,
        sent_at=timezone.now(),
        shown=facts,
    )
    tell(who_answers(provider.pk), "referral-sent", target=sent)
    audit.record("referral.sent", sent, actor=actor, consent=str(basis.consent_id))
    return sent


def _require_sharing(provider: Provider, day: date) -> None:
    """Whether anything of a survivor may be told to this provider."""
    if not provider.is_active:
        raise Refused(_("This provider takes no more referrals."))
    if not provider.agrees_on(day):
        words = _(
            "There is no current agreement with %(provider)s, so nothing about a survivor may be"
            " shared with it. Choose another provider, or ask your case manager."
        )
        raise Refused(words % {"provider": provider})


def _as_seen(referral: Referral, digest: str) -> dict[str, str]:
    """What the provider sees, if it is what the sender looked at."""
    facts = shown_to_provider(referral)
    if digest and digest != digest_of(facts):
        raise Refused(_("What the provider would see has changed. Check it again."))
    return facts


def _require_asked_again(person: Involvement, recipient: Recipient, asked_again: bool) -> None:
    """A no is not replaced by a yes in passing."""
    noes = [to for to in (recipient, recipient.widened) if to and said_no(person, Purpose.CARE, to)]
    if noes and not asked_again:
        words = _(
            "The person has said no to this provider, or to every provider. If the person was"
            " asked again and now agrees, say so."
        )
        raise Refused(words, "asked_again")


def _grant_now(
    person: Involvement,
    recipient: Recipient,
    given_on: date | None,
    language: str,
    actor: User,
    **terms: Any,
) -> None:
    """Write down the consent that is given together with the referral."""
    if not given_on or not language:
        raise Refused(_("Enter the day and the language in which consent was given."))
    grant_consent(
        person,
        purpose=Purpose.CARE,
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        given_on=given_on,
        language=language,
        actor=actor,
        **terms,
    )


@service(Perm.REFERRAL_SEND)
def move_referral(referral: Referral, *, step: str, version: int, actor: User) -> Referral:
    """Complete or withdraw a referral."""
    require_content(referral.case, actor)
    moved: Referral = referral_workflow.move(referral, step, actor=actor, version=version)
    return moved


@service(Perm.REFERRAL_SEND)
def preview_referral(referral: Referral, *, actor: User) -> dict[str, str]:
    """What a provider would see if this were sent now. Nothing is told to anybody by it."""
    require_content(referral.case, actor)
    audit.read("referral.preview", referral, actor=actor)
    return shown_to_provider(referral)


@service(Perm.REFERRAL_ANSWER)
def read_received(*, actor: User) -> list[Referral]:
    """What was sent to the actor's provider, the newest first. Looking leaves a mark.

    What is over falls off the end of a long list before what waits or goes on.
    """
    over = Case(When(status__in=ReferralStatus.OVER, then=1), default=0)
    referrals = Referral.objects.received_by(actor).select_related("provider__jurisdiction")
    referrals = referrals.order_by(over, "-sent_at", "-pk")
    rows = sorted(referrals[:LISTED], key=lambda row: (row.sent_at, row.pk), reverse=True)
    ids, cases = [row.pk for row in rows], [row.case_id for row in rows]
    audit.read_rows("referrals.received", "aftercare.Referral", ids, actor=actor, shown=cases)
    return rows


@service(Perm.REFERRAL_ANSWER)
def accept_referral(referral: Referral, *, actor: User) -> Referral:
    """Accept a referral, if consent and agreement still allow it."""
    _require_received(referral, actor)
    _require_carried(referral)
    return _answer(referral, "accept", actor)


@service(Perm.REFERRAL_ANSWER)
def decline_referral(referral: Referral, *, reason: Why, actor: User) -> Referral:
    """Say that this provider cannot help, and why."""
    if not reason.strip():
        raise Refused(_("Say why, so that help can be found elsewhere."))
    return _answer(referral, "decline", actor, decline_reason=reason)


@service(Perm.REFERRAL_ANSWER)
def complete_received(referral: Referral, *, actor: User) -> Referral:
    """Say that the help asked for was given."""
    _require_received(referral, actor)
    done: Referral = referral_workflow.apply(referral, "finish", actor=actor)
    return done


@service(Perm.REFERRAL_ANSWER)
def write_note(referral: Referral, *, text: Note, actor: User) -> ProgressNote:
    """Report progress; the first report says that the help has begun."""
    _require_received(referral, actor)
    if not text.strip():
        raise Refused(_("Enter how it is going."))
    current = Referral.objects.select_for_update().get(pk=referral.pk)
    if current.status == ReferralStatus.ACCEPTED:
        _require_carried(current)
        referral_workflow.apply(current, "start", actor=actor)
    elif current.status not in ReferralStatus.TAKEN:
        raise Refused(_("You can add notes only to referrals that you accepted."))
    note = ProgressNote(case_id=referral.case_id, referral=referral, text=text.strip())
    note.written_by = actor
    note.save(force_insert=True)
    audit.record("referral.noted", note, actor=actor)
    return note


@service(Perm.REFERRAL_VIEW)
def read_notes(referral: Referral, *, actor: User) -> list[ProgressNote]:
    """What the provider told, for those on the case, the newest first. Looking leaves a mark."""
    rows = ProgressNote.objects.visible_to(actor).filter(referral=referral)
    return _read_notes(rows, referral, actor)


@service(Perm.REFERRAL_ANSWER)
def read_own_notes(referral: Referral, *, actor: User) -> list[ProgressNote]:
    """What the actor's provider told so far, the newest first."""
    rows = ProgressNote.objects.received_by(actor).filter(referral=referral)
    return _read_notes(rows, referral, actor)


def _read_notes(rows: NoteQuerySet, referral: Referral, actor: User) -> list[ProgressNote]:
    notes = list(rows.select_related("written_by").order_by("-created_at", "-pk")[:LISTED])
    ids = [row.pk for row in notes]
    audit.read("referral.notes", referral, actor=actor, shown=ids)
    return notes


def _require_carried(referral: Referral) -> None:
    """Asked again before the help goes on: whether the house may know, and the person still agrees.

    The provider reads no consent, the database answers.
    """
    sent_to: Any = referral.provider_id  # of what was sent it is named
    house = Provider.objects.select_related("jurisdiction").get(pk=sent_to)
    if not house.agrees_on(house.jurisdiction.today):
        words = _("The agreement with your organisation has ended. Ask the sender to renew it.")
        raise Refused(words)
    with connection.cursor() as cursor:
        cursor.execute("select aftercare_consent_carries(%s)", [referral.pk])
        (carries,) = cursor.fetchone()
    if not carries:
        raise Refused(
            _(
                "The person’s consent has ended or is withdrawn. Ask the sender to ask the "
                "person again."
            )
        )


def _require_received(referral: Referral, actor: User) -> None:
    if not Referral.objects.received_by(actor).filter(pk=referral.pk).exists():
        raise PermissionDenied("referral of another provider")


def _answer(referral: Referral, step: str, actor: User, **answer: Any) -> Referral:
    _require_received(referral, actor)
    answered: Referral = referral_workflow.apply(
        referral, step, actor=actor, answered_at=timezone.now(), **answer
    )
    audit.record(f"referral.answered_{step}", answered, actor=actor)
    return answered
