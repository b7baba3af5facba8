"""Reading a case that is closed to one, because someone is in danger now: told to others at once,
over after an hour, reviewed by someone else."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from casework.columns import OpenReason
from casework.models import BreakGlass, Case
from casework.services.opening import holding_on, require_words, team_of
from casework.workflow import glass_workflow
from core import audit, context
from core.access import EXISTS
from core.models import AuditEvent
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column

MOST = 50


@service(Perm.GLASS_BREAK, fresh=True, label=gettext_lazy("Open in an emergency"))
def break_glass(case: Case, *, reason: OpenReason, actor: User) -> BreakGlass:
    """Open a case that is closed to you for an hour. You can read it and change nothing. Its
    team and the safeguarding lead are told at once, everything you read is recorded, and
    somebody else reviews it.

    Keys of programs cannot.
    """
    if not actor.scope.reaches(case, EXISTS):
        raise PermissionDenied("existence of the case")
    if actor.scope.reads(case, Perm.CASE_VIEW):
        raise Refused(_("This case is already open to you."))
    require_words(reason)
    session = context.session_mark.get()
    if session is None:
        raise Refused(
            _("An emergency needs a person: open it on the page where you are signed in.")
        )
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)  # one at a time, tried twice
    if BreakGlass.objects.here(actor).exists():
        raise Refused(_("You have another case open in an emergency. End that first."))
    glass: BreakGlass = BreakGlass.objects.create(
        case=case, user=actor, session=session, reason=reason
    )
    _tell_at_once(glass)
    context.refresh(actor)
    audit.record("breakglass.opened", glass, actor=actor)
    return glass


def _tell_at_once(glass: BreakGlass) -> None:
    watchers = set(holding_on(glass.case, Perm.GLASS_VIEW)) - {glass.user}
    team = set(team_of(glass.case)) - watchers - {glass.user}
    if not watchers and not team:
        raise Refused(_("There is nobody to be told, so this is not possible. Call your office."))
    tell(watchers, "glass-broken", target=glass)
    tell(team, "glass-broken", target=glass.case)  # theirs is the case, the reason is not


@service(Perm.GLASS_BREAK)
def end_emergency(glass: BreakGlass, *, actor: User) -> BreakGlass:
    """End emergency access before its hour is over: your own, or one you watch over."""
    if not BreakGlass.objects.open_to(actor).filter(pk=glass.pk).exists():
        raise PermissionDenied("emergency of another person")
    ended: BreakGlass = glass_workflow.apply(glass, "end", actor=actor, ended_at=timezone.now())
    context.refresh(actor)
    return ended


@service(Perm.GLASS_REVIEW, label=gettext_lazy("Review an emergency"))
def review_glass(
    glass: BreakGlass, *, finding: str, remark: Annotated[str, Column(length=2000)], actor: User
) -> BreakGlass:
    """Say whether an emergency access was justified; the person is told. It closes a case that
    is still open by it."""
    if glass.user_id == actor.pk:
        raise Refused(_("Somebody else must review this, not the person who opened the case."))
    reviewed: BreakGlass = glass_workflow.apply(
        glass,
        "review",
        actor=actor,
        finding=finding,
        remark=remark,
        reviewed_by=actor,
        reviewed_at=timezone.now(),
    )
    tell([reviewed.user], f"glass-{finding}", target=reviewed)
    return reviewed


@service(Perm.GLASS_VIEW)
def read_emergencies(*, actor: User) -> dict[str, list[Any]]:
    """The emergencies the actor watches over: not reviewed yet, oldest first; and the last ones."""
    rows = BreakGlass.objects.visible_to(actor).with_state()
    rows = rows.select_related("user", "case__jurisdiction", "reviewed_by")
    waiting = list(rows.unreviewed().order_by("started_at", "pk")[:MOST])
    done = list(rows.reviewed().order_by("-started_at", "-pk")[:MOST])
    both = [*waiting, *done]
    ids, cases = [row.pk for row in both], [row.case_id for row in both]
    audit.read_rows("breakglass.list", "casework.BreakGlass", ids, actor=actor, shown=cases)
    return {"waiting": waiting, "done": done}


@service(Perm.GLASS_REVIEW)
def reads_under(glass: BreakGlass, *, actor: User) -> int:
    """How often the person read of the case while it was open to them."""
    reads = AuditEvent.objects.visible_to(actor).reads().of_case(glass.case)
    span = (glass.started_at, glass.over_at)
    audit.read("breakglass.counted", glass, actor=actor)
    return int(reads.by_actor(glass.user).filter(at__range=span).count())
