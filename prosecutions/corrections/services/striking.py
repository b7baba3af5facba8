"""Striking what police and courts never had: entered twice, or on somebody else.

A struck row is deleted: what is asked of the record never meets it. What it said stays in the
history of values, who struck it and why in the audit trail, and whoever keeps a copy is told that
it is gone.

Marked rows would have to be left out by every question, figure, policy and unique rule, and one
that is forgotten would count them; so the row goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content
from core import audit
from core.refusals import gettext as _
from core.services import Refused, Stale, amend, service
from prosecutions.columns import Against, Because
from prosecutions.corrections.services.judgment_days import RENEWED
from prosecutions.corrections.services.records import locked
from prosecutions.corrections.services.striking_rules import NOUNS
from prosecutions.models import ComplaintSuspect
from prosecutions.services.courts import same_case

if TYPE_CHECKING:
    from accounts.models import User
    from prosecutions.models import Complaint


@service(Perm.COURT_CORRECT, label=gettext_lazy("Entered in error"))
def strike(row: Any, *, version: int, reason: Because, actor: User) -> None:
    """Take away a record of police or court that was entered in error. Raises `Stale`."""
    require_content(row.case, actor)
    struck = locked(row)
    if struck.version != version:
        raise Stale(struck)
    noun = NOUNS[type(struck)]
    for rule, words in noun.rests:
        if rule(struck):
            raise Refused(words)
    audit.record("court.struck", struck, actor=actor, reason=reason)
    for name, kept in noun.lets_go:
        kept(struck).update(**{name: None}, **RENEWED)
    try:
        for own in noun.goes:
            own(struck).delete()
        type(struck).objects.filter(pk=struck.pk).delete()
        noun.follow(struck)
    except ProtectedError:
        raise Refused(_("Other records depend on it.")) from None
    except Refused as refusal:  # said of a field that this form does not have
        raise Refused(refusal.words) from None


@service(Perm.COURT_CORRECT, label=gettext_lazy("Whom a complaint is against"))
def set_accused(
    complaint: Complaint,
    *,
    version: int,
    reason: Because,
    suspects: Against,
    actor: User,
) -> Complaint:
    """Correct whom a complaint is against. Name all of them: those named before stay in the
    history. Raises `Stale`."""
    require_content(complaint.case, actor)
    same_case(complaint.case_id, *suspects)
    complaint = amend(complaint, version)
    known = set(complaint.accused.values_list("suspect", flat=True))
    wanted = {suspect.pk: suspect for suspect in suspects}
    if known == wanted.keys():
        raise Refused(_("You have not changed anything."))
    complaint.accused.exclude(suspect__in=wanted).delete()
    ComplaintSuspect.objects.bulk_create(
        ComplaintSuspect(case=complaint.case, complaint=complaint, suspect=suspect)
        for pk, suspect in wanted.items()
        if pk not in known
    )
    audit.record("complaint.accused", complaint, actor=actor, reason=reason, suspects=len(wanted))
    return complaint
