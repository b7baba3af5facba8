"""What prosecutors from outside tell and ask: nothing changes before the team has accepted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import Perm
from core.access import CONTENT, Actor, CaseRows
from core.fields import EncryptedTextField
from prosecutions.enums import (
    Adjournment,
    AnswerKind,
    AnswerStatus,
    HearingPurpose,
    HearingResult,
    NoNextDate,
    RequestKind,
)
from prosecutions.models.hearings import Hearing
from prosecutions.models.proceedings import ProceedingRecord, Prosecution

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class OwnAnswers(CaseRows):
    """Rows of a case; to whom it is only shown, those they told themselves."""

    def reach(self, user: Actor) -> Q:
        own = Q(user=user.pk) & user.scope.is_shown(self.view, case=self.case)
        return user.scope.rows(self.level, case=self.case, office="office") | own

    def opens(self, case: object, user: Actor) -> bool:
        return user.has_perm(self.view) and user.scope.reads(case, "", self.level)


class Answer(ProceedingRecord):
    """What a prosecutor from outside told of a proceeding, or asked for in it."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # Empty once what it was about was struck: then it can only be refused.
    prosecution = models.ForeignKey(
        Prosecution, null=True, on_delete=models.SET_NULL, related_name="answers"
    )
    hearing = models.ForeignKey(
        Hearing,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answers",
        verbose_name=_("Which hearing"),
    )
    kind = models.CharField(_("What it is"), max_length=10, choices=AnswerKind)
    result = models.CharField(
        _("What came of it"), max_length=10, choices=HearingResult, blank=True
    )
    adjourned_for = models.CharField(
        _("Why it was adjourned"), max_length=16, choices=Adjournment, blank=True
    )
    next_on = models.DateField(_("Next date"), null=True, blank=True)
    next_at = models.TimeField(_("Hour, if known"), null=True, blank=True)
    next_purpose = models.CharField(
        _("What the next hearing is for"), max_length=12, choices=HearingPurpose, blank=True
    )
    no_next_date = models.CharField(
        _("Why there is no next date"), max_length=12, choices=NoNextDate, blank=True
    )
    asked = models.CharField(_("What you ask for"), max_length=12, choices=RequestKind, blank=True)
    words = EncryptedTextField(
        _("Anything else"),
        null=True,
        blank=True,
        help_text=_("The team of the case reads this. Use codes, not names."),
    )
    status = models.CharField(max_length=10, choices=AnswerStatus, default=AnswerStatus.WAITING)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = EncryptedTextField(
        _("Reason"), null=True, help_text=_("The prosecutor reads this. Use codes, not names.")
    )

    # What was told stands; a trigger lets go of what it was about, and lets it be decided once.
    changeable = ("prosecution", "hearing", "status", "decided_by", "decided_at", "reason")
    access = OwnAnswers(CONTENT, Perm.PROSECUTION_VIEW)
    shown_with = (*ProceedingRecord.shown_with, "user", "hearing")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_answer_decided_by_another",
                condition=Q(
                    status=AnswerStatus.WAITING, decided_by__isnull=True, decided_at__isnull=True
                )
                | Q(
                    ~Q(decided_by=F("user")),
                    status__in=AnswerStatus.DECIDED,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="prosecutions_answer_refused_for_a_reason",
                condition=~Q(status=AnswerStatus.REFUSED) | Q(reason__isnull=False),
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        facts: list[tuple[StrOrPromise, object]] = [
            (pgettext_lazy("person", "From"), self.user.name),
            (_("Answer"), self.in_words),
        ]
        if self.words:
            facts.append((_("In their words"), self.words))
        return [*(self.prosecution.describe() if self.prosecution else []), *facts]

    @property
    def in_words(self) -> str:
        """“Result of the hearing of 4 May 2026: Adjourned, Witness absent; next 2 Jun 2026”."""
        parts = [self.get_result_display(), self.get_adjourned_for_display()]
        parts += [self.get_asked_display(), self.get_no_next_date_display()]
        if self.next_on:
            parts.append(_now("next %(day)s") % {"day": date_format(self.next_on, "j M Y")})
            parts.append(self.get_next_purpose_display())
        head = self.get_kind_display()
        if self.hearing:
            head = f"{head} {date_format(self.hearing.listed_on, 'j M Y')}"
        return f"{head}: {', '.join(filter(None, parts))}"
