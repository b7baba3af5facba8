"""Which questions are asked where, and what was answered about a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.access import ScopedQuerySet
from questions.enums import State

if TYPE_CHECKING:
    from uuid import UUID

    from casework.models import Case


class QuestionSetQuerySet(ScopedQuerySet):
    def asked_in(self, case: Case, noun: str) -> Self:
        """The editions that are asked now, about this noun in this case."""
        in_programme = Q(programmes=[]) | Q(programmes__contains=[case.programme])
        in_office = Q(office=None) | Q(office=case.office_id)
        rows = self.filter(in_programme & in_office, state=State.PUBLISHED, noun=noun)
        return rows.order_by("title", "pk")


class ReplyQuerySet(ScopedQuerySet):
    def of(self, noun: str, row: UUID | None = None) -> Self:
        """About the rows of a noun, or one of them; the latest edition first."""
        rows = self.filter(question_set__noun=noun, **({"about": row} if row else {}))
        return rows.select_related("question_set").order_by("-question_set__edition")
