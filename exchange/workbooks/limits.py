"""New rows that would open something to somebody: let in only as far as their verbs would."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from aftercare.enums import ReferralStatus
from aftercare.models import ProviderStaff
from casework.models import Conflict
from casework.services.cases import members_of
from exchange.workbooks.sheets import KEY

if TYPE_CHECKING:
    from accounts.models import Office, User
    from exchange.workbooks.rows import Line


class Limits:
    def __init__(self, office: Office, actor: User) -> None:
        self.office, self.actor = office, actor

    def against(self, line: Line, row: Any) -> tuple[str, str] | None:
        """The column, and why a new row is not let in."""
        check = getattr(self, f"_{line.sheet.name}", None)
        found: tuple[str, str] | None = check(row) if check else None
        return found

    def _providers(self, row: Any) -> tuple[str, str] | None:
        if self.actor.has_perm(Perm.PROVIDER_MANAGE):
            return None
        return KEY, _("You may not add a provider. Name one that is here.")

    def _team(self, row: Any) -> tuple[str, str] | None:
        """Whoever is on a team sees the case."""
        if row.ended_at is not None:
            return None
        if row.user_id not in self._members:
            return "user", _("Only people of the case’s own office can join its team.")
        if Conflict.objects.in_force().filter(case=row.case_id, user=row.user_id).exists():
            return "user", _("This person has a conflict of interest in this case.")
        return None

    def _referrals(self, row: Any) -> tuple[str, str] | None:
        """A provider that signs in here sees what is sent to it: that is sent by its verb."""
        if row.status == ReferralStatus.DRAFT or row.provider_id not in self._signing_in:
            return None
        words = _("This provider signs in here. Take the referral in as a draft, then send it.")
        return "status", words

    @cached_property
    def _members(self) -> set[Any]:
        return set(members_of(self.office.pk).values_list("pk", flat=True))

    @cached_property
    def _signing_in(self) -> set[Any]:
        return set(ProviderStaff.objects.in_force().values_list("provider", flat=True))
