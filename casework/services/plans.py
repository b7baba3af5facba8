"""Planning a rescue: only those whom a plan names see it, change it and decide on it.

Several plans of a case may stand side by side: that there is one already would tell of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any, Unpack
from uuid import UUID

from django.db.models import Exists, Model, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Membership, User
from accounts.notices import tell
from accounts.permissions import Perm
from accounts.roles import GRANTS
from casework.enums import PlanStatus
from casework.models import RescuePlan, Site
from casework.models.plans import PlanContent
from casework.plan_columns import (
    Day,
    GoOrNot,
    ItsPart,
    ItsRescue,
    OwnPart,
    Person,
    PlaceThen,
    PlanChanges,
    PlanColumns,
    Reason,
)
from casework.services.cases import require_identity, require_open_case
from casework.services.opening import team_of
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, as_it_stands, service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.models import Case
    from core.access import ScopedQuerySet


@service(Perm.RESCUE_PLAN, label=gettext_lazy("Plan a rescue"), begins=True)
def plan_rescue(
    case: Case,
    *,
    day: Day,
    jurisdiction: PlaceThen,
    part: OwnPart,
    actor: User,
    **changes: Unpack[PlanColumns],
) -> RescuePlan:
    """Plan a rescue. Only you see the plan, until you name others of the team.

    Nobody else is told, and the case stays where it stands until the rescue is logged.
    """
    require_open_case(case, actor)
    require_identity(case, actor)
    first: Any = _plain({"day": day, "jurisdiction": jurisdiction, **changes})
    me = str(actor.pk)
    says = PlanContent(team={me: _part(part)}, made_by=me, **first)
    _check(case, says)
    plan: RescuePlan = RescuePlan.objects.create(
        case=case, named=[actor.pk], content=RescuePlan.kept(says)
    )
    audit.record("rescueplan.made", plan, actor=actor)
    return plan


@service(Perm.RESCUE_PLAN, label=gettext_lazy("Change the plan"))
def change_plan(
    plan: RescuePlan, *, version: int, actor: User, **changes: Unpack[PlanChanges]
) -> RescuePlan:
    """Change what is planned. What was decided is decided again. Raises `Stale`."""
    before, sent = _open(plan, actor), _plain(changes)
    changed: Any = {name: value for name, value in sent.items() if getattr(before, name) != value}
    after = _undecided(replace(before, **changed)) if changed else before
    _check(plan.case, after)
    written = _write(plan, version, after)
    audit.record("rescueplan.changed", written, actor=actor, fields=[*changed])
    return written


@service(Perm.RESCUE_PLAN, label=gettext_lazy("Name somebody"))
def name_in_plan(
    plan: RescuePlan,
    *,
    version: int,
    user: Person,
    part: ItsPart,
    actor: User,
) -> RescuePlan:
    """Open the plan to one more person of the team, or give somebody another part.

    Raises `Stale`.
    """
    says = _open(plan, actor)
    if not may_be_named(plan.case).filter(pk=user.pk).exists():
        raise Refused(_("Only people on the team of the case can be named."), "user")
    after = replace(says, team=says.team | {str(user.pk): _part(part)})
    named = _write(plan, version, after)
    audit.record("rescueplan.named", named, actor=actor, user=str(user.pk))
    if str(user.pk) not in says.team:
        tell([user], "plan-opened", target=named)
    return named


@service(Perm.RESCUE_PLAN, label=gettext_lazy("Take somebody off the plan"))
def unname_in_plan(
    plan: RescuePlan,
    *,
    version: int,
    user: Person,
    actor: User,
) -> RescuePlan:
    """Close the plan to a person at once. Whoever made it stays on it. Raises `Stale`."""
    says = _open(plan, actor)
    if str(user.pk) not in says.team:
        raise Refused(_("The plan does not name this person."), "user")
    if user.pk == actor.pk:
        raise Refused(_("Somebody else whom the plan names takes you off."), "user")
    if str(user.pk) == says.made_by:
        raise Refused(_("This person made the plan. Nobody else takes them off it."), "user")
    team = {pk: part for pk, part in says.team.items() if pk != str(user.pk)}
    after = _undecided(replace(says, team=team))
    written = _write(plan, version, after)
    audit.record("rescueplan.unnamed", written, actor=actor, user=str(user.pk))
    return written


@service(Perm.RESCUE_PLAN, label=gettext_lazy("Go or no go"))
def decide_plan(
    plan: RescuePlan,
    *,
    version: int,
    decision: GoOrNot,
    reason: Reason,
    actor: User,
) -> RescuePlan:
    """Decide whether the rescue goes ahead as planned. It stands under your name, with the moment.

    Any later change of the plan takes the decision back. Raises `Stale`.
    """
    says = replace(
        _open(plan, actor),
        decision=decision,
        decided_by=str(actor.pk),
        decided_at=timezone.now().isoformat(timespec="seconds"),
        reason=reason.strip(),
    )
    written = _write(plan, version, says)
    audit.record("rescueplan.decided", written, actor=actor)
    return written


@service(Perm.RESCUE_PLAN, label=gettext_lazy("Call the rescue off"))
def call_off_plan(plan: RescuePlan, *, version: int, reason: Reason, actor: User) -> RescuePlan:
    """End the plan without a rescue. It stays closed to everybody it does not name.

    Raises `Stale`.
    """
    says = replace(_undecided(_open(plan, actor)), reason=reason.strip())
    written = _write(plan, version, says, status=PlanStatus.CALLED_OFF)
    audit.record("rescueplan.called_off", written, actor=actor)
    return written


@service(Perm.RESCUE_PLAN, label=gettext_lazy("The rescue took place"))
def carry_out_plan(
    plan: RescuePlan,
    *,
    version: int,
    rescue: ItsRescue,
    actor: User,
) -> RescuePlan:
    """Say which logged rescue this was. From then on the team of the case reads the plan.

    It took place after the plan was made, and the planned day has come. Raises `Stale`.
    """
    says = _open(plan, actor)
    if rescue.case_id != plan.case_id:
        raise Refused(_("This rescue belongs to another case."), "rescue")
    if why := plan.why_not_by(rescue.occurred_at):
        raise Refused(why, "rescue")
    written = _write(plan, version, says, status=PlanStatus.CARRIED_OUT, rescue=rescue)
    audit.record("rescueplan.carried_out", written, actor=actor)
    return written


@service(Perm.RESCUE_PLAN_VIEW)
def open_plan(plan: RescuePlan, *, actor: User) -> PlanContent:
    """Show what is planned. Looking is an act, so it leaves a mark."""
    audit.read("rescueplan.opened", plan, actor=actor)
    return plan.says


def may_be_named(case: Case) -> ScopedQuerySet:
    """People of the team whose role reads plans; no programs."""
    roles = [role for role, perms in GRANTS.items() if Perm.RESCUE_PLAN_VIEW in perms]
    held = Membership.objects.in_force().filter(user=OuterRef("pk"), role__in=roles)
    return team_of(case).filter(Exists(held), service_account=None)


def _open(plan: RescuePlan, actor: User) -> PlanContent:
    """What it says now, held, as long as it may be changed by this person."""
    require_open_case(plan.case, actor)
    require_identity(plan.case, actor)
    current = as_it_stands(plan)
    if current.status != PlanStatus.OPEN:
        raise Refused(_("This plan has ended."))
    return current.says


def _write(plan: RescuePlan, version: int, says: PlanContent, **ended: object) -> RescuePlan:
    """Raises `Stale`."""
    named = sorted(map(UUID, says.team))
    return amend(plan, version, content=RescuePlan.kept(says), named=named, **ended)


def _undecided(says: PlanContent) -> PlanContent:
    return replace(says, decision="", decided_by=None, decided_at=None, reason="")


def _part(part: str) -> str:
    if not part.strip():
        raise Refused(_("Say what this person does."), "part")
    return part.strip()


def _check(case: Case, says: PlanContent) -> None:
    if says.site and not Site.objects.filter(pk=says.site, case=case).exists():
        raise Refused(_("This site belongs to another case. Add it to this case first."), "site")
    for risk, done in says.each_risk:
        if not done:
            words = _("Say after a colon what is done about it: %(risk)s")
            raise Refused(words % {"risk": risk}, "risks")


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """As it is kept: rows by how programs name them."""
    return {name: _kept(value) for name, value in values.items()}


def _kept(value: object) -> object:
    match value:
        case Model():
            return str(getattr(value, getattr(value, "named_by", "pk")))
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case str():
            return value.strip()
        case Iterable():
            return [_kept(part) for part in value]
    return value
