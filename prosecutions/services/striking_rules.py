"""What must not rest on a record that is struck, noun by noun, and what goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import Disposition, HearingResult, Lifted, Release
from prosecutions.models import (
    Appeal,
    Arrest,
    Charge,
    ChargeDecision,
    CompensationPayment,
    Complaint,
    Custody,
    Hearing,
    PoliceReport,
    Prosecution,
    Sentence,
    Suspect,
)
from prosecutions.services.correction_rules import unframe
from prosecutions.services.ending import end_hearings
from prosecutions.services.stages import note_decided

if TYPE_CHECKING:
    from collections.abc import Callable

    Found = Callable[[Any], Any]  # of a row: whether there is something, or which rows


def _nothing(_row: Any) -> None:
    """Nothing follows."""


class Noun(NamedTuple):
    """`rests`: what must not be there, and what to do first. `goes`: rows that are part of it, or
    that a judgment in error left behind. `lets_go`: what is kept, and names it no more."""

    rests: tuple[tuple[Found, Any], ...] = ()
    goes: tuple[Found, ...] = ()
    lets_go: tuple[tuple[str, Found], ...] = ()
    follow: Callable[[Any], None] = _nothing


def _reported_later(row: PoliceReport) -> bool:
    last: Any = row.complaint.reports.order_by("reported_on", "created_at").last()
    return bool(last.pk != row.pk)


def _void_sentences(row: Charge) -> Any:
    """Sentences that rested on this charge alone, by judgments that were entered in error."""
    others = ChargeDecision.objects.filter(
        judgment=OuterRef("judgment"),
        charge__suspect=OuterRef("suspect"),
        disposition__in=Disposition.CONVICTED,
    ).exclude(charge=row)
    rows = Sentence.objects.filter(suspect=row.suspect_id)
    return rows.filter(~Exists(others), judgment__in=row.decisions.values("judgment"))


def _go_on(row: Charge) -> None:
    """A judgment that decided nothing else is none; the framing has another day; and all that is
    left may be decided."""
    unframe(row)
    bare = row.prosecution.judgments.filter(decisions=None)
    for left in (Appeal, Sentence):  # as of an accused whom the charge named before
        left.objects.filter(judgment__in=bare).delete()
    bare.delete()
    note_decided(row.prosecution)
    end_hearings(row.prosecution, "")


NOUNS: dict[Any, Noun] = {
    Arrest: Noun(),
    CompensationPayment: Noun(),
    Custody: Noun(
        (
            (
                lambda row: row.ended in Release.ON_BAIL,
                _("It ended on bail. Correct the release first, so that no bail stands there."),
            ),
        )
    ),
    PoliceReport: Noun(
        ((_reported_later, _("The police reported again later. Strike the later report first.")),)
    ),
    Complaint: Noun(
        (
            (
                lambda row: row.reports.exists(),
                _("The police reported on it. Strike the reports first, the last one before."),
            ),
            (
                lambda row: row.prosecutions.exists(),
                _("A prosecution rests on it. Correct the prosecution first."),
            ),
        ),
        goes=(lambda row: row.accused.all(),),
    ),
    Charge: Noun(
        (
            (
                lambda row: row.decisions.exclude(lifted_for=Lifted.ERROR).exists(),
                _("A court decided it. Say first that the judgment was entered in error."),
            ),
        ),
        goes=(
            _void_sentences,
            lambda row: row.victims.all(),
            lambda row: row.decisions.all(),
        ),
        follow=_go_on,
    ),
    Hearing: Noun(
        (
            (
                lambda row: row.result not in HearingResult.TOOK_PLACE,
                _("It has no result. Take it off the list instead."),
            ),
        ),
        lets_go=(("follows", lambda row: Hearing.objects.filter(follows=row)),),
    ),
    Prosecution: Noun(
        (
            (
                lambda row: row.charges.exists(),
                _("Charges are filed in it. Strike those first."),
            ),
            (
                lambda row: row.hearings.recorded().exists(),
                _("Hearings took place in it. Strike those first."),
            ),
            (
                lambda row: row.hearings.to_come().exists(),
                _("Hearings are listed in it. Take those off the list first."),
            ),
            (
                lambda row: row.participations.exists(),
                _("A survivor took part in it. Correct first how the survivor took part."),
            ),
        ),
        goes=(
            lambda row: row.stages.all(),
            lambda row: row.hearings.all(),
        ),
        lets_go=(
            ("prosecution", lambda row: row.requests.all()),
            ("prosecution", lambda row: row.measures.all()),
        ),
    ),
    Suspect: Noun(
        (
            (
                lambda row: row.charges.exists(),
                _("The person is charged. Strike the charges first."),
            ),
            (
                lambda row: row.custodies.exists(),
                _("Custody of the person is recorded. Strike it first."),
            ),
            (
                lambda row: row.arrests.exists(),
                _("An arrest of the person is recorded. Strike it first."),
            ),
            (
                lambda row: row.complaints.exists(),
                _("A complaint is against the person. Correct first whom it is against."),
            ),
            (
                lambda row: row.met.in_force().exists(),
                _("The person was met in a rescue. Take the person off there first."),
            ),
            (
                lambda row: row.memberships.filter(left_on=None).exists(),
                _("The person is in a network. Record first since when the person is no member."),
            ),
            (
                lambda row: row.appeals.filter(withdrawn_on=None).exists(),
                _("An appeal of the person is recorded. Withdraw it first."),
            ),
            (
                lambda row: row.sentences.filter(payments__isnull=False).exists(),
                _("Compensation was paid on a sentence of the person. Strike the payment first."),
            ),
        ),
        goes=(
            lambda row: row.met.all(),
            lambda row: row.memberships.all(),
            lambda row: row.appeals.exclude(withdrawn_on=None),
            lambda row: row.sentences.all(),  # without a charge none rests on a conviction
        ),
    ),
}
