"""What is done for survivors: where each sleeps, what is planned, asked for, done and owed.

The section “Care” of a case shows it of all of them, the page of a survivor of one.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from aftercare.enums import ReferralStatus
from aftercare.models import ProgressNote, Referral, ServiceRecord
from aftercare.workflow import referral_workflow
from core.shortcuts.together import read_together
from desk.court.reader import by
from desk.own_questions import OwnQuestions
from desk.parts.folding import Cell, Line, first_and_rest, folded
from desk.parts.ledgers import Ledgers
from desk.parts.placements import Recovery
from desk.words import REFERRAL_TONES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from casework.verbs import Button
    from desk.court.reader import Reader
    from victims.models import Involvement

MOST_CODES, MOST_LINES = 12, 12


class Care:
    """As far as this reader may see it: ten queries."""

    def __init__(self, reader: Reader, own: OwnQuestions | None = None) -> None:
        self.case, self.user, self.writes = reader.case, reader.user, reader.writes
        self.verbs = reader.verbs
        referrals = reader.rows(Referral, "provider").order_by("need", "created_at")
        services = reader.rows(ServiceRecord, "provider").order_by("provided_on", "created_at")
        read_together(referrals, services)
        self.referrals = by("involvement_id", referrals)
        self.services = by("involvement_id", services)
        notes = reader.rows(ProgressNote)
        self.told = set(notes.values_list("referral", flat=True))
        self.recovery, self.ledgers = Recovery(reader), Ledgers(reader)
        self.own = own or OwnQuestions(reader.verbs, "referral")

    def _referral(self, row: Referral) -> dict[str, object]:
        send = referral_workflow.steps["send"]
        may_send = send.refusal(row, row.status, self.user) is None
        return {
            "need_label": row.get_need_display(),
            "status_label": row.get_status_display(),
            "tone": REFERRAL_TONES[row.status],
            "provider": row.provider.name if row.provider else "",
            "sent_at": row.sent_at,
            "reason": row.decline_reason,
            "version": row.version,
            "verbs": self.verbs(row, may_send and "aftercare:send"),
            "steps": referral_workflow.available(row, self.user) if self.writes else [],
            "move_url": reverse("aftercare:move", args=[row.pk]),
            "notes_url": reverse("aftercare:notes", args=[row.pk]) if row.pk in self.told else "",
            "own_questions": self.own.about("referral", row.pk),
        }

    def _verbs(self) -> list[Button]:
        """All that is drafted is sent at once, where anything is."""
        rows = itertools.chain.from_iterable(self.referrals.values())
        drafts = any(row.status == ReferralStatus.DRAFT for row in rows)
        return self.verbs(self.case, drafts and "aftercare:send-together")

    def of(self, person: Involvement) -> dict[str, object]:
        """All that is done for one survivor."""
        return self.recovery.of(person) | {
            "label": person.victim.in_words,
            "page_url": reverse("desk:survivor", args=[person.pk]),
            "referrals": [self._referral(referral) for referral in self.referrals[person.pk]],
            "owed": self.ledgers.of(person.pk),
            "ledger_url": reverse("desk:ledger", args=[person.pk]),
        }

    def shown(self, survivors: list[Involvement], danger: Collection[UUID]) -> dict[str, object]:
        """Each survivor once, with all that is done for the person; then what was done, by day."""
        first, rest = first_and_rest(
            survivors, lambda row: row.victim.person in danger or self._has_due(row)
        )
        return {
            "count": len(survivors),
            "people": [self.of(row) for row in first],
            "folded": folded(
                (self._line(row, danger) for row in rest), _("In danger"), _("Plan"), _("Referrals")
            ),
            "verbs": self._verbs(),
            "schemes_url": self.ledgers.schemes_url(),
            "services": _latest(self.days(survivors)),
            "sessions": _latest(self.recovery.sessions(survivors)),
        }

    def _has_due(self, person: Involvement) -> bool:
        """A plan past its day, or a referral to send."""
        drafts = (row.status == ReferralStatus.DRAFT for row in self.referrals[person.pk])
        return self.recovery.overdue(person) or any(drafts)

    def _line(self, person: Involvement, danger: Collection[UUID]) -> Line:
        """One survivor of many, in a table."""
        return Line(
            group=self.recovery.sleeps(person),
            named=self.recovery.sleeps_in_words(person),
            code=person.code,
            label=person.victim.in_words,
            url=reverse("desk:survivor", args=[person.pk]),
            cells=(
                Cell(_("In danger"), "danger") if person.victim.person in danger else Cell(""),
                self.recovery.due(person),
                Cell(self._open_referrals(person)),
            ),
        )

    def _open_referrals(self, person: Involvement) -> str:
        """“Draft ×2, Sent ×1”."""
        rows = (row for row in self.referrals[person.pk] if row.status not in ReferralStatus.OVER)
        counted = Counter(str(row.get_status_display()) for row in rows)
        return ", ".join(f"{label} ×{n}" for label, n in counted.items())

    def days(self, survivors: Iterable[Involvement]) -> list[dict[str, object]]:
        """Services alike on one day are one line, with the codes of those who received them."""
        days: dict[tuple[Any, ...], list[str]] = {}
        for person in survivors:
            for row in self.services[person.pk]:
                provider = row.provider.name if row.provider else ""
                key = (row.provided_on, row.get_kind_display(), provider)
                days.setdefault(key, []).append(person.code)
        return [
            {"day": day, "kind_label": kind, "provider": provider, "codes": _some(codes)}
            | {"people": len(codes)}
            for (day, kind, provider), codes in sorted(days.items(), reverse=True)
        ]


def _latest(lines: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    """The last few stand open, the others are folded away."""
    return {"shown": lines[:MOST_LINES], "earlier": lines[MOST_LINES:]}


def _some(codes: list[str]) -> str:
    named = ", ".join(codes[:MOST_CODES])
    more = len(codes) - MOST_CODES
    return _("%(codes)s and %(n)s more") % {"codes": named, "n": more} if more > 0 else named
