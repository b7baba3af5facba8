"""What is completed later about a person, whatever the case: background, words told, siblings."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from core.access import CONTENT, IDENTITY, PersonRows, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.history import tracked
from core.models import Record
from victims.enums import Papers, Safety, Topic
from victims.htcds import Education, MaritalStatus


def _of_person(level: int, view: str) -> PersonRows:
    return PersonRows(level, view, through="victims.Involvement", key="victim", own="victim")


@tracked
class Background(Record, Scoped):
    """What else is known of a person by code, and which questions nobody could answer.

    Written behind a lock on the person, whose version it shares.
    """

    victim = models.OneToOneField(
        "victims.Victim", on_delete=models.PROTECT, related_name="background"
    )
    age_estimated = models.BooleanField(null=True, blank=True)
    marital_status = models.CharField(max_length=24, choices=MaritalStatus, blank=True)
    education = models.CharField(max_length=40, choices=Education, blank=True)
    papers = models.CharField(max_length=10, choices=Papers, blank=True)
    safety = models.CharField(max_length=10, choices=Safety, blank=True)
    not_known = ArrayField(models.CharField(max_length=20), default=list)  # asked; nobody knows

    access = _of_person(CONTENT, Perm.VICTIM_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="victims_background_known_codes",
                condition=Q(marital_status__in=["", *MaritalStatus.values])
                & Q(education__in=["", *Education.values])
                & Q(papers__in=["", *Papers.values], safety__in=["", *Safety.values]),
            ),
        ]


class Particular(Scoped):
    """What was told of a person in words: which papers, and what the danger is.

    Each writing is a row of its own; the newest says how it stands, the others are its history.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    victim = models.ForeignKey(
        "victims.Victim", on_delete=models.PROTECT, related_name="particulars"
    )
    about = models.CharField(max_length=10, choices=Topic)
    text = EncryptedTextField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    append_only = True
    access = _of_person(IDENTITY, Perm.IDENTITY_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="victims_particular_known_subject", condition=Q(about__in=Topic.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["victim", "about", "-created_at"], name="victims_particular_newest"
            )
        ]


@tracked
class Sibling(Record, Scoped):
    """A person in a group of siblings, who stay together. The group is known by its members."""

    group = models.UUIDField()
    victim = models.ForeignKey("victims.Victim", on_delete=models.PROTECT, related_name="siblings")
    left_on = models.DateField(null=True, blank=True)

    access = _of_person(CONTENT, Perm.VICTIM_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim"],
                name="victims_sibling_in_one_group",
                condition=Q(left_on__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["group"], name="victims_sibling_group")]
