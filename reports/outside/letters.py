"""A released table as a letter: to one address, in its language, with no name of anybody."""

from __future__ import annotations

from functools import partial
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import mail
from accounts.notices import tell
from core.days import clock
from core.sheets.spreadsheets import as_text
from reports.base import report_of
from reports.choices import period_words, read_day
from reports.outside.models import ReleaseLetter
from reports.outside.services import mark_sent
from reports.publishing.paper import as_paper
from reports.publishing.tables import as_values

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

REFUSED_FOR_GOOD = 500  # and above: what a mail server answers


def letters_due() -> list[Callable[[], bool]]:
    """What is due, the oldest first; part of the outbox of all mail."""
    keys = ReleaseLetter.objects.due().order_by("created_at").values_list("pk", flat=True)
    return [partial(send, pk) for pk in keys[: mail.MOST]]


def send(pk: UUID) -> bool:
    """Sent and then marked, in one transaction: whoever is killed between two letters leaves the
    first one marked. Whether it left."""
    with mail.alone(pk) as mine:
        due = ReleaseLetter.objects.due().shown().filter(pk=pk)
        letter: ReleaseLetter | None = due.first() if mine else None
        if letter is None:
            return False  # another sweep sends it, or it was ended meanwhile
        try:
            with override(letter.address.language), clock.by(letter.address.office.zone):
                message(letter).send()
        except SMTPRecipientsRefused:
            _refused(letter)
            return False
        except SMTPDataError as fault:
            if fault.smtp_code < REFUSED_FOR_GOOD:
                raise
            _refused(letter)
            return False
        mark_sent(letter)
    return True


def message(letter: ReleaseLetter) -> EmailMessage:
    """Words, and the table as a sheet and as data."""
    release = letter.proposal.release
    table, params = release.table, release.table["params"]
    title = str(report_of(release.snapshot).title)
    days = period_words(read_day(params["from"]), read_day(params["to"]))
    paragraphs = [
        _("These figures were released for you: %(report)s, %(days)s.")
        % {"report": title, "days": days},
        _("They are attached twice: as a sheet to read, and as a table for a computer."),
        _(
            "Counts from 1 to 10 are hidden, and so are others from which they could be worked out."
            " Zeros are shown."
        ),
        _("They come from: %(office)s. Write there if you want no more of them.")
        % {"office": letter.address.office},
    ]
    mail_out = EmailMessage(
        _("Figures you receive regularly"),
        "\n\n".join(paragraphs) + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [str(letter.address.email)],
        headers={"Auto-Submitted": "auto-generated"},
    )
    name = f"{table['report']}-{table['as_of']}"
    mail_out.attach(f"{name}.pdf", as_paper(release), "application/pdf")
    mail_out.attach(f"{name}.csv", as_text(as_values(table)), "text/csv")
    return mail_out


def _refused(letter: ReleaseLetter) -> None:
    """Tried again each hour of a day; whoever keeps the regular report is told the first time."""
    ReleaseLetter.objects.filter(pk=letter.pk).update(
        refusals=F("refusals") + 1, refused_at=Now(), updated_at=Now()
    )
    if not letter.refusals:
        tell([letter.schedule.made_by], "figures-not-sent", target=letter.schedule)
