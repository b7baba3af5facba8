"""What of a case a prosecutor from outside may read: one person proposes, another confirms."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from casework.columns import OpenReason, OpenUntil
from casework.enums import DISCLOSED_AT_MOST, READ_WITH, Part
from casework.models import Case, Disclosure
from casework.paper_codes import DocumentKind
from casework.services.cases import require_content, require_unconflicted
from casework.services.opening import holding_on, prosecutors, require_reason
from casework.workflow import disclosure_workflow
from core import audit
from core.access import IDENTITY
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from accounts.models import User
    from casework.models import DocumentVersion

# What apps above refuse of a disclosure, when it is proposed and again when it is confirmed: the
# app that keeps consents adds its own.
checks: list[Callable[..., None]] = []


@service(Perm.DISCLOSURE_PROPOSE, fresh=True, label=gettext_lazy("Disclose to a prosecutor"))
def propose_disclosure(
    case: Case,
    *,
    user: User,
    parts: Collection[str],
    basis: str,
    document: Annotated[str, Column(length=200)],
    reason: OpenReason,
    until: OpenUntil,
    actor: User,
) -> Disclosure:
    """Propose a disclosure. Nothing is opened until a second person has confirmed it."""
    require_content(case, actor)
    require_reason(reason)
    _require_receiver(case, user)
    _require_whole(parts)
    proposed = Disclosure.objects.create(
        case=case,
        user=user,
        parts=[part for part in Part if part in parts],
        basis=basis,
        document=document,
        reason=reason,
        named=case.sealed,  # who writes into a sealed case is named in it
        proposed_by=actor,
        expires_at=datetime.combine(until, time.max, ZoneInfo(case.jurisdiction.time_zone)),
    )
    _require_in_time(proposed)
    _require_unopposed(proposed, actor)
    deciders = holding_on(case, Perm.DISCLOSURE_CONFIRM).exclude(pk=actor.pk)
    tell(deciders, "disclosure-proposed", target=proposed)
    audit.record("disclosure.proposed", proposed, actor=actor, parts=proposed.parts)
    return proposed


@service(Perm.DISCLOSURE_CONFIRM, fresh=True, label=gettext_lazy("Confirm a disclosure"))
def confirm_disclosure(disclosure: Disclosure, *, actor: User) -> Disclosure:
    """Confirm a disclosure: the prosecutor can now read what is named here, and no more."""
    case = disclosure.case
    _require_second(disclosure, actor)
    _require_receiver(case, disclosure.user)
    if case.sealed and not disclosure.named:
        raise Refused(_("The case was sealed after this was proposed. Propose it again."))
    confirmed: Disclosure = disclosure_workflow.apply(
        disclosure, "confirm", actor=actor, confirmed_by=actor, confirmed_at=timezone.now()
    )
    _require_in_time(confirmed)
    _require_unopposed(confirmed, actor)
    tell([confirmed.user], "disclosure-opened", target=confirmed)
    tell([confirmed.proposed_by], "disclosure-decided", target=confirmed)
    return confirmed


@service(Perm.DISCLOSURE_CONFIRM, fresh=True, label=gettext_lazy("Refuse a disclosure"))
def refuse_disclosure(disclosure: Disclosure, *, actor: User) -> Disclosure:
    """Refuse a disclosure. It stays on record, and the person who proposed it is told."""
    _require_second(disclosure, actor)
    refused = _close(disclosure, "refuse", actor)
    tell([refused.proposed_by], "disclosure-decided", target=refused)
    return refused


@service(Perm.DISCLOSURE_PROPOSE, label=gettext_lazy("End a disclosure"))
def end_disclosure(disclosure: Disclosure, *, actor: User) -> Disclosure:
    """End a disclosure: from now on the prosecutor reads nothing of this case."""
    require_content(disclosure.case, actor)
    return _close(disclosure, "end", actor)


def require_no_photo(version: DocumentVersion, actor: User) -> None:
    """A photo of a survivor is opened by no disclosure: it is handed over, with their consent."""
    if version.document.kind == DocumentKind.PHOTO and not actor.scope.reaches(
        version.case, IDENTITY
    ):
        words = _("A photo of a survivor needs consent to be given out. Ask the team of the case.")
        raise Refused(words)


def _close(disclosure: Disclosure, step: str, actor: User) -> Disclosure:
    closed: Disclosure = disclosure_workflow.apply(
        disclosure, step, actor=actor, ended_by=actor, ended_at=timezone.now()
    )
    return closed


def _require_second(disclosure: Disclosure, actor: User) -> None:
    require_content(disclosure.case, actor)
    if disclosure.proposed_by_id == actor.pk:
        raise Refused(_("A second person must decide, not the one who proposed it."))


def _require_receiver(case: Case, user: User) -> None:
    if not prosecutors().filter(pk=user.pk).exists():
        raise Refused(_("This person is not a prosecutor here."))
    require_unconflicted(case, user)


def _require_whole(parts: Collection[str]) -> None:
    for part, other in READ_WITH.items():
        if part in parts and other not in parts:
            words = _("“%(part)s” can be disclosed only together with “%(other)s”.")
            raise Refused(words % {"part": part.label, "other": other.label})


def _require_unopposed(disclosure: Disclosure, actor: User) -> None:
    for check in checks:
        check(disclosure, actor=actor)


def _require_in_time(disclosure: Disclosure) -> None:
    """By the clock of the database, which the walls go by."""
    if not Disclosure.objects.in_time().filter(pk=disclosure.pk).exists():
        words = _("It must end within %(n)s days from now.")
        raise Refused(words % {"n": DISCLOSED_AT_MOST.days})
