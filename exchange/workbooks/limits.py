"""New rows that would open something to somebody: let in only as far as their verbs would."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from aftercare.enums import ReferralStatus
from aftercare.models import ProviderStaff
from casework.enums import TaskStatus
from casework.models import Conflict
from casework.services.cases import members_of
from core.services import Refused
from exchange.workbooks.sheets import KEY
from questions.asking import checked, chosen_of
from questions.models import QuestionSet

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Office, User
    from aftercare.models import Referral
    from casework.models import Assignment, Task
    from exchange.workbooks.rows import Line
    from questions.asking import Question
    from questions.models import Reply, ReplyWords
    from studies.models import Estimate
    from victims.models import Withdrawal


def _answers(questions: list[Question], given: object) -> dict[str, Any]:
    """By code, as the API takes them. Raises `ValueError` with words."""
    try:
        answers = json.loads(given) if isinstance(given, str) else given
    except json.JSONDecodeError:
        answers = None
    if not isinstance(answers, dict):
        raise ValueError(_("This is not JSON."))
    try:
        return checked(questions, answers)
    except Refused as refusal:
        raise ValueError(str(refusal)) from None


class Limits:
    def __init__(self, office: Office, actor: User) -> None:
        self.office, self.actor = office, actor
        self._asked: dict[UUID, QuestionSet] = {}  # by new reply

    def against(self, line: Line, row: object) -> tuple[str, str] | None:
        """The column, and why a new row is not let in."""
        check = getattr(self, f"_{line.sheet.name}", None)
        fault: tuple[str, str] | None = check(row) if check else None
        return fault

    def _providers(self, row: object) -> tuple[str, str] | None:
        if self.actor.has_perm(Perm.PROVIDER_MANAGE):
            return None
        return KEY, _("You may not add a provider. Use an existing one.")

    def _team(self, row: Assignment) -> tuple[str, str] | None:
        """Whoever is on a team sees the case."""
        if row.ended_at is not None:
            return None
        if row.user_id not in self._members:
            return "user", _("Only people in the case’s own office can join its team.")
        if (row.case_id, row.user_id) in self._conflicts:
            return "user", _("This person has a conflict of interest in this case.")
        return None

    def _referrals(self, row: Referral) -> tuple[str, str] | None:
        """A provider that signs in here sees what is sent to it: that is sent by its verb."""
        if row.status == ReferralStatus.DRAFT or row.provider_id not in self._signing_in:
            return None
        words = _("This provider signs in here. Take the referral in as a draft, then send it.")
        return "status", words

    def _tasks(self, row: Task) -> tuple[str, str] | None:
        """An open task is given to somebody who may see it."""
        if row.status != TaskStatus.OPEN or row.assignee_id in {None, *self._members}:
            return None
        return "assignee", _("Only people of the case’s own office can have a task.")

    def _withdrawals(self, row: Withdrawal) -> tuple[str, str] | None:
        """One that is not told yet stands before the provider when it signs in next."""
        if row.told_on or row.recipient_id not in self._signing_in:
            return None
        return "told_on", _("This provider signs in here. Tell it yourself, then say when.")

    def _estimates(self, row: Estimate) -> tuple[str, str] | None:
        """From the day of its publication it stands in figures."""
        if row.published_on is None or self.actor.has_perm(Perm.STUDY_PUBLISH):
            return None
        return "published_on", _("You may not publish an estimate. Leave this empty.")

    def _replies(self, row: Reply) -> tuple[str, str] | None:
        """What the set asks; nothing in the clear of what may say who somebody is."""
        asked = self._asked[row.pk] = self.sets[row.question_set_id]
        try:
            row.answers = _answers([] if asked.identity else asked.questions, row.answers)
        except ValueError as exc:
            return "answers", str(exc)
        row.chosen = chosen_of(asked.questions, row.answers)
        return None

    def _reply_words(self, row: ReplyWords) -> tuple[str, str] | None:
        asked = self._asked.get(row.pk)
        if asked is None or not asked.identity:
            return "text", _("Nothing here has this name.")
        try:
            _answers(asked.questions, row.text)
        except ValueError as exc:
            return "text", str(exc)
        return None

    @cached_property
    def sets(self) -> dict[UUID, QuestionSet]:
        return QuestionSet.objects.in_bulk()

    @cached_property
    def _conflicts(self) -> set[tuple[UUID, UUID]]:
        return set(Conflict.objects.in_force().values_list("case", "user"))

    @cached_property
    def _members(self) -> set[UUID]:
        return set(members_of(self.office.pk).values_list("pk", flat=True))

    @cached_property
    def _signing_in(self) -> set[UUID]:
        return set(ProviderStaff.objects.in_force().values_list("provider", flat=True))
