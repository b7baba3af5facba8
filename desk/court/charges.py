"""Charges and how they stand, as the section “Court” and the suspects show them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.shortcuts.together import read_together
from desk.court.reader import by, codes
from prosecutions.enums import Disposition, Instance
from prosecutions.models import Charge, ChargeDecision, ChargeVictim
from prosecutions.words import DISPOSITION_TONES
from victims.models import Involvement

if TYPE_CHECKING:
    from casework.verbs import Button
    from desk.court.reader import Reader
    from prosecutions.models import Prosecution, Provision, Suspect

PENDING = ("prosecutions:record-plea", "prosecutions:amend-charge")


class Charges:
    """One query; `decisions` are those of the judgments, too."""

    def __init__(self, reader: Reader) -> None:
        self.verbs = reader.verbs
        beside = ("suspect", "provision", "final_provision")
        charges = reader.rows(Charge, *beside).order_by("created_at", "pk")
        decisions = reader.rows(ChargeDecision, "judgment", "charge__suspect").with_holds()
        decisions = decisions.order_by("judgment__decided_on", "judgment__created_at")
        open_to_them = Involvement.objects.visible_to(reader.user)
        named = reader.rows(ChargeVictim, "involvement").filter(involvement__in=open_to_them)
        read_together(charges, decisions, named)
        self.rows = by("prosecution_id", reader.keep(charges))
        self.against = by("suspect_id", charges)
        self.decisions = reader.keep(decisions)
        self.ends = by("charge_id", (row for row in self.decisions if not row.lifted_on))
        self.lifted = by("charge_id", (row for row in self.decisions if row.lifted_on))
        self.survivors = by("charge_id", named)

    def of(self, proceeding: Prosecution) -> list[dict[str, Any]]:
        """The charges of a proceeding, defendant by defendant."""
        people = by("suspect_id", self.rows[proceeding.pk]).values()
        return [
            {"code": rows[0].suspect.code, "charges": [self._charge(row) for row in rows]}
            for rows in sorted(people, key=lambda rows: _number(rows[0].suspect.code))
        ]

    def undecided(self, proceeding: Prosecution) -> bool:
        return any(not self.ends[row.pk] for row in self.rows[proceeding.pk])

    def unframed(self, proceeding: Prosecution) -> bool:
        rows = self.rows[proceeding.pk]
        return any(not row.framed_on and not self.ends[row.pk] for row in rows)

    def asleep(self, proceeding: Prosecution) -> bool:
        rows = self.rows[proceeding.pk]
        return any(
            end.disposition in Disposition.ASLEEP for row in rows for end in self.ends[row.pk]
        )

    def _charge(self, row: Charge) -> dict[str, object]:
        final = row.final_provision if row.final_provision_id != row.provision_id else None
        return {
            "law": _law(row.provision),
            "became": final and _law(final) | {"on": row.amended_on},
            "offence_on": row.offence_on,
            "filed_on": row.filed_on,
            "framed_on": row.framed_on,
            "plea": row.get_plea_display(),
            "pleaded_on": row.pleaded_on,
            "survivors": codes(link.involvement for link in self.survivors[row.pk]),
            **self._ends(row),
            **self._verbs(row),
        }

    def _ends(self, row: Charge) -> dict[str, object]:
        """How it ended: at first instance and, apart from that, on appeal."""
        ends = self.ends[row.pk]
        first = [end for end in ends if end.judgment.instance == Instance.FIRST]
        appeal = [end for end in ends if end.judgment.instance == Instance.APPEAL]
        return {
            "first": _end(first[-1]) if first else None,
            "final": _end(appeal[-1]) if appeal else None,
            "lifted": [lifted_in_words(end) for end in self.lifted[row.pk]],
        }

    def _verbs(self, row: Charge) -> dict[str, list[Button]]:
        pending = not self.ends[row.pk]
        strike = pending and "prosecutions:strike-charge"
        return {
            "verbs": self.verbs(row, *(PENDING if pending else ()), "prosecutions:name-survivors"),
            "corrections": self.verbs(row, "prosecutions:correct-charge", strike),
        }

    def ends_of(self, suspect: Suspect) -> list[dict[str, Any]]:
        """How the charges against a suspect stand: each state once, with the number of charges."""
        last = [self.ends[row.pk][-1:] for row in self.against[suspect.pk]]
        states = Counter(
            (ends[0].get_disposition_display(), DISPOSITION_TONES[ends[0].disposition])
            if ends
            else (_("Pending"), "warn")
            for ends in last
        )
        return [
            {"label": f"{label} ×{count}" if count > 1 else label, "tone": tone}
            for (label, tone), count in states.items()
        ]


def end_in_words(end: ChargeDecision) -> str:
    """“Discharged (provisional dismissal)”: our word, then the court’s own."""
    label = str(end.get_disposition_display())
    return f"{label} ({end.local_term})" if end.local_term else label


def lifted_in_words(end: ChargeDecision) -> str:
    """“Archived. Taken up again 3 May 2026”: what was decided, and why it stands no more."""
    words = {"end": end_in_words(end), "why": end.get_lifted_for_display()}
    words["day"] = date_format(end.lifted_on or end.judgment.decided_on, "j M Y")
    return _("%(end)s. %(why)s, %(day)s") % words


def _end(end: ChargeDecision) -> dict[str, object]:
    return {
        "label": end.get_disposition_display(),
        "disposition": end.disposition,
        "term": end.local_term,
        "tone": DISPOSITION_TONES[end.disposition],
        "on": end.judgment.decided_on,
    }


def _law(law: Provision) -> dict[str, object]:
    return {
        "provision": f"{law.statute} {law.number}",
        "offence": law.offence,
        "unverified": not law.verified,
    }


def _number(code: str) -> int:
    return int(code.rpartition("-")[2])
