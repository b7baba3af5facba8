"""Which questions are asked where, and what was answered about a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from accounts.permissions import Perm
from core.access import CONTENT, ScopedQuerySet
from questions.enums import Noun, State

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case


class QuestionSetQuerySet(ScopedQuerySet):
    def must_be_answered(self) -> Self:
        """The editions that are asked now with a question that nobody may leave out, but for those
        that wait for the end of the case."""
        needed = [{"required": True, "only_if": ""}]
        rows = self.filter(state=State.PUBLISHED, questions__contains=needed)
        return rows.exclude(noun=Noun.CLOSING).order_by("code")

    def asked_in(self, case: Case, *nouns: str) -> Self:
        """The editions that are asked now, about these nouns in this case."""
        in_programme = Q(programmes=[]) | Q(programmes__contains=[case.programme])
        in_office = Q(office=None) | Q(office=case.office_id)
        rows = self.filter(in_programme & in_office, state=State.PUBLISHED, noun__in=nouns)
        return rows.order_by("title", "pk")

    def asked_of(self, user: User, noun: str) -> Self:
        """The editions that are asked now about this noun, where this person works."""
        if not user.has_perm(Perm.REPLY_WRITE):
            return self.none()
        offices = {office for office, _role in user.roles} | {*user.scope.offices[CONTENT]}
        rows = self.filter(Q(office=None) | Q(office__in=offices), state=State.PUBLISHED, noun=noun)
        return rows.order_by("title", "pk")


class ReplyQuerySet(ScopedQuerySet):
    def of(self, *nouns: str) -> Self:
        """About rows of these nouns; the latest edition first."""
        rows = self.filter(question_set__noun__in=nouns).select_related("question_set")
        return rows.order_by("-question_set__edition")

    def saying(self, noun: str, code: str, rule: str) -> Self:
        """About which rows a set is answered so: "code=answer"."""
        return self.of(noun).standing().filter(question_set__code=code, chosen__contains=[rule])

    def standing(self) -> Self:
        """Of the answers about a row to several editions of a set, the latest."""
        later = self.model._default_manager.filter(
            about=OuterRef("about"),
            question_set__code=OuterRef("question_set__code"),
            question_set__edition__gt=OuterRef("question_set__edition"),
        )
        return self.filter(~Exists(later))
