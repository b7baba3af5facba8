"""Compare every stored file with what was received, now instead of tonight."""

from __future__ import annotations

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from casework.files.checking import verified
from casework.models import DocumentVersion
from casework.paper_codes import FileFinding


class Command(BaseCommand):
    """Prints counts; as the owner of the tables also which documents differ, by their codes."""

    help = "Decrypt and hash every stored file, and record whether it is as it was received."

    def handle(self, *args: object, **options: object) -> None:
        """Do it; end with an error if any file differs."""
        counts, wrong = Counter[str](), []
        for row in verified(timezone.now()):
            counts[row.finding] += 1
            if row.is_wrong:
                wrong.append(row)
        for row in wrong:
            self.stderr.write(f"{row.pk}{_whose(row)}: {row.get_finding_display()}")
        unread = counts[FileFinding.UNREAD]
        self.stdout.write(f"{counts.total()} files compared, {len(wrong)} differ.")
        if wrong:
            raise CommandError("Stored files are not as they were received.")
        if unread:
            raise CommandError(
                f"{unread} files could not be read: "
                "look at FIELD_KEYS, CASEWORK_FILES, the disk and FILES_STORE."
            )


def _whose(row: object) -> str:
    """Which version of which document, where this role may see it."""
    about = DocumentVersion.objects.filter(Q(file=row) | Q(original=row))
    version = about.select_related("document", "case").first()
    return f" ({version.case} {version.document}, version {version.number})" if version else ""
