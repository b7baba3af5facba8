from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, code, day, identifier, one_of
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
from prosecutions.api.corrections import (
    Correctable,
    CorrectAppealInput,
    CorrectJudgmentInput,
    CorrectProsecutionInput,
    CorrectSentenceInput,
    CorrectStageInput,
    EnterInErrorInput,
    correctable,
)
from prosecutions.api.court_serializers import (
    AppealSerializer,
    AttributionInput,
    FileAppealInput,
    FrameChargesInput,
    JudgmentSerializer,
    OpenProsecutionInput,
    ProsecutionSerializer,
    ReachStageInput,
    RecordJudgmentInput,
    RecordSentenceInput,
    ReviveChargesInput,
    SentenceSerializer,
    StageReachedSerializer,
    WithdrawAppealInput,
)
from prosecutions.api.striking import Strikable, StrikeInput
from prosecutions.enums import Attribution, Instance, StageMeaning
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
from prosecutions.services.corrections import correct_record, enter_in_error
from prosecutions.services.courts import (
    file_appeal,
    open_prosecution,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)
from prosecutions.services.stages import reach_stage
from prosecutions.services.striking import strike
from prosecutions.stages import StageTable

FILED = Sort(("filed_on", "id"), descending=True)


@correctable(CorrectStageInput, StageReachedSerializer)
class StageReachedViewSet(Correctable, Strikable):
    """Stages that proceedings reached. One is recorded at its proceeding, with `reach-stage`."""

    queryset = StageReached.objects.all()
    serializer_class = StageReachedSerializer
    sorts = {"newest": Sort(("reached_on", "id"), descending=True)}
    filters = {"case": identifier("case"), "prosecution": identifier("prosecution")}
    services = {"partial_update": correct_record, "strike": strike}
    inputs = {"partial_update": CorrectStageInput, "strike": StrikeInput}


# Proceedings at a stage that means this, whatever it is called in their country.
meaning = one_of(StageMeaning, lambda text: {"stage__in": StageTable.codes(text)})


@correctable(CorrectProsecutionInput, ProsecutionSerializer)
class ProsecutionViewSet(Correctable, Strikable):
    """Proceedings before courts, each with the stages it reached."""

    queryset = (
        Prosecution.objects.with_stage()
        .select_related("case__jurisdiction", "case__office", "jurisdiction")
        .prefetch_related("stages")
    )
    serializer_class = ProsecutionSerializer
    sorts = {"newest": FILED}
    filters = {
        "case": identifier("case"),
        "jurisdiction": code("jurisdiction__code"),
        "stage": code("stage"),
        "stage_means": meaning,
    }
    services = {
        "create": open_prosecution,
        "reach_stage": reach_stage,
        "frame": frame_charges,
        "revive": revive_charges,
        "partial_update": correct_record,
        "strike": strike,
    }
    inputs = {
        "create": OpenProsecutionInput,
        "reach_stage": ReachStageInput,
        "frame": FrameChargesInput,
        "revive": ReviveChargesInput,
        "partial_update": CorrectProsecutionInput,
        "strike": StrikeInput,
    }

    @extend_schema(request=OpenProsecutionInput, responses={201: ProsecutionSerializer})
    def create(self, request: Any) -> Response:
        """Record that a proceeding was filed."""
        return self.create_with(open_prosecution)

    @extend_schema(request=ReachStageInput, responses=ProsecutionSerializer)
    @action(detail=True, methods=["post"], url_path="reach-stage")
    def reach_stage(self, request: Any, pk: Any) -> Response:
        """Record the next stage. A refusal names the stages that may follow."""
        return self.change_with(reach_stage)

    @extend_schema(request=FrameChargesInput, responses=ProsecutionSerializer)
    @action(detail=True, methods=["post"], url_path="frame-charges")
    def frame(self, request: Any, pk: Any) -> Response:
        """Record the day the court took on these charges: framed in India, elsewhere arraigned."""
        return self.change_with(frame_charges)

    @extend_schema(request=ReviveChargesInput, responses=ProsecutionSerializer)
    @action(detail=True, methods=["post"], url_path="revive-charges")
    def revive(self, request: Any, pk: Any) -> Response:
        """Take archived or stayed charges up again: they are open, and hearings may be listed."""
        return self.change_with(revive_charges)


def sentence(text: str) -> dict[str, Any]:
    """Judgments with a sentence, or those that convicted someone whose sentence nobody recorded."""
    if text not in ("missing", "recorded"):
        raise ValueError(_("One of: %(codes)s.") % {"codes": "missing, recorded"})
    missing = ChargeDecision.objects.without_sentence().values("judgment")
    return {"pk__in": missing if text == "missing" else Sentence.objects.values("judgment")}


sentence.schema = {"type": "string", "enum": ["missing", "recorded"]}  # type: ignore[attr-defined]
sentence.labels = [("missing", "None yet"), ("recorded", "There is one")]  # type: ignore[attr-defined]


@correctable(CorrectJudgmentInput, JudgmentSerializer)
class JudgmentViewSet(Correctable):
    """Judgments with their decisions, charge by charge."""

    queryset = Judgment.objects.prefetch_related("decisions")
    serializer_class = JudgmentSerializer
    sorts = {"newest": Sort(("decided_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "prosecution": identifier("prosecution"),
        "instance": choice("instance", Instance),
        "decided_from": day("decided_on__gte"),
        "decided_to": day("decided_on__lte"),
        "attribution": choice("attribution", Attribution),
        "sentence": sentence,
    }
    services = {
        "create": record_judgment,
        "correct_attribution": correct_attribution,
        "partial_update": correct_record,
        "enter_in_error": enter_in_error,
    }
    inputs = {
        "create": RecordJudgmentInput,
        "correct_attribution": AttributionInput,
        "partial_update": CorrectJudgmentInput,
        "enter_in_error": EnterInErrorInput,
    }
    versioned = ReadViewSet.versioned | {"correct_attribution", "enter_in_error"}

    @extend_schema(request=RecordJudgmentInput, responses={201: JudgmentSerializer})
    def create(self, request: Any) -> Response:
        """Record a judgment; with `appeal`, the judgment on that appeal."""
        return self.create_with(record_judgment)

    @extend_schema(request=AttributionInput, responses=JudgmentSerializer)
    @action(detail=True, methods=["post"], url_path="correct-attribution")
    def correct_attribution(self, request: Any, pk: Any) -> Response:
        """Put right whose work led to a judgment."""
        return self.change_with(correct_attribution)

    @extend_schema(request=EnterInErrorInput, responses=JudgmentSerializer)
    @action(detail=True, methods=["post"], url_path="enter-in-error")
    def enter_in_error(self, request: Any, pk: Any) -> Response:
        """Say that a judgment never decided these charges: they are open again, as before it."""
        return self.change_with(enter_in_error, self.as_shown)


@correctable(CorrectAppealInput, AppealSerializer)
class AppealViewSet(Correctable, Strikable):
    """Appeals against judgments."""

    queryset = Appeal.objects.select_related("case")
    serializer_class = AppealSerializer
    sorts = {"newest": FILED}
    filters = {"case": identifier("case"), "judgment": identifier("judgment")}
    services = {
        "create": file_appeal,
        "withdraw": withdraw_appeal,
        "partial_update": correct_record,
        "strike": strike,
    }
    inputs = {
        "create": FileAppealInput,
        "withdraw": WithdrawAppealInput,
        "partial_update": CorrectAppealInput,
        "strike": StrikeInput,
    }

    @extend_schema(request=FileAppealInput, responses={201: AppealSerializer})
    def create(self, request: Any) -> Response:
        """Record an appeal."""
        return self.create_with(file_appeal)

    @extend_schema(request=WithdrawAppealInput, responses=AppealSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: Any) -> Response:
        """Record that an appeal was withdrawn."""
        return self.change_with(withdraw_appeal)


@correctable(CorrectSentenceInput, SentenceSerializer)
class SentenceViewSet(Correctable, Strikable):
    """Sentences of convicted persons."""

    queryset = with_paid(Sentence.objects.all())
    serializer_class = SentenceSerializer
    filters = {"case": identifier("case"), "judgment": identifier("judgment")}
    services = {"create": record_sentence, "partial_update": correct_record, "strike": strike}
    inputs = {
        "create": RecordSentenceInput,
        "partial_update": CorrectSentenceInput,
        "strike": StrikeInput,
    }

    @extend_schema(request=RecordSentenceInput, responses={201: SentenceSerializer})
    def create(self, request: Any) -> Response:
        """Record a sentence."""
        return self.create_with(record_sentence)
