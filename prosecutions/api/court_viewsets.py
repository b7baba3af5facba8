from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.serializers import RegexField

from core.api.filters import choice, code, day, identifier, one_of
from core.api.serializers import Day
from core.api.verbs import Verb
from core.pagination import Sort
from prosecutions.api.corrections import Correctable, corrects
from prosecutions.api.court_serializers import (
    AppealSerializer,
    JudgmentSerializer,
    ProsecutionSerializer,
    RecordJudgmentInput,
    RecordSentenceInput,
    SentenceSerializer,
    StageReachedSerializer,
)
from prosecutions.api.striking import Strikable
from prosecutions.columns import (
    AppealColumns,
    JudgmentColumns,
    ProsecutionColumns,
    SentenceColumns,
    StageColumns,
)
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
from prosecutions.services.corrections import enter_in_error
from prosecutions.services.courts import (
    file_appeal,
    open_prosecution,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)
from prosecutions.services.stages import reach_stage
from prosecutions.stages import StageTable

FILED = Sort(("filed_on", "id"), descending=True)


class StageReachedViewSet(Correctable, Strikable):
    """Stages that proceedings reached. One is recorded at its proceeding, with `reach-stage`."""

    queryset = StageReached.objects.all()
    serializer_class = StageReachedSerializer
    sorts = {"newest": Sort(("reached_on", "id"), descending=True)}
    filters = {"case": identifier("case"), "prosecution": identifier("prosecution")}
    partial_update = corrects(StageColumns, "CorrectStageInput", on={"reached_on": Day()})


# Proceedings at a stage that means this, whatever it is called in their country.
meaning = one_of(StageMeaning, lambda text: {"stage__in": StageTable.codes(text)})


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

    create = Verb(open_prosecution)
    partial_update = corrects(ProsecutionColumns, "CorrectProsecutionInput")
    reach_stage = Verb(reach_stage)
    frame = Verb(frame_charges, path="frame-charges")
    revive = Verb(revive_charges, path="revive-charges")


def sentence(text: str) -> dict[str, Any]:
    """Judgments with a sentence, or those that convicted someone whose sentence nobody recorded."""
    if text not in ("missing", "recorded"):
        raise ValueError(_("One of: %(codes)s.") % {"codes": "missing, recorded"})
    missing = ChargeDecision.objects.without_sentence().values("judgment")
    return {"pk__in": missing if text == "missing" else Sentence.objects.values("judgment")}


sentence.schema = {"type": "string", "enum": ["missing", "recorded"]}  # type: ignore[attr-defined]
sentence.labels = [("missing", "None yet"), ("recorded", "There is one")]  # type: ignore[attr-defined]


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

    create = Verb(
        record_judgment,
        body=RecordJudgmentInput,
    )
    partial_update = corrects(JudgmentColumns, "CorrectJudgmentInput", on={"decided_on": Day()})
    correct_attribution = Verb(correct_attribution, body="AttributionInput")
    enter_in_error = Verb(
        enter_in_error,
        of="What is not sent stays as it is.",
        answers="as_shown",
    )


class AppealViewSet(Correctable, Strikable):
    """Appeals against judgments."""

    queryset = Appeal.objects.select_related("case")
    serializer_class = AppealSerializer
    sorts = {"newest": FILED}
    filters = {"case": identifier("case"), "judgment": identifier("judgment")}

    create = Verb(file_appeal)
    partial_update = corrects(AppealColumns, "CorrectAppealInput")
    withdraw = Verb(withdraw_appeal)


class SentenceViewSet(Correctable, Strikable):
    """Sentences of convicted persons."""

    queryset = with_paid(Sentence.objects.all())
    serializer_class = SentenceSerializer
    filters = {"case": identifier("case"), "judgment": identifier("judgment")}

    create = Verb(record_sentence, body=RecordSentenceInput)
    partial_update = corrects(
        SentenceColumns,
        "CorrectSentenceInput",
        on={"currency": RegexField(r"^[A-Z]{3}$", required=False)},
    )
