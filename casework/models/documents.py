"""Documents and evidence: what came in, as which bytes, and through whose hands it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.columns import IN_THE_TEAM
from casework.models.records import CaseRecord
from casework.paper_codes import (
    WRONG,
    Acts,
    CustodyStep,
    DocumentKind,
    FileFinding,
    FileType,
    Scan,
)
from core.access import CONTENT, IDENTITY, CaseRows, Nobody, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.history import tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from core.access import Actor

DIGEST = 32  # bytes of a SHA-256

models.BinaryField.register_lookup(Length)


class StoredFile(Scoped):
    """A file on the disk, under a name that is this key: what it must be, and what was found.

    Belongs to no case: it says nothing of one, and the nightly comparison acts as nobody. Its own
    key lies here encrypted; without the row the file is noise.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    data_key = EncryptedTextField()
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField()  # of what lies here, which is not always what was received
    stored_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=10, choices=FileFinding, blank=True)
    scanned_at = models.DateTimeField(null=True)
    scan = models.CharField(max_length=10, choices=Scan, blank=True, default="", db_default="")
    # What it may do when it is opened; null while nobody looked, as of files of long ago.
    acts = ArrayField(models.CharField(max_length=10, choices=Acts), null=True)

    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_storedfile_digest", condition=Q(sha256__length=DIGEST)
            ),
            models.CheckConstraint(
                name="casework_storedfile_found_when",
                condition=Q(checked_at__isnull=True, finding="")
                | Q(checked_at__isnull=False, finding__in=FileFinding.values),
            ),
            models.CheckConstraint(
                name="casework_storedfile_scanned_when",
                condition=Q(scanned_at__isnull=True, scan="")
                | Q(scanned_at__isnull=False, scan__in=Scan.values),
            ),
            models.CheckConstraint(
                name="casework_storedfile_known_acts",
                condition=Q(acts__isnull=True) | Q(acts__contained_by=Acts.values),
            ),
        ]
        indexes = [
            models.Index(
                F("checked_at").asc(nulls_first=True), "id", name="casework_storedfile_next"
            ),
            models.Index(
                fields=["stored_at", "id"], name="casework_storedfile_to_scan", condition=Q(scan="")
            ),
        ]

    @property
    def is_wrong(self) -> bool:
        """The last comparison did not find what was received."""
        return self.finding in WRONG

    @property
    def is_held(self) -> bool:
        """It acts when it is opened, and nobody has found it clean."""
        return bool(self.acts) and self.scan != Scan.CLEAN


@tracked
class Document(CaseRecord):
    """One paper, picture or recording of a case, known by its code; its content is in versions."""

    code = models.CharField(max_length=10)  # D-1, D-2 … within the case
    kind = models.CharField(_("Kind"), max_length=20, choices=DocumentKind)
    received_on = models.DateField(_("Received on"))
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # By their codes, which are given once and lead nowhere when the other one is erased.
    redacts = models.CharField(max_length=10, blank=True, db_default="")  # of which it is a copy
    follows = models.CharField(max_length=10, blank=True, db_default="")  # the former statement

    access = CaseRows(CONTENT, Perm.DOCUMENT_VIEW)
    named_with = ("case__jurisdiction",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="casework_document_code_once"),
            models.CheckConstraint(
                name="casework_document_known_kind", condition=DocumentKind.holds("kind")
            ),
        ]
        indexes = [
            models.Index(fields=["code"], name="casework_document_by_code"),
            models.Index(fields=["-received_on", "-id"], name="casework_document_by_day"),
            models.Index(
                fields=["id"],
                name="casework_document_material",
                condition=Q(kind=DocumentKind.ABUSE_MATERIAL),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("casework:document", args=[self.pk])

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Document"), f"{self.code}, {self.get_kind_display()}")]

    @property
    def is_statement(self) -> bool:
        """Signed: it is never changed, a later one follows it."""
        return self.kind == DocumentKind.STATEMENT

    @property
    def never_stored(self) -> bool:
        return self.kind in DocumentKind.NEVER_STORED


class DocumentVersion(CaseRecord):
    """The bytes of a document as they came: their SHA-256, their name, and the file kept of them.

    A picture is kept as painted anew from its pixels; as evidence its untouched original lies
    beside it. Of what is never stored, only the SHA-256 is here.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sha256 = models.BinaryField()  # over the bytes received
    size = models.PositiveBigIntegerField(null=True)
    type = models.CharField(max_length=10, choices=FileType, blank=True)
    name = EncryptedTextField(null=True)  # of the file, as it was sent
    remark = EncryptedTextField(null=True)
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    original = models.OneToOneField(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    append_only = True
    access = CaseRows(IDENTITY, Perm.DOCUMENT_OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="casework_documentversion_number_once"
            ),
            models.CheckConstraint(
                name="casework_documentversion_digest", condition=Q(sha256__length=DIGEST)
            ),
            models.CheckConstraint(
                name="casework_documentversion_file_or_hash_alone",
                condition=Q(file__isnull=True, original__isnull=True, size__isnull=True, type="")
                | Q(file__isnull=False, size__isnull=False, type__in=FileType.values),
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="casework_version_by_digest")]

    def get_absolute_url(self) -> str:
        return reverse("casework:document", args=[self.document_id])

    def sent_as(self, reader: Actor) -> str:
        """The name its sender gave it, which the team of the case alone reads."""
        known = reader.scope.reads(self.case, "", IDENTITY)  # whatever else is shown
        return str(self.name or "").strip() if known else ""

    @property
    def digest(self) -> str:
        return bytes(self.sha256).hex()

    @property
    def is_shown_by_page(self) -> bool:
        """Of a kind whose pages are pictures, so that areas can be painted black."""
        return self.file is not None and self.type in FileType.PAINTED

    @property
    def repainted(self) -> bool:
        """What is kept is not what was received: made anew from its pixels."""
        return self.file is not None and bytes(self.file.sha256) != bytes(self.sha256)

    @property
    def finding(self) -> str:
        """What the last comparison found: the worst of the file and the original."""
        kept = [file for file in (self.file, self.original) if file]
        wrong = [file.finding for file in kept if file.is_wrong]
        return wrong[0] if wrong else kept[0].finding if kept else ""

    @property
    def scan(self) -> str:
        """What the look for viruses found: the worse of the file and the original."""
        scans = {file.scan for file in (self.file, self.original) if file}
        return next((scan for scan in (Scan.INFECTED, "", Scan.CLEAN) if scan in scans), "")

    @property
    def acts(self) -> list[str]:
        """What the file or the original may do when it is opened."""
        codes = {code for file in (self.file, self.original) if file for code in file.acts or ()}
        return [code for code in Acts.values if code in codes]

    @property
    def acts_labels(self) -> list[str]:
        return [str(Acts(code).label) for code in self.acts]

    @property
    def is_held(self) -> bool:
        return any(file.is_held for file in (self.file, self.original) if file)

    @property
    def scan_label(self) -> str:
        return str(Scan(self.scan).label) if self.scan else ""

    @property
    def is_wrong(self) -> bool:
        return self.finding in WRONG


class CustodyEvent(CaseRecord):
    """One step on the way of a document: who gave or took it, on which day."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="custody")
    step = models.CharField(_("What happened"), max_length=10, choices=CustodyStep)
    happened_on = models.DateField(_("Day"))
    agency = models.ForeignKey(
        "places.Agency", models.PROTECT, "+", null=True, blank=True, verbose_name=_("Agency")
    )
    person = EncryptedTextField(_("Person"), null=True, help_text=IN_THE_TEAM)
    remark = EncryptedTextField(_("Remark"), null=True)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    append_only = True
    access = CaseRows(IDENTITY, Perm.DOCUMENT_OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_custodyevent_known_step", condition=Q(step__in=CustodyStep.values)
            ),
            models.CheckConstraint(
                name="casework_custodyevent_with_someone",
                condition=Q(agency__isnull=False) | Q(person__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["document", "-happened_on"], name="casework_custody_of_document"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("casework:document", args=[self.document_id])
