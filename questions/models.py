"""What an organisation asks beyond Casework's own questions, and what was answered.

A set of questions is published in editions. A published edition never changes, so that an answer
means what was asked. Answers are as closed as what they are about: rows of its case, at the level
of content, or of identity and then encrypted in a table of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import CaseStatus
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, IDENTITY, CaseRows, Reference, Scoped
from core.fields import EncryptedTextField
from core.history import tracked
from core.models import Record
from questions.enums import Noun, State
from questions.querysets import QuestionSetQuerySet, ReplyQuerySet

if TYPE_CHECKING:
    from casework.models import Case


class QuestionSet(Record, Scoped):
    """One edition of a set. `questions`: see `questions/asking.py`."""

    code = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("Title"), max_length=120)
    noun = models.CharField(_("About"), max_length=10, choices=Noun)
    identity = models.BooleanField(
        _("Answers may say who somebody is"),
        default=False,
        help_text=_("They are then kept encrypted, and each reading is recorded."),
    )
    programmes = models.JSONField(
        _("Programmes"), default=list, help_text=_("If none is chosen, it is asked everywhere.")
    )
    office = models.ForeignKey(
        "accounts.Office",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Office"),
        help_text=_("If none is chosen, it is asked everywhere."),
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    questions = models.JSONField(default=list)

    access = Reference()
    objects: ClassVar[Any] = QuestionSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="questions_set_once"),
            models.UniqueConstraint(
                fields=["code"], name="questions_set_one_draft", condition=Q(state=State.DRAFT)
            ),
            models.UniqueConstraint(
                fields=["code"],
                name="questions_set_one_published",
                condition=Q(state=State.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questions:set", args=[self.pk])

    def question(self, code: str) -> dict[str, Any] | None:
        return next((question for question in self.questions if question["code"] == code), None)

    def where(self, case: str) -> Q:
        """The rows of open cases in which it is asked; `case`: the path to the case."""
        words: dict[str, Any] = {f"{case}status__in": CaseStatus.OPEN}
        words |= {f"{case}programme__in": self.programmes} if self.programmes else {}
        return Q(**words | ({f"{case}office": self.office_id} if self.office_id else {}))

    def fits(self, case: Case) -> bool:
        """Whether it is asked in this case."""
        in_programme = not self.programmes or case.programme in self.programmes
        return in_programme and self.office_id in (None, case.office_id)


@tracked
class Reply(CaseRecord):
    """The answers to one edition about one row; of a level of identity they are `ReplyWords`.

    `about`: the id of the case, or of the row of it, that the set is about.
    """

    question_set = models.ForeignKey(
        QuestionSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("Questions")
    )
    about = models.UUIDField()
    answers = models.JSONField(default=dict)
    # What of them is chosen, as "code=answer": what is counted, and by which lists are narrowed.
    chosen = ArrayField(models.TextField(), default=list, db_default=[])

    names = ("answers",)  # whoever writes words may name somebody
    access = CaseRows(CONTENT, Perm.REPLY_VIEW)
    shown_with = (*ITS_CASE, "question_set")
    objects: ClassVar[Any] = ReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question_set", "about"], name="questions_reply_once"),
        ]
        indexes = [models.Index(fields=["about"], name="questions_reply_about")]

    def __str__(self) -> str:
        return self.question_set.title


class ReplyWords(CaseRecord):
    """Answers that may say who somebody is, as JSON. Encrypted; read only on opening."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="words")
    text = EncryptedTextField()

    access = CaseRows(IDENTITY, Perm.REPLY_READ)
    shown_with = (*ITS_CASE, "reply__question_set")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="questions_replywords_under_its_reply", condition=Q(id=F("reply"))
            ),
        ]
