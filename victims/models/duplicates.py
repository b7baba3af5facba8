"""Records that may be of one person: found, judged, confirmed by those who know, merged."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows, PairRows, PersonRows, Scoped, ScopedQuerySet
from core.merging import MergeRow
from core.models import Record
from victims.enums import ConfirmationStatus, MatchStatus


class VictimMerge(MergeRow):
    """That two records are one survivor."""

    kept = models.ForeignKey("victims.Victim", on_delete=models.PROTECT, related_name="merges")
    other = models.ForeignKey("victims.Victim", on_delete=models.PROTECT, related_name="+")

    access = PersonRows(
        CONTENT, Perm.VICTIM_VIEW, through="victims.Involvement", key="victim", own="kept"
    )
    objects = ScopedQuerySet.as_manager()

    class Meta(MergeRow.Meta):
        pass


class MatchQuerySet(ScopedQuerySet):
    def of(self, victims: Any) -> Any:
        return self.filter(Q(one__any_of=victims) | Q(other__any_of=victims))

    def of_two_persons(self) -> Any:
        """Not merged meanwhile."""
        stands = [Coalesce(f"{side}__merged_into", side) for side in SIDES]
        return self.alias(first=stands[0], second=stands[1]).exclude(first=F("second"))


SIDES = ("one", "other")


class Match(Record, Scoped):
    """Two survivors whose names are alike, and what was said of them. It holds no name.

    Of the two keys the smaller one is `one`: no pair stands twice.
    """

    one = models.ForeignKey("victims.Victim", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("victims.Victim", on_delete=models.PROTECT, related_name="+")
    likeness = models.PositiveSmallIntegerField()  # of the names, in hundredths
    status = models.CharField(max_length=10, choices=MatchStatus, default=MatchStatus.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    access = PairRows(
        CONTENT, Perm.MATCH_VIEW, through="victims.Involvement", key="victim", pair=SIDES
    )
    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="victims_match_once"),
            models.CheckConstraint(name="victims_match_in_order", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="victims_match_likeness", condition=Q(likeness__range=(1, 100))
            ),
            models.CheckConstraint(
                name="victims_match_decided_by_somebody",
                condition=Q(
                    status=MatchStatus.OPEN, decided_by__isnull=True, decided_at__isnull=True
                )
                | Q(
                    ~Q(status=MatchStatus.OPEN),
                    status__in=MatchStatus.values,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["-likeness", "-id"], name="victims_match_likest"),
            models.Index(fields=["other"], name="victims_match_other"),
        ]


class Confirmation(CaseRecord):
    """A case manager is asked whether a record is of the person it says. The other side of the
    match is neither named nor counted here."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="confirmations")
    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="confirmations"
    )
    status = models.CharField(
        max_length=8, choices=ConfirmationStatus, default=ConfirmationStatus.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    access = CaseRows(CONTENT, Perm.CONFIRMATION_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["match", "involvement"], name="victims_confirmation_once"
            ),
            models.CheckConstraint(
                name="victims_confirmation_answered_by_somebody",
                condition=Q(
                    status=ConfirmationStatus.ASKED,
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                )
                | Q(
                    ~Q(status=ConfirmationStatus.ASKED),
                    status__in=ConfirmationStatus.values,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["involvement"], name="victims_confirmation_of_person")]
