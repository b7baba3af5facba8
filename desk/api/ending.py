"""Closing and reopening a case, and its summary, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from casework.api.inquiry_viewsets import WordsViewSet
from casework.api.sealing_serializers import WhyInput
from casework.api.serializers import CaseSerializer
from casework.enums import SEAL_REASON_LENGTH, ClosingReason
from casework.models import Case, Closing, ClosingWords
from core.api.schema import coded
from core.api.serializers import Day, Input, Labelled, Nothing, RowSerializer, Text, shown_as
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists.declared import List
from core.refusals import gettext as _
from desk.closing.services import close_case, leave_to_aftercare, open_closing, reopen_case
from desk.services import give_summary, read_readiness, read_summary
from victims.services.basis import LEAVES_FOR

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.api.requests import SignedIn


class CloseInput(Input):
    reason = Labelled(ClosingReason)
    closed_on = Day(required=False)
    note = Text(max_length=2000, required=False)
    override = Text(min_length=SEAL_REASON_LENGTH, max_length=2000, required=False)


class ClosingSerializer(RowSerializer[Closing]):
    """`unmet`: what was not settled, by its codes. What was said is read by `closing-words`."""

    shows = "id case reason stood closed_on closed_by unmet reopened_on reopened_by version"

    closed_by = shown_as("username")
    reopened_by = shown_as("username")


class ClosingWordsSerializer(RowSerializer[ClosingWords]):
    shows = "id case closing note override reopened_for"

    note = serializers.CharField(read_only=True, allow_null=True)
    override = serializers.CharField(read_only=True, allow_null=True)
    reopened_for = serializers.CharField(read_only=True, allow_null=True)


class UnmetSerializer(serializers.Serializer[Any]):
    """`blocks`: it keeps the case open; `due`: its day is come, else it would be asked later;
    `goes_on`: it is asked of the closed case as well.
    """

    code = serializers.CharField()
    words = serializers.CharField()
    blocks = serializers.BooleanField()
    due = serializers.BooleanField()
    goes_on = serializers.BooleanField()


class ReadinessSerializer(serializers.Serializer[Any]):
    """What is not settled yet; where nothing of it blocks, the case can be closed."""

    unmet = UnmetSerializer(many=True)


class GiveInput(Input):
    """For whom."""

    whom = serializers.ChoiceField([kind.value for kind in LEAVES_FOR])


class SurvivorLine(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    outcome = serializers.CharField()


class SuspectLine(serializers.Serializer[Any]):
    code = serializers.CharField()
    role = serializers.CharField()
    status = serializers.CharField()


class ChargeLine(serializers.Serializer[Any]):
    code = serializers.CharField()
    law = serializers.CharField()
    end = serializers.CharField()


class ProceedingLine(serializers.Serializer[Any]):
    docket = serializers.CharField()
    court = serializers.CharField()
    filed_on = serializers.DateField()
    stage = serializers.CharField()
    next = serializers.DateField(allow_null=True)
    charges = ChargeLine(many=True)


class TaskLine(serializers.Serializer[Any]):
    what = serializers.CharField()
    about = serializers.CharField()
    due_on = serializers.DateField()
    whose = serializers.CharField()


class SummarySerializer(serializers.Serializer[Any]):
    """A case on one sheet, people by code."""

    reference = serializers.CharField()
    programme = serializers.CharField()
    status = serializers.CharField()
    place = serializers.CharField()
    office = serializers.CharField()
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    survivors = SurvivorLine(many=True)
    left_out = serializers.IntegerField()
    given = serializers.BooleanField()
    suspects = SuspectLine(many=True)
    proceedings = ProceedingLine(many=True)
    tasks = TaskLine(many=True)


class EndingViewSet(ServiceViewSet):
    """How a case ends and goes on."""

    queryset = Case.objects.select_related("office", "jurisdiction")
    serializer_class = CaseSerializer
    services = {
        "close": close_case,
        "reopen": reopen_case,
        "only_aftercare": leave_to_aftercare,
        "readiness": read_readiness,
        "summary": read_summary,
        "give_summary": give_summary,
    }
    inputs = {
        "close": CloseInput,
        "reopen": WhyInput,
        "only_aftercare": Nothing,
        "give_summary": GiveInput,
    }
    versioned = frozenset({"close", "reopen", "only_aftercare"})

    # Answers the end of the case, not the case.
    @extend_schema(request=CloseInput, responses=ClosingSerializer)
    def close(self, request: SignedIn, pk: str) -> Response:
        """Close the case. Refused while something urgent is open, unless `override` says why."""
        return self._ended(close_case)

    @extend_schema(request=WhyInput, responses=ClosingSerializer)
    def reopen(self, request: SignedIn, pk: str) -> Response:
        """Go on with a closed case where it stood."""
        return self._ended(reopen_case)

    @extend_schema(request=None, responses=CaseSerializer)
    def only_aftercare(self, request: Request, pk: str) -> Response:
        """Say that nothing is left before a court, and help goes on."""
        return self.change_with(leave_to_aftercare)

    @extend_schema(responses=ReadinessSerializer)
    def readiness(self, request: SignedIn, pk: str) -> Response:
        """What must be settled before the case is closed."""
        self._no_parameters()
        left = read_readiness(self.get_object(), actor=request.user)
        return Response(ReadinessSerializer({"unmet": left}).data)

    @extend_schema(
        parameters=[coded("for", [(kind.value, kind.label) for kind in LEAVES_FOR])],
        responses=SummarySerializer,
    )
    def summary(self, request: SignedIn, pk: str) -> Response:
        """The case on one sheet: survivors and suspects by code, court, what is to be done.

        `for` somebody outside: without the survivors who have not agreed, `left_out` is how many,
        and without suspects and proceedings that concern one of them; `public`: only what a court
        has decided against somebody. To look at: it is given out by `give-summary`.
        """
        if errors := self.unknown(request.query_params, {"for"}):
            raise ValidationError(errors)
        whom = request.query_params.get("for", "")
        if whom and whom not in LEAVES_FOR:
            raise ValidationError({"for": [_("Choose who it is printed for.")]})
        sheet = read_summary(self.get_object(), whom=whom, actor=request.user)
        return Response(_sheet(sheet))

    # Answers a sheet.
    @extend_schema(request=GiveInput, responses=SummarySerializer)
    def give_summary(self, request: SignedIn, pk: str) -> Response:
        """Give the sheet to somebody outside. It records a share for each survivor on it, by their
        consent."""
        case, data = self.get_object(), self.validated()
        return self.once(lambda: _sheet(give_summary(case, actor=request.user, **data)), 200)

    def _ended(self, verb: Any) -> Response:
        """By the version of the case; the answer is the closing, with the version of the case."""
        case = self.get_object()
        data = self.validated()
        made = verb(case, version=self.version(), actor=self.request.user, **data)
        case.refresh_from_db()
        response = Response(ClosingSerializer(made).data)
        response["ETag"] = f'"{case.version}"'
        return response

    def _no_parameters(self) -> None:
        self.takes_nothing()


def _sheet(sheet: dict[str, Any]) -> object:
    return SummarySerializer(sheet | sheet["case"]).data


class ClosingViewSet(ReadViewSet):
    """When and why cases were closed, and opened again."""

    listed = List(Closing.objects.select_related("closed_by", "reopened_by"), "case reason")
    serializer_class = ClosingSerializer


class ClosingWordsViewSet(WordsViewSet):
    """What was said when a case was closed, and when it was opened again."""

    queryset = ClosingWords.objects.all()
    serializer_class = ClosingWordsSerializer
    services = {"retrieve": open_closing}

    def retrieve(self, request: SignedIn, pk: str) -> Response:
        """Open it, by the id of the closing: `override` says why it was closed all the same."""
        return self.show(open_closing)
