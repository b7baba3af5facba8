"""Records that may be of one person: found, judged, confirmed by those who know, merged."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from core.access import CONTENT, CaseRows, PairRows, PersonRows, ScopedQuerySet
from core.alike.matching import SIDES, MatchQuerySet, MatchRow
from core.alike.merging import MergeRow
from victims.enums import ConfirmationStatus
from victims.models.records import SurvivorRecord


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


class Match(MatchRow):
    """Two survivors whose names are alike."""

    one = models.ForeignKey("victims.Victim", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("victims.Victim", on_delete=models.PROTECT, related_name="+")

    access = PairRows(
        CONTENT, Perm.MATCH_VIEW, through="victims.Involvement", key="victim", pair=SIDES
    )
    objects = MatchQuerySet.as_manager()

    class Meta(MatchRow.Meta):
        indexes = [
            models.Index(fields=["-likeness", "-id"], name="victims_match_likest"),
            models.Index(fields=["other"], name="victims_match_other"),
        ]


class Confirmation(SurvivorRecord):
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
