"""What was backed up and what came of trying to restore it, for those who look after the system."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Held, Scoped, ScopedQuerySet
from core.models import Record


class Backup(Record, Scoped):
    """One that was made, or one that was to be made and was not."""

    made_at = models.DateTimeField(
        verbose_name=_("made at"), help_text=_("When it was begun; it has the data of that time.")
    )
    name = models.CharField(
        max_length=60, verbose_name=_("name"), help_text=_("The name of the file.")
    )
    place = models.CharField(
        max_length=300, verbose_name=_("place"), help_text=_("The folder or bucket where it is.")
    )
    seconds = models.PositiveIntegerField(
        verbose_name=_("seconds"), help_text=_("How long it took.")
    )
    size = models.PositiveBigIntegerField(
        null=True, verbose_name=_("size"), help_text=_("Of the file, in bytes.")
    )
    files = models.PositiveIntegerField(
        null=True, verbose_name=_("files"), help_text=_("How many received files are in it.")
    )
    without_file = models.PositiveIntegerField(
        null=True,
        verbose_name=_("missing files"),
        help_text=_("Received files that the database names and the server did not have."),
    )
    keys = models.CharField(
        max_length=300,
        blank=True,
        verbose_name=_("field keys"),
        help_text=_("The fingerprints of the field keys it was written with."),
    )
    failure = models.CharField(
        max_length=500,
        blank=True,
        verbose_name=_("failure"),
        help_text=_("Why it was not made, in one line; empty if it was."),
    )
    taken_away_at = models.DateTimeField(
        null=True,
        verbose_name=_("taken away at"),
        help_text=_("When it was deleted because newer ones are there."),
    )

    changeable = ("taken_away_at",)
    access = Held(Perm.BACKUP_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        constraints = [
            models.CheckConstraint(
                name="backups_backup_made_or_failed",
                condition=Q(failure="", size__isnull=False, files__isnull=False)
                | (~Q(failure="") & Q(size__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="backups_backup_by_time")]

    def __str__(self) -> str:
        return self.name


class Drill(Record, Scoped):
    """A backup that was restored into a server of its own, and what differed."""

    drilled_at = models.DateTimeField(
        verbose_name=_("drilled at"), help_text=_("When the drill was begun.")
    )
    backup = models.CharField(
        max_length=60, verbose_name=_("backup"), help_text=_("The name of the file.")
    )
    seconds = models.PositiveIntegerField(
        verbose_name=_("seconds"), help_text=_("How long it took to restore.")
    )
    differences = ArrayField(
        models.CharField(max_length=300),
        default=list,
        verbose_name=_("differences"),
        help_text=_("What differed from the backup, by tables and rules; empty if nothing did."),
    )
    failure = models.CharField(
        max_length=500,
        blank=True,
        verbose_name=_("failure"),
        help_text=_("Why it could not be restored, in one line; empty if it was."),
    )

    append_only = True
    access = Held(Perm.BACKUP_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("drill")
        verbose_name_plural = _("drills")
        indexes = [models.Index(fields=["-drilled_at", "-id"], name="backups_drill_by_time")]

    def __str__(self) -> str:
        return self.backup

    @property
    def is_sound(self) -> bool:
        """It was restored, and nothing differed."""
        return not self.failure and not self.differences
