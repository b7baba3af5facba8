"""How rows of police and courts are said, and the tones of their states, on whatever page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prosecutions.enums import BailCondition, Disposition, SuspectStatus
from prosecutions.sentencing import term_in_words

if TYPE_CHECKING:
    from prosecutions.models import Charge, Custody, Prosecution, Sentence

DISPOSITION_TONES: dict[str, str] = {
    end: "brand" if end in Disposition.CONVICTED else "" for end in Disposition
}
SUSPECT_TONES: dict[str, str] = dict.fromkeys(SuspectStatus.values, "") | {
    SuspectStatus.AT_LARGE: "danger",
    SuspectStatus.ARRESTED: "warn",
    SuspectStatus.CHARGED: "info",
    SuspectStatus.ON_TRIAL: "info",
    SuspectStatus.CONVICTED: "brand",
}


def court_of(row: Prosecution) -> str:
    """“Court of first instance, Kolkata”: the court and its place, which its name may say too."""
    place, court = str(row.jurisdiction), row.court.name if row.court else ""
    return court if place in court else ", ".join(filter(None, (court, place)))


def law_in_words(charge: Charge) -> str:
    """“BNS 143: trafficking of persons”: the law it rests on now."""
    law = charge.final_provision or charge.provision
    return f"{law.statute} {law.number}: {law.offence}"


def sentence_in_words(row: Sentence) -> str:
    """“10 years of imprisonment, fine INR 5,000.00”, and where it was lifted, that it was."""
    parts = [
        _("imprisonment for life") if row.life else "",
        term_in_words(row.months) if row.months is not None else "",
        _("suspended") if row.suspended else "",
        _money(_("fine"), row.fine, row.currency),
    ]
    words = ", ".join(part for part in parts if part)
    if words and not row.in_force:  # type: ignore[attr-defined]
        return _("%(sentence)s: lifted") % {"sentence": words}
    return words


def _money(what: str, amount: object, currency: str) -> str:
    return "" if amount is None else f"{what} {currency} {amount:,.2f}"


def terms_in_words(row: Custody) -> str:
    """“INR 50,000.00, 2 sureties, report to the police”: what the bail rests on."""
    parts = []
    if row.bail_amount is not None:
        parts.append(f"{row.bail_currency} {row.bail_amount:,.2f}")
    if row.sureties:
        words = ngettext("%(n)s surety", "%(n)s sureties", row.sureties)
        parts.append(words % {"n": row.sureties})
    parts += [str(BailCondition(code).label) for code in row.bail_conditions]
    return ", ".join(parts)


def breach_in_words(row: Custody) -> str:
    day = date_format(row.breached_on, "j M Y") if row.breached_on else ""
    return _("Bail broken %(day)s: %(how)s") % {"day": day, "how": row.get_breach_display()}
