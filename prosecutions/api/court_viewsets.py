from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from rest_framework.serializers import RegexField

from core.api.serializers import Day
from core.api.verbs import Verb
from core.lists.declared import List
from core.lists.filters import code, one_of
from prosecutions.api.court_serializers import (
    AppealSerializer,
    JudgmentSerializer,
    ProsecutionSerializer,
    SentenceSerializer,
    StageReachedSerializer,
    shares_seen_by,
)
from prosecutions.api.judgment_inputs import (
    RecordJudgmentInput,
    RecordSentenceInput,
    ShareCompensationInput,
)
from prosecutions.columns import (
    AppealColumns,
    JudgmentColumns,
    ProsecutionColumns,
    SentenceColumns,
    StageColumns,
)
from prosecutions.corrections.api import Correctable, Strikable, corrects
from prosecutions.corrections.services.records import enter_in_error
from prosecutions.enums import StageMeaning
from prosecutions.models import (
    Appeal,
    ChargeDecision,
    Judgment,
    Prosecution,
    Sentence,
    StageReached,
)
from prosecutions.money import with_paid
from prosecutions.services.attribution import correct_attribution
from prosecutions.services.charges import frame_charges, revive_charges
from prosecutions.services.courts import (
    file_appeal,
    open_prosecution,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)
from prosecutions.services.shares import share_compensation
from prosecutions.services.stages import reach_stage
from prosecutions.stages import StageTable


class StageReachedViewSet(Correctable, Strikable):
    """Stages that proceedings reached. One is recorded at its proceeding, with `reach-stage`."""

    listed = List(StageReached.objects.all(), "case prosecution", orders={"newest": "-reached_on"})
    serializer_class = StageReachedSerializer
    partial_update = corrects(StageColumns, "CorrectStageInput", on={"reached_on": Day()})


# Proceedings at a stage that means this, whatever it is called in their country.
meaning = one_of(StageMeaning, lambda text: {"stage__in": StageTable.codes(text)})


class ProsecutionViewSet(Correctable, Strikable):
    """Proceedings before courts, each with the stages it reached."""

    listed = List(
        Prosecution.objects.with_stage()
        .select_related("case__jurisdiction", "case__office", "jurisdiction")
        .prefetch_related("stages"),
        "case jurisdiction",
        {"stage": code("stage"), "stage_means": meaning},
        orders={"newest": "-filed_on"},
    )
    serializer_class = ProsecutionSerializer

    create = Verb(open_prosecution)
    partial_update = corrects(ProsecutionColumns, "CorrectProsecutionInput")
    reach_stage = Verb(reach_stage)
    frame = Verb(frame_charges, path="frame-charges")
    revive = Verb(revive_charges, path="revive-charges")


if TYPE_CHECKING:
    from accounts.models import User
    from core.access import ScopedQuerySet


def with_sentence(text: str) -> dict[str, object]:
    """Judgments with a sentence, or those that convicted someone whose sentence nobody recorded."""
    missing = ChargeDecision.objects.without_sentence().values("judgment")
    return {"pk__in": missing if text == "missing" else Sentence.objects.values("judgment")}


sentence = one_of([("missing", "None yet"), ("recorded", "There is one")], with_sentence)


class JudgmentViewSet(Correctable):
    """Judgments with their decisions, charge by charge."""

    listed = List(
        Judgment.objects.prefetch_related("decisions"),
        "case prosecution instance decided_on attribution",
        {"sentence": sentence},
        orders={"newest": "-decided_on"},
    )
    serializer_class = JudgmentSerializer

    create = Verb(record_judgment, body=RecordJudgmentInput)
    partial_update = corrects(JudgmentColumns, "CorrectJudgmentInput", on={"decided_on": Day()})
    correct_attribution = Verb(correct_attribution, body="AttributionInput")
    enter_in_error = Verb(enter_in_error, of="What is not sent stays as it is.", answers="as_shown")


class AppealViewSet(Correctable, Strikable):
    """Appeals against judgments."""

    listed = List(
        Appeal.objects.select_related("case"), "case judgment", orders={"newest": "-filed_on"}
    )
    serializer_class = AppealSerializer

    create = Verb(file_appeal)
    partial_update = corrects(AppealColumns, "CorrectAppealInput")
    withdraw = Verb(withdraw_appeal)


def with_shares_seen(rows: ScopedQuerySet, reader: User) -> ScopedQuerySet:
    shared = Prefetch("shares", shares_seen_by(reader), to_attr="shared")
    return rows.visible_to(reader).prefetch_related(shared)


class SentenceViewSet(Correctable, Strikable):
    """Sentences of convicted persons."""

    listed = List(with_paid(Sentence.objects.all()), "case judgment", seen=with_shares_seen)
    serializer_class = SentenceSerializer

    create = Verb(record_sentence, body=RecordSentenceInput)
    share = Verb(share_compensation, body=ShareCompensationInput)
    partial_update = corrects(
        SentenceColumns,
        "CorrectSentenceInput",
        on={"currency": RegexField(r"^[A-Z]{3}$", required=False)},
    )
