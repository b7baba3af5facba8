"""What must not rest on a record that is struck, noun by noun, and what goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from core.refusals import gettext_lazy as _
from prosecutions.corrections.services.rules import unframe
from prosecutions.enums import HearingResult, Lifted, Release, StageMeaning
from prosecutions.models import (
    Accusation,
    Appeal,
    Arrest,
    AssistanceRequest,
    Charge,
    CompensationPayment,
    CompensationShare,
    Complaint,
    Corridor,
    Custody,
    Hearing,
    Judgment,
    NetworkMember,
    Participation,
    PoliceReport,
    Prosecution,
    ProtectiveMeasure,
    Sentence,
    StageReached,
    Suspect,
)
from prosecutions.services.ending import end_hearings
from prosecutions.services.shares import void_sentences
from prosecutions.services.stages import note_decided
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from collections.abc import Callable

    Found = Callable[[Any], Any]  # of a row: whether there is something, or which rows


def _nothing(_row: object) -> None:
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


def _of_an_appeal(row: StageReached) -> bool:
    """Whether it is the one stage that an appeal on record brought about."""
    stage = StageTable.of(row.prosecution).meaning(StageMeaning.APPEAL)
    if stage is None or stage.code != row.stage:
        return False
    twins = row.prosecution.stages.filter(stage=row.stage).exclude(pk=row.pk)
    appeals = Appeal.objects.filter(judgment__prosecution=row.prosecution)
    return not twins.exists() and appeals.exists()


def _bridges(row: StageReached) -> bool:
    """Whether the stage after it, typed as well, could not have followed the one before it."""
    table = StageTable.of(row.prosecution)
    stages: list[Any] = list(row.prosecution.stages.order_by("reached_on", "created_at"))
    place = next(number for number, step in enumerate(stages) if step.pk == row.pk)
    before = stages[place - 1].stage if place else ""
    after = next((step.stage for step in stages[place + 1 :]), None)
    if after is None or table.follows(after):
        return False
    return after not in {stage.code for stage in table.after(before)}


def _close_appeal(row: Appeal) -> None:
    """Without any appeal its stage was not reached; and nothing may be left to decide."""
    prosecution: Prosecution = row.judgment.prosecution
    if not Appeal.objects.filter(judgment__prosecution=prosecution).exists():
        prosecution.stages.filter(stage__in=StageTable.codes(StageMeaning.APPEAL)).delete()
    end_hearings(prosecution, "")


def _took_a_step(row: AssistanceRequest) -> bool:
    """Whether a step of the investigation was taken by asking this, and nothing else that day."""
    step = row.step
    if step is None or step.done_on != row.asked_on:
        return False
    return not step.requests.filter(asked_on=row.asked_on).exclude(pk=row.pk).exists()


def _held_by_ways(row: NetworkMember) -> bool:
    """Whether it is the last member of a network that ways people were taken name."""
    others = NetworkMember.objects.filter(network=row.network_id).exclude(pk=row.pk)
    ways = Corridor.objects.filter(network=row.network_id)
    return ways.exists() and not others.exists()


NOUNS: dict[Any, Noun] = {
    Accusation: Noun(),
    Appeal: Noun(
        (
            (
                lambda row: Judgment.objects.filter(appeal=row).exists(),
                _("It is decided. First enter its judgment in error."),
            ),
        ),
        follow=_close_appeal,
    ),
    Arrest: Noun(),
    AssistanceRequest: Noun(
        (
            (
                _took_a_step,
                _("A step of the investigation belongs to it. Correct that step first."),
            ),
        )
    ),
    CompensationPayment: Noun(),
    Corridor: Noun(goes=(lambda row: row.legs.all(),)),
    NetworkMember: Noun(
        (
            (
                _held_by_ways,
                _("Routes people were taken belong to this network. Strike or change those first."),
            ),
        )
    ),
    Participation: Noun(),
    ProtectiveMeasure: Noun(),
    Custody: Noun(
        (
            (
                lambda row: row.ended in Release.ON_BAIL,
                _("It ended with bail. First correct the release so that no bail is on record."),
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
                _("The police reported on it. Strike the reports first, beginning with the last."),
            ),
            (
                lambda row: row.prosecutions.exists(),
                _("A prosecution is based on it. Correct the prosecution first."),
            ),
        ),
        goes=(lambda row: row.accused.all(),),
    ),
    Charge: Noun(
        (
            (
                lambda row: row.decisions.exclude(lifted_for=Lifted.ERROR).exists(),
                _("A court decided it. First enter the judgment in error."),
            ),
        ),
        goes=(
            lambda row: CompensationShare.objects.filter(sentence__in=void_sentences(row)),
            void_sentences,
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
                _("A survivor took part in it. First correct how the survivor took part."),
            ),
        ),
        goes=(lambda row: row.stages.all(), lambda row: row.hearings.all()),
        lets_go=(
            ("prosecution", lambda row: row.requests.all()),
            ("prosecution", lambda row: row.measures.all()),
        ),
    ),
    Sentence: Noun(
        (
            (
                lambda row: row.payments.exists(),
                _("Compensation was paid on it. Strike the payments first."),
            ),
        ),
        goes=(lambda row: row.shares.all(),),
    ),
    StageReached: Noun(
        (
            (
                lambda row: StageTable.of(row.prosecution).follows(row.stage),
                _("This stage follows from another record: correct or strike that."),
            ),
            (_of_an_appeal, _("This stage follows from the appeal: correct or strike that.")),
            (
                _bridges,
                _("The next stage cannot follow the previous one. Strike the next stage first."),
            ),
        )
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
                _("A complaint is against the person. First correct whom it is against."),
            ),
            (
                lambda row: row.met.in_force().exists(),
                _("The person is recorded as met in a rescue. Remove the person there first."),
            ),
            (
                lambda row: row.memberships.filter(left_on=None).exists(),
                _("The person is in a network. First record since when they are not a member."),
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
            lambda row: CompensationShare.objects.filter(sentence__suspect=row),
            lambda row: row.sentences.all(),  # without a charge none rests on a conviction
        ),
    ),
}
