"""Closing a case to everyone it does not name. One person seals; two persons open it again.

Closing is the safe direction, so one person is enough; opening needs two whom the seal names. The
trigger that copies the level locks the case `FOR SHARE`: a row written while a case is being
sealed would keep the old level otherwise, and `FOR KEY SHARE` reads past such an update. Sealing
also changes the key of earlier snapshots, so figures of those offices have to be computed anew:
that is its price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Membership, User
from accounts.notices import tell
from accounts.permissions import Perm
from accounts.roles import TEAM_LEVEL, Role
from casework.columns import KeepAccess, SealReason
from casework.enums import SEAL_REASON_LENGTH
from casework.models import Assignment, Case, Conflict, Seal
from casework.services.cases import require_content, require_unconflicted
from casework.services.opening import holding_on, require_reason, team_of
from casework.workflow import seal_workflow
from core import audit, context, refusals
from core.access import CONTENT, EXISTS, SEALED
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models.people import UserQuerySet

NOT_SEALED = refusals.gettext_lazy("This case is not sealed.")
NOT_ASKED: dict[str, Any] = {"asked_by": None, "asked_reason": None, "asked_at": None}
WATCHES = Q(office__is_global=True, role=Role.SAFEGUARDING_LEAD)  # over every office


@service(Perm.CASE_SEAL, label=gettext_lazy("Seal the case"))
def seal_case(case: Case, *, reason: SealReason, people: KeepAccess = (), actor: User) -> Seal:
    """Seal a case. It closes at once to everyone but you, those of its team you choose, and the
    safeguarding leads, who see only that it exists. It opens again only when two people agree."""
    require_content(case, actor)
    require_reason(reason, SEAL_REASON_LENGTH)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.sealed:
        raise Refused(_("This case is already sealed."))
    if set(people) - set(team_of(case).filter(service_account=None)):
        raise Refused(_("Name people on the team. You can name others later."))
    named = {actor, *people, *_watchers(case)}
    _name(case, named)
    # Named before it closes: the database lets nobody write what they may not see.
    context.refresh(actor)
    _set_level(case, SEALED)
    seal: Seal = Seal.objects.create(case=case, reason=reason, sealed_by=actor)
    context.refresh(actor)
    tell(named - {actor}, "case-sealed", target=case)
    audit.record("case.sealed", case, actor=actor, named=sorted(str(user.pk) for user in named))
    return seal


@service(Perm.CASE_NAME, label=gettext_lazy("Name another person"))
def name_person(case: Case, *, user: User, actor: User) -> Assignment:
    """Open a sealed case to one more person, as far as their role allows."""
    require_named(case, actor)  # only who may write here can lock it
    case = Case.objects.select_for_update().get(pk=case.pk)
    require_named(case, actor)
    if not may_be_named(case).filter(pk=user.pk).exists():
        raise Refused(_("Only people in the case’s own office can be named."))
    require_unconflicted(case, user)
    if Assignment.objects.in_force().filter(case=case, user=user, named=True).exists():
        raise Refused(_("This person is already named."))
    _name(case, [user])
    tell([user], "case-sealed", target=case)
    audit.record("case.named", case, actor=actor, user=str(user.pk))
    named: Assignment = Assignment.objects.in_force().get(case=case, user=user)
    return named


@service(Perm.CASE_NAME)
def take_name(assignment: Assignment, *, actor: User) -> Assignment:
    """Close the sealed case to a person it names."""
    require_named(assignment.case, actor)
    case = Case.objects.select_for_update().get(pk=assignment.case_id)  # no two take the last
    require_named(case, actor)
    named = Assignment.objects.in_force().filter(case=case, named=True)
    current = named.filter(pk=assignment.pk).first()
    if current is None:
        raise Refused(_("This person is not named."))
    if not any(_reads_content(row.user) for row in named.exclude(pk=current.pk)):
        raise Refused(_("Nobody could read this case then. Name someone else first."))
    current.named, current.version = False, current.version + 1
    current.save(update_fields=["named", "version", "updated_at"])
    if current.user_id == actor.pk:
        context.refresh(actor)
    audit.record("case.unnamed", case, actor=actor, user=str(current.user_id))
    return current


@service(Perm.CASE_SEAL, label=gettext_lazy("Ask to open the case again"))
def ask_to_open(case: Case, *, reason: SealReason, actor: User) -> Seal:
    """Ask that a sealed case be opened again. A named case manager or safeguarding lead
    decides; until then it stays sealed."""
    require_content(case, actor)
    require_reason(reason, SEAL_REASON_LENGTH)
    asked: Seal = seal_workflow.apply(
        _seal_of(case),
        "ask",
        actor=actor,
        asked_by=actor,
        asked_reason=reason,
        asked_at=timezone.now(),
    )
    tell(holding_on(case, Perm.CASE_UNSEAL).exclude(pk=actor.pk), "opening-asked", target=asked)
    return asked


@service(Perm.CASE_SEAL)
def withdraw_asking(case: Case, *, actor: User) -> Seal:
    """Withdraw your own request to open the case again."""
    require_content(case, actor)
    seal = _seal_of(case)
    if seal.asked_by_id not in (None, actor.pk):
        raise Refused(_("Only the person who asked for it can withdraw it."))
    withdrawn: Seal = seal_workflow.apply(seal, "withdraw", actor=actor, **NOT_ASKED)
    return withdrawn


@service(Perm.CASE_UNSEAL)
def confirm_opening(seal: Seal, *, version: int, actor: User) -> Seal:
    """Open a sealed case again, as the second person. People named only to watch leave it."""
    case = _deciding(seal, actor)
    opened: Seal = seal_workflow.apply(
        seal, "confirm", actor=actor, version=version, opened_by=actor, opened_at=timezone.now()
    )
    _set_level(case, EXISTS)
    named = Assignment.objects.filter(case=case, named=True)
    watching = [row.pk for row in named.select_related("user") if not _reads_content(row.user)]
    named.filter(pk__in=watching).in_force().update(ended_at=Now())
    named.update(named=False, version=F("version") + 1, updated_at=Now())
    context.refresh(actor)
    tell([opened.asked_by], "opening-decided", target=case)
    return opened


@service(Perm.CASE_UNSEAL)
def refuse_opening(seal: Seal, *, version: int, actor: User) -> Seal:
    """Keep the case sealed, as the second person."""
    case, asked_by = _deciding(seal, actor), seal.asked_by
    kept: Seal = seal_workflow.apply(seal, "refuse", actor=actor, version=version, **NOT_ASKED)
    tell([asked_by] if asked_by else [], "opening-decided", target=case)
    return kept


def require_named(case: Case, actor: User) -> None:
    """Only among those a sealed case names is it decided whom it names."""
    if not actor.scope.reaches(case, EXISTS):
        raise PermissionDenied("sealed case")
    if not case.sealed:
        raise Refused(NOT_SEALED)


def may_be_named(case: Case) -> UserQuerySet:
    """People of the case's own office, and who watches over every office. No programs."""
    here = Q(office=case.office_id)
    members = Membership.objects.in_force().filter(here | WATCHES, user=OuterRef("pk"))
    return User.objects.filter(Exists(members), is_active=True, service_account=None)


def _watchers(case: Case) -> UserQuerySet:
    """The safeguarding leads of its office and of the global one: they see that it exists."""
    here = Q(office=case.office_id, role=Role.SAFEGUARDING_LEAD)
    leads = Membership.objects.in_force().filter(here | WATCHES, user=OuterRef("pk"))
    conflicts = Conflict.objects.in_force().filter(case=case, user=OuterRef("pk"))
    return User.objects.filter(Exists(leads), ~Exists(conflicts), is_active=True)


def _name(case: Case, people: Collection[User]) -> None:
    assignments = Assignment.objects.in_force().filter(case=case, user__in=people)
    missing = {user.pk for user in people} - set(assignments.values_list("user", flat=True))
    assignments.update(named=True, version=F("version") + 1, updated_at=Now())
    Assignment.objects.bulk_create(
        Assignment(case=case, user_id=pk, named=True) for pk in sorted(missing)
    )


def _set_level(case: Case, level: int) -> None:
    """Every row of the case follows in the database."""
    Case.objects.filter(pk=case.pk).update(level=level, version=F("version") + 1, updated_at=Now())


def _seal_of(case: Case) -> Seal:
    seal: Seal | None = Seal.objects.in_force().filter(case=case).first()
    if seal is None:
        raise Refused(NOT_SEALED)
    return seal


def _deciding(seal: Seal, actor: User) -> Case:
    case = Case.objects.select_for_update().get(pk=seal.case_id)
    require_named(case, actor)
    if seal.asked_by_id == actor.pk:
        raise Refused(_("A second person must decide, not the one who asked for it."))
    return case


def _reads_content(user: User) -> bool:
    return any(TEAM_LEVEL.get(role, 0) >= CONTENT for _office, role in user.roles)
