"""The section “Court” of a case page: complaints, proceedings, charges, judgments, sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from core.access import CONTENT
from desk.words import DISPOSITION_TONES, HEARING_TONES
from prosecutions.enums import Disposition, Instance
from prosecutions.models import (
    Appeal,
    Charge,
    ChargeDecision,
    Complaint,
    ComplaintSuspect,
    Custody,
    Hearing,
    Judgment,
    Prosecution,
    Sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from casework.models import Case
    from prosecutions.models import Suspect


class Court:
    """The rows of a case before the courts, as far as this reader may see them: ten queries."""

    def __init__(self, case: Case, user: Any) -> None:
        self.case, self.user = case, user
        self.writes = user.scope.reaches(case, CONTENT)
        self.complaints = self._rows(Complaint, "agency", "jurisdiction").order_by("filed_on")
        self.accused = _by("complaint_id", self._rows(ComplaintSuspect, "suspect"))
        self.prosecutions = self._rows(Prosecution, "court", "jurisdiction", "complaint").order_by(
            "filed_on", "pk"
        )
        custodies = self._rows(Custody).order_by("since")
        self.custodies = _by("suspect_id", custodies)
        self.hearings = _by(
            "prosecution_id", self._rows(Hearing).order_by("listed_on", "listed_at")
        )
        charges = self._rows(Charge, "suspect", "provision").order_by("created_at", "pk")
        self.charges = _by("prosecution_id", charges)
        self.charged = _by("suspect_id", charges)
        decisions = self._rows(ChargeDecision, "judgment", "charge__suspect")
        ordered = decisions.order_by("judgment__decided_on", "judgment__created_at")
        self.ends = _by("charge_id", ordered)
        self.decisions = _by("judgment_id", ordered)
        judgments = self._rows(Judgment).order_by("decided_on", "created_at")
        self.judgments = _by("prosecution_id", judgments)
        self.outcomes = {row.appeal_id: row for row in judgments if row.appeal_id}
        self.appeals = _by("judgment_id", self._rows(Appeal).order_by("filed_on", "created_at"))
        sentences = self._rows(Sentence, "suspect").order_by("created_at")
        self.sentences = _by("judgment_id", sentences)

    def _rows(self, model: Any, *beside: str) -> Any:
        rows = model.objects.visible_to(self.user).filter(case=self.case)
        return rows.select_related(*beside) if beside else rows

    def link(self, permission: str, name: str, row: Any) -> str:
        """The page of a verb, for those who may."""
        if not self.writes or not self.user.has_perm(permission):
            return ""
        return reverse(f"prosecutions:{name}", args=[row.pk])

    def shown(self) -> dict[str, Any]:
        return {
            "complaints": [self._complaint(row) for row in self.complaints],
            "proceedings": [self._proceeding(row) for row in self.prosecutions],
            "complaint_url": self.link(Perm.COMPLAINT_RECORD, "record-complaint", self.case),
            "prosecution_url": self.link(Perm.PROSECUTION_OPEN, "open-prosecution", self.case),
        }

    def _complaint(self, row: Complaint) -> dict[str, Any]:
        return {
            "number": row.number,
            "filed_on": row.filed_on,
            "at": row.agency.name if row.agency else row.jurisdiction.name,
            "against": _codes(link.suspect for link in self.accused[row.pk]),
        }

    def _proceeding(self, row: Prosecution) -> dict[str, Any]:
        charges = self.charges[row.pk]
        undecided = any(not self.ends[charge.pk] for charge in charges)
        return {
            "id": row.pk,
            "docket": row.docket,
            "court": _court(row),
            "filed_on": row.filed_on,
            "complaint": row.complaint.number if row.complaint else "",
            "charges": [self._charge(charge) for charge in charges],
            "judgments": [self._judgment(judgment) for judgment in self.judgments[row.pk]],
            "hearings": [self._hearing(hearing, row) for hearing in self.hearings[row.pk]],
            "hearing_url": self.link(Perm.HEARING_LIST, "list-hearing", row)
            if undecided or not charges
            else "",
            "charge_url": self.link(Perm.CHARGE_FILE, "file-charge", row),
            "judgment_url": self.link(Perm.JUDGMENT_RECORD, "record-judgment", row)
            if undecided
            else "",
        }

    def _hearing(self, row: Hearing, of: Prosecution) -> dict[str, Any]:
        due = not row.result and row.listed_on <= of.jurisdiction.today
        return {
            "listed_on": row.listed_on,
            "listed_at": row.listed_at,
            "purpose": row.get_purpose_display(),
            "result": hearing_in_words(row, of.jurisdiction.today),
            "tone": HEARING_TONES[row.result] if row.result or not due else "danger",
            "no_next_date": row.get_no_next_date_display(),
            "record_url": due and self.link(Perm.HEARING_RECORD, "record-hearing", row),
            "move_url": not row.result and self.link(Perm.HEARING_LIST, "move-hearing", row),
            "correct_url": row.result and self.link(Perm.HEARING_RECORD, "correct-result", row),
        }

    def _charge(self, charge: Charge) -> dict[str, Any]:
        ends, law = self.ends[charge.pk], charge.provision
        last = ends[-1] if ends else None
        first = ends[0].get_disposition_display() if len(ends) > 1 else ""
        return {
            "suspect": charge.suspect.code,
            "provision": f"{law.statute} {law.number}",
            "offence": law.offence,
            "unverified": not law.verified,
            "offence_on": charge.offence_on,
            "filed_on": charge.filed_on,
            "outcome": last.get_disposition_display() if last else _("Pending"),
            "tone": DISPOSITION_TONES[last.disposition] if last else "warn",
            "before_appeal": first,
        }

    def _judgment(self, row: Judgment) -> dict[str, Any]:
        decisions, sentences = self.decisions[row.pk], self.sentences[row.pk]
        convicted = {
            d.charge.suspect_id for d in decisions if d.disposition in Disposition.CONVICTED
        }
        unsentenced = convicted - {sentence.suspect_id for sentence in sentences}
        return {
            "id": row.pk,
            "decided_on": row.decided_on,
            "on_appeal": row.instance == Instance.APPEAL,
            "attribution": row.get_attribution_display(),
            "results": _grouped((d.get_disposition_display(), d.charge.suspect) for d in decisions),
            "sentences": _grouped((_in_words(s), s.suspect) for s in sentences),
            "appeals": [self._appeal(appeal) for appeal in self.appeals[row.pk]],
            "sentence_url": self.link(Perm.SENTENCE_RECORD, "record-sentence", row)
            if unsentenced
            else "",
            "appeal_url": self.link(Perm.APPEAL_RECORD, "file-appeal", row),
        }

    def _appeal(self, row: Appeal) -> dict[str, Any]:
        outcome = self.outcomes.get(row.pk)
        waits = not outcome and not row.withdrawn_on
        return {
            "filed_on": row.filed_on,
            "withdrawn_on": row.withdrawn_on,
            "decided_on": outcome.decided_on if outcome else None,
            "withdraw_url": waits and self.link(Perm.APPEAL_RECORD, "withdraw-appeal", row),
            "judge_url": waits and self.link(Perm.JUDGMENT_RECORD, "judge-appeal", row),
        }

    def ends_of(self, suspect: Suspect) -> list[dict[str, Any]]:
        """How the charges against a suspect stand: each state once, with the number of charges."""
        states: Counter[tuple[str, str]] = Counter()
        for charge in self.charged[suspect.pk]:
            shown = self._charge(charge)
            states[shown["outcome"], shown["tone"]] += 1
        return [
            {"label": f"{label} ×{count}" if count > 1 else label, "tone": tone}
            for (label, tone), count in states.items()
        ]

    def custody_of(self, suspect: Suspect) -> dict[str, Any]:
        """Whether and since when a suspect is held, and what can be recorded of it."""
        spells = self.custodies[suspect.pk]
        held = next((row for row in spells if not row.ended_on), None)
        return {
            "held_since": held.since if held else None,
            "charge_by": held.charge_by if held and not self.charged[suspect.pk] else None,
            "released": spells[-1].get_ended_display() if spells and not held else "",
            "arrest_url": self.link(Perm.ARREST_RECORD, "record-arrest", suspect),
            "custody_url": not held and self.link(Perm.CUSTODY_RECORD, "begin-custody", suspect),
            "release_url": held and self.link(Perm.CUSTODY_RECORD, "end-custody", held),
        }

    def events(self) -> list[dict[str, Any]]:
        """What happened, for the timeline."""
        complaints = [
            (row.filed_on, _("Complaint %(number)s") % {"number": row.number}, shown["at"])
            for row in self.complaints
            for shown in [self._complaint(row)]
        ]
        filed = [
            (row.filed_on, _("Prosecution filed %(docket)s") % {"docket": row.docket}, _court(row))
            for row in self.prosecutions
        ]
        decided = [
            (judgment.decided_on, self._judgment_title(judgment), _court(row))
            for row in self.prosecutions
            for judgment in self.judgments[row.pk]
        ]
        heard = [
            (hearing.listed_on, self._hearing_title(hearing, row), _court(row))
            for row in self.prosecutions
            for hearing in self.hearings[row.pk]
        ]
        return [
            {"when": when, "title": title.strip(), "text": text, "kind": "court"}
            for when, title, text in [*complaints, *filed, *heard, *decided]
        ]

    def _hearing_title(self, row: Hearing, of: Prosecution) -> str:
        return _("Hearing, %(purpose)s: %(result)s") % {
            "purpose": row.get_purpose_display(),
            "result": hearing_in_words(row, of.jurisdiction.today),
        }

    def _judgment_title(self, row: Judgment) -> str:
        ends = Counter(d.get_disposition_display() for d in self.decisions[row.pk])
        title = _("Judgment on appeal") if row.instance == Instance.APPEAL else _("Judgment")
        return f"{title}: {', '.join(f'{end} ({count})' for end, count in ends.items())}"


def hearing_in_words(row: Hearing, today: date) -> str:
    """“Adjourned, witness absent”; without a result, whether it is still to come."""
    if not row.result:
        return _("listed") if row.listed_on >= today else _("no result recorded")
    return ", ".join(filter(None, (row.get_result_display(), row.get_adjourned_for_display())))


def _by(key: str, rows: Iterable[Any]) -> defaultdict[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _grouped(pairs: Iterable[tuple[str, Suspect]]) -> list[dict[str, str]]:
    """Suspects under the words that hold for them."""
    groups: defaultdict[str, dict[Any, Suspect]] = defaultdict(dict)
    for words, suspect in pairs:
        groups[words][suspect.pk] = suspect
    return [{"label": words, "codes": _codes(who.values())} for words, who in groups.items()]


def _codes(suspects: Iterable[Suspect]) -> str:
    codes = sorted((suspect.code for suspect in suspects), key=lambda code: (len(code), code))
    return ", ".join(codes)


def _court(row: Prosecution) -> str:
    return f"{row.court.name}, {row.jurisdiction.name}" if row.court else row.jurisdiction.name


def _in_words(row: Sentence) -> str:
    parts = [
        _("imprisonment for life") if row.life else "",
        _("%(n)s months of imprisonment") % {"n": row.months} if row.months is not None else "",
        _("suspended") if row.suspended else "",
        _money(_("fine"), row.fine, row.currency),
        _money(_("compensation"), row.compensation, row.currency),
    ]
    return ", ".join(part for part in parts if part)


def _money(what: str, amount: Any, currency: str) -> str:
    return "" if amount is None else f"{what} {currency} {amount:,.2f}"
