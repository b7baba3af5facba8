"""People harmed: a person under a code, who they really are, and their part in a case."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, IDENTITY, CaseRows, PersonRows, Scoped, ScopedQuerySet
from core.alike.merging import Mergeable
from core.fields import EncryptedTextField
from core.history import tracked
from core.models import Record
from victims.enums import OLDEST_MONTHS, AgeBand, IdentityField, Outcome, Sex, band_of, person_words
from victims.querysets import IncidentSurvivorQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """A code that says nothing: eight characters without look-alikes."""
    return "V-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


@tracked
class Victim(Mergeable):
    """A person under a code. The name lies in `Identity`; cases hang on `Involvement`."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    sex = models.CharField(max_length=10, choices=Sex)
    age_min_months = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max_months = models.PositiveSmallIntegerField(null=True, blank=True)
    nationality = models.CharField(max_length=2, blank=True)  # ISO 3166-1
    languages = models.CharField(max_length=60, blank=True)  # ISO 639, separated by commas
    safety_flag = models.BooleanField(default=False)

    access = PersonRows(
        CONTENT, Perm.VICTIM_VIEW, through="victims.Involvement", key="victim", own="pk"
    )
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="victims_victim_age_is_a_range",
                condition=Q(age_min_months__isnull=True, age_max_months__isnull=True)
                | Q(age_min_months__lte=F("age_max_months"), age_max_months__lte=OLDEST_MONTHS),
            ),
            models.CheckConstraint(
                name="victims_victim_known_sex", condition=Q(sex__in=Sex.values)
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def age_band(self) -> AgeBand:
        return band_of(self.age_min_months, self.age_max_months)

    @property
    def in_words(self) -> str:
        return person_words(self.sex, self.age_band)


class Identity(Record, Scoped):
    """Who a victim really is. Encrypted throughout; its own level, its own rule."""

    victim = models.OneToOneField(Victim, on_delete=models.PROTECT, related_name="identity")
    full_name = EncryptedTextField(
        IdentityField.FULL_NAME.label, help_text=_("As the person says it, in any script.")
    )
    latin_name = EncryptedTextField(
        IdentityField.LATIN_NAME.label,
        null=True,
        help_text=_("Only if it is written differently there, as in a passport."),
    )
    born_on = EncryptedTextField(IdentityField.BORN_ON.label, null=True)
    contacts = EncryptedTextField(
        IdentityField.CONTACTS.label,
        null=True,
        help_text=_("Whom the person trusts, and how it is safe to call."),
    )
    documents = EncryptedTextField(
        IdentityField.DOCUMENTS.label,
        null=True,
        help_text=_("Kind and number of passport, identity card or birth certificate."),
    )

    access = PersonRows(
        IDENTITY,
        Perm.IDENTITY_VIEW,
        through="victims.Involvement",
        key="victim",
        own="victim",
    )
    objects = ScopedQuerySet.as_manager()


class FormerIdentity(Scoped):
    """What was recorded of who a person is before someone corrected it.

    A table of its own instead of the history of values, so that it can be re-keyed and erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="former_identities")
    field = models.CharField(max_length=12, choices=IdentityField)
    value = EncryptedTextField()
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    append_only = True
    access = PersonRows(
        IDENTITY,
        Perm.IDENTITY_VIEW,
        through="victims.Involvement",
        key="victim",
        own="victim",
    )
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="victims_formeridentity_known_field",
                condition=Q(field__in=IdentityField.values),
            ),
        ]


@tracked
class Involvement(CaseRecord):
    """A victim's part in one case, and the rescue that brought the person out.

    `identified_on`: the day we learned of the person; where nobody says it, the day it was written
    down, by the calendar of the office, or of the place where it is still yesterday (migration
    0045).
    """

    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="involvements")
    rescue = models.ForeignKey(
        "casework.Rescue", null=True, on_delete=models.PROTECT, related_name="involvements"
    )
    code = models.CharField(max_length=10)  # S-1, S-2 … within the case
    outcome = models.CharField(
        _("What became of the person"), max_length=10, choices=Outcome, blank=True
    )
    identified_on = models.DateField(null=True, blank=True)

    part = "survivors"
    access = CaseRows(CONTENT, Perm.VICTIM_VIEW)
    named_with = shown_with = ("case__jurisdiction", "case__office", "rescue", "victim")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="victims_involvement_code_once"),
            models.UniqueConstraint(
                fields=["case", "victim"], name="victims_involvement_once_per_case"
            ),
            models.CheckConstraint(
                name="victims_involvement_rescue_has_outcome",
                condition=Q(rescue__isnull=True, outcome="")
                | Q(rescue__isnull=False, outcome__in=Outcome.values),
            ),
        ]
        indexes = [
            models.Index(fields=["victim"], name="victims_involvement_of_victim"),
            models.Index(fields=["-created_at", "-id"], name="victims_involvement_list"),
            models.Index(
                fields=["office", "-created_at", "-id"], name="victims_involvement_of_office"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def survivor(self) -> Involvement:
        """As rows about a survivor say who it is."""
        return self

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Survivor"), f"{self.code}, {self.victim.in_words}")]


@tracked
class IncidentSurvivor(CaseRecord):
    """A survivor whom abuse online is about, until she is taken off it."""

    incident = models.ForeignKey(
        "casework.OnlineIncident", on_delete=models.PROTECT, related_name="survivors"
    )
    involvement = models.ForeignKey(Involvement, on_delete=models.PROTECT, related_name="incidents")
    removed_at = models.DateTimeField(null=True, blank=True)

    access = CaseRows(CONTENT, Perm.VICTIM_VIEW)
    objects: ClassVar[Any] = IncidentSurvivorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "involvement"],
                name="victims_incidentsurvivor_once",
                condition=Q(removed_at__isnull=True),
            ),
        ]
