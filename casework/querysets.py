"""The vocabulary for asking about cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Now

from accounts.models import Membership, User
from accounts.permissions import Perm
from accounts.roles import GRANTS, OFFICE_LEVEL, TEAM_LEVEL
from casework.enums import (
    DISCLOSED_AT_MOST,
    REVIEW_WITHIN,
    CaseStatus,
    ConflictStatus,
    DisclosureStatus,
    GlassStatus,
    SealStatus,
    TaskStatus,
    TransferStatus,
)
from casework.inquiry_codes import StepStatus
from core.access import CONTENT, EXISTS, SEALED, ScopedQuerySet
from core.context import session_mark

if TYPE_CHECKING:
    from datetime import date


# The roles of those who work on a case, not only watch over it.
AT_WORK = [role for role, level in TEAM_LEVEL.items() if level >= CONTENT]
# The roles of those to whom a case can be handed.
MAY_BE_GIVEN = [role for role, perms in GRANTS.items() if Perm.TRANSFER_ANSWER in perms]


def at_work() -> Q:
    """Of an assignment: the person can still sign in and work on cases."""
    working = Membership.objects.in_force().filter(user=OuterRef("user"), role__in=AT_WORK)
    return Q(Exists(working), user__is_active=True)


class CaseQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.exclude(status=CaseStatus.CLOSED)

    def of_team(self, user: User) -> Self:
        """Cases this person is assigned to now."""
        assigned = user.assignments.in_force().filter(case=OuterRef("pk"))
        return self.filter(Exists(assigned))

    def of_person(self, user: User) -> Self:
        """Cases this person is on, as far as their teams are open to whoever asks."""
        return self.filter(
            Exists(_rows("Assignment").in_force().filter(user=user, case=OuterRef("pk")))
        )

    def without_anybody(self) -> Self:
        """Nobody on the team can still sign in and work on cases."""
        team = _rows("Assignment").in_force().filter(at_work(), case=OuterRef("pk"))
        return self.filter(~Exists(team))


class AssignmentQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True) | self.filter(ended_at__gt=Now())


class LeadQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Nobody has said what became of it, and no step of the investigation follows it: one that
        was dropped does not.
        """
        steps = _rows("InvestigationStep").filter(lead=OuterRef("pk"))
        return self.filter(~Exists(steps.exclude(status=StepStatus.DROPPED)), ended="")


class SiteQuerySet(ScopedQuerySet):
    def with_closing(self) -> Self:
        """With `closed_on` and `closed_by_id`, of the closing in force, where it is closed now."""
        closing = _rows("SiteClosing").in_force().filter(site=OuterRef("pk"))
        return self.annotate(
            closed_on=Subquery(closing.values("closed_on")[:1]),
            closed_by_id=Subquery(closing.values("closed_by")[:1]),
        )

    def open_now(self) -> Self:
        closing = _rows("SiteClosing").in_force().filter(site=OuterRef("pk"))
        return self.filter(~Exists(closing))


class ClosingQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(reopened_on__isnull=True)


class OfRescueQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(removed_at__isnull=True)


class SameSiteQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def known_to(self, user: User) -> Self:
        """Of sites open to this person, where the other site is open to them as well.

        The others are not there, in no list and no count.
        """
        sites: Any = self.model._meta.get_field("other").related_model
        return self.visible_to(user).filter(other__in=sites.objects.visible_to(user))


class SealQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.exclude(status=SealStatus.OPENED)


class ConflictQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(status=ConflictStatus.HOLDS)

    def known_to(self, user: User) -> Self:
        """Of cases open to this person. Not their own elsewhere: these would tell of more cases."""
        reach = user.scope.rows(EXISTS, case="case", office="office")
        return self.visible_to(user).filter(reach)


class CaseLinkQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def known_to(self, user: User) -> Self:
        """Of cases open to this person, where the person may know of the other case as well.

        The others are not there, in no list and no count: a case is not betrayed by its twin.
        """
        cases: Any = self.model._meta.get_field("other").related_model
        return self.visible_to(user).filter(other__in=cases.objects.visible_to(user))


class DisclosureQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """Confirmed and not over; of a sealed case only those made for it while it was sealed."""
        return self.filter(
            Q(level__lt=SEALED) | Q(named=True),
            status=DisclosureStatus.CONFIRMED,
            expires_at__gt=Now(),
        )

    def with_state(self) -> Self:
        """With `is_over`, by the clock of the database."""
        over = ExpressionWrapper(Q(expires_at__lte=Now()), BooleanField())
        return self.annotate(is_over=over)

    def in_time(self) -> Self:
        """Ending later than now, and not too late."""
        return self.filter(expires_at__gt=Now(), expires_at__lte=Now() + DISCLOSED_AT_MOST)


class GlassQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """Not over; never of a sealed case."""
        return self.filter(level__lt=SEALED, status=GlassStatus.OPEN, expires_at__gt=Now())

    def here(self, user: User) -> Self:
        """Those in force that this person opened in the session of this request."""
        return self.in_force().filter(user=user, session=session_mark.get())

    def open_to(self, user: User) -> Self:
        """Those this person watches over; everybody else those of their own."""
        watched = self.visible_to(user)
        if user.has_perm(self.model.access.view):
            return watched
        return self.filter(self.model.access.reach(user), user=user)

    def with_state(self) -> Self:
        """With `is_open` and `is_overdue`, by the clock of the database."""
        overdue = Q(started_at__lt=Now() - REVIEW_WITHIN) & ~Q(status=GlassStatus.REVIEWED)
        running = Q(status=GlassStatus.OPEN, expires_at__gt=Now())
        return self.annotate(
            is_open=ExpressionWrapper(running, BooleanField()),
            is_overdue=ExpressionWrapper(overdue, BooleanField()),
        )

    def unreviewed(self) -> Self:
        return self.exclude(status=GlassStatus.REVIEWED)

    def reviewed(self) -> Self:
        return self.filter(status=GlassStatus.REVIEWED)


class TaskQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.filter(status=TaskStatus.OPEN)

    def resting_on(self, user: User) -> Self:
        """What this person has to do: their own, and of their teams what rests on nobody else.

        What somebody left is asked of those who may give it to others, by a rule.
        """
        nobodys = Q(assignee__isnull=True)
        if not user.has_perm(Perm.CASE_ASSIGN):
            nobodys |= self.left()
        ours = Q(case__any_of=list(user.standing.team)) & nobodys
        return self.filter(Q(assignee=user.pk) | ours)

    def left(self) -> Q:
        """Given to somebody who does not read the case any more. The rest of the team has it."""
        case, person = OuterRef("case"), OuterRef("assignee")
        here = Q(office=OuterRef("office")) | Q(office__is_global=True)
        deep = [role for role, level in OFFICE_LEVEL.items() if level >= CONTENT]
        active = User.objects.filter(pk=person, is_active=True)
        by_role = Membership.objects.in_force().filter(here, user=person, role__in=deep)
        assigned = _rows("Assignment").in_force().filter(case=case, user=person)
        at_work = Membership.objects.in_force().filter(user=person, role__in=AT_WORK)
        tied = _rows("Conflict").in_force().filter(case=case, user=person)
        on_team: Any = Exists(assigned) & Exists(at_work)  # without a role a team opens nothing
        reads: Any = (Exists(by_role) & Q(level__lt=SEALED)) | on_team
        still: Any = Exists(active) & reads & ~Exists(tied)
        return Q(assignee__isnull=False) & ~still


class TransferQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        return self.filter(status=TransferStatus.WAITING)

    def offered_to(self, user: User) -> Self:
        """Those this person may answer."""
        if not user.has_perm(Perm.TRANSFER_ANSWER):
            return self.none()
        return self.waiting().filter(self.model.access.offered(user))

    def lost(self) -> Any:
        """To a person who cannot take it over any more: disabled, gone, or tied to the case."""
        person, case = OuterRef("to_person"), OuterRef("case")
        active = User.objects.filter(pk=person, is_active=True)
        here = Membership.objects.in_force().filter(office=OuterRef("office"))
        at_work = here.filter(user=person, role__in=MAY_BE_GIVEN)
        tied = _rows("Conflict").in_force().filter(case=case, user=person)
        still: Any = Exists(active) & Exists(at_work) & ~Exists(tied)
        return Q(to_person__isnull=False) & ~still


class SnoozeQuerySet(ScopedQuerySet):
    def in_force(self, today: date) -> Self:
        return self.filter(woken_at__isnull=True, until__gt=today)


def _rows(model: str) -> Any:
    return apps.get_model("casework", model)._default_manager
