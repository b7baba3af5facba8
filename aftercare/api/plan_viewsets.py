from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from aftercare.api.plan_serializers import (
    AnswerDomainInput,
    AssessmentSerializer,
    BeginAssessmentInput,
    CarePlanSerializer,
    ClosePlanInput,
    CorrectPlacementInput,
    EndGoalInput,
    EndPlacementInput,
    FollowUpInput,
    FollowUpSerializer,
    GoalSerializer,
    MoveAssessmentInput,
    OpenPlanInput,
    PlaceInput,
    PlacementSerializer,
    PlanReviewSerializer,
    ReviewPlanInput,
    SetGoalInput,
)
from aftercare.api.progress_serializers import NO_PROGRESS, ProgressSerializer
from aftercare.enums import AssessmentStatus, CareDomain, GoalStatus, PlacementKind, PlanStatus
from aftercare.models import (
    Assessment,
    CarePlan,
    FollowUp,
    Goal,
    Placement,
    PlanReview,
)
from aftercare.progress import progress
from aftercare.services.assessments import answer_domain, begin_assessment, move_assessment
from aftercare.services.placements import correct_placement, end_placement, place
from aftercare.services.plans import (
    close_plan,
    end_goal,
    follow_up,
    open_plan,
    read_plan,
    review_plan,
    set_goal,
)
from core.api.filters import choice, either, identifier
from core.api.viewsets import ReadViewSet
from core.pagination import Sort

OF_A_SURVIVOR = {"case": identifier("case"), "involvement": identifier("involvement")}
OF_A_PLAN = {"case": identifier("case"), "plan": identifier("plan")}


class PlacementViewSet(ReadViewSet):
    """Where survivors sleep: nights from `since` to the day before `until`."""

    queryset = Placement.objects.select_related("case__jurisdiction", "case__office")
    serializer_class = PlacementSerializer
    sorts = {"latest": Sort(("since", "id"), descending=True)}
    filters = OF_A_SURVIVOR | {
        "provider": identifier("provider"),
        "kind": choice("kind", PlacementKind),
        "open": either({"until__isnull": True}, {"until__isnull": False}),
    }
    services = {"create": place, "end": end_placement, "correct": correct_placement}
    inputs = {"create": PlaceInput, "end": EndPlacementInput, "correct": CorrectPlacementInput}
    versioned = ReadViewSet.versioned | {"end", "correct"}

    @extend_schema(request=PlaceInput, responses={201: PlacementSerializer})
    def create(self, request: Any) -> Response:
        """Record where a survivor sleeps; `moved_for` ends the present place by it."""
        return self.create_with(place)

    @extend_schema(request=EndPlacementInput, responses=PlacementSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any) -> Response:
        """Record until when, and why no longer."""
        return self.change_with(end_placement)

    @extend_schema(request=CorrectPlacementInput, responses=PlacementSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Any, pk: Any) -> Response:
        """Put the kind of place, the first night and the planned end right."""
        return self.change_with(correct_placement, keeps=("planned_until",))


class CarePlanViewSet(ReadViewSet):
    """The planned work with a survivor. `…_by`: the next day by which something is due."""

    queryset = CarePlan.objects.select_related("case__jurisdiction", "case__office", "opened_by")
    serializer_class = CarePlanSerializer
    sorts = {"latest": Sort(("opened_on", "id"), descending=True)}
    filters = OF_A_SURVIVOR | {"status": choice("status", PlanStatus)}
    services = {"create": open_plan, "close": close_plan, "progress": read_plan}
    inputs = {"create": OpenPlanInput, "close": ClosePlanInput}
    versioned = ReadViewSet.versioned | {"close"}

    @extend_schema(request=OpenPlanInput, responses={201: CarePlanSerializer})
    def create(self, request: Any) -> Response:
        """Open a plan: one at a time for each survivor."""
        return self.create_with(open_plan)

    @extend_schema(responses=ProgressSerializer)
    @action(detail=True, methods=["get"])
    def progress(self, request: Any, pk: Any) -> Response:
        """How the survivor is doing: each part of life over time, and its change since intake."""
        if errors := self.unknown(request.query_params, set()):
            raise ValidationError(errors)
        shown = read_plan(self.get_object(), actor=request.user)
        found = progress(shown["assessments"]) or NO_PROGRESS
        return Response(ProgressSerializer(found).data)

    @extend_schema(request=ClosePlanInput, responses=CarePlanSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: Any) -> Response:
        """Close a plan, for a reason."""
        return self.change_with(close_plan)


class GoalViewSet(ReadViewSet):
    """What survivors want to reach, in words that only the team reads."""

    queryset = Goal.objects.select_related("case__jurisdiction", "case__office", "plan")
    serializer_class = GoalSerializer
    filters = OF_A_PLAN | {
        "domain": choice("domain", CareDomain),
        "status": choice("status", GoalStatus),
    }
    services = {"create": set_goal, "end": end_goal}
    inputs = {"create": SetGoalInput, "end": EndGoalInput}
    versioned = ReadViewSet.versioned | {"end"}

    @extend_schema(request=SetGoalInput, responses={201: GoalSerializer})
    def create(self, request: Any) -> Response:
        """Write down a goal."""
        return self.create_with(set_goal)

    @extend_schema(request=EndGoalInput, responses=GoalSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any) -> Response:
        """Say what became of a goal; `open` where it was too early."""
        return self.change_with(end_goal)


class PlanReviewViewSet(ReadViewSet):
    """When plans were looked at again with the survivor."""

    queryset = PlanReview.objects.all()
    serializer_class = PlanReviewSerializer
    sorts = {"latest": Sort(("reviewed_on", "id"), descending=True)}
    filters = OF_A_PLAN
    services = {"create": review_plan}
    inputs = {"create": ReviewPlanInput}

    @extend_schema(request=ReviewPlanInput, responses={201: PlanReviewSerializer})
    def create(self, request: Any) -> Response:
        """Record a review."""
        return self.create_with(review_plan)


class FollowUpViewSet(ReadViewSet):
    """How survivors are three, six and twelve months after their plan was closed."""

    queryset = FollowUp.objects.all()
    serializer_class = FollowUpSerializer
    sorts = {"latest": Sort(("done_on", "id"), descending=True)}
    filters = OF_A_PLAN
    services = {"create": follow_up}
    inputs = {"create": FollowUpInput}

    @extend_schema(request=FollowUpInput, responses={201: FollowUpSerializer})
    def create(self, request: Any) -> Response:
        """Record the follow-up that is due."""
        return self.create_with(follow_up)


class AssessmentViewSet(ReadViewSet):
    """How vulnerable survivors are. Only what is completed counts anywhere."""

    queryset = Assessment.objects.select_related(
        "case__jurisdiction", "case__office", "plan", "instrument"
    )
    serializer_class = AssessmentSerializer
    sorts = {"latest": Sort(("assessed_on", "id"), descending=True)}
    filters = OF_A_SURVIVOR | OF_A_PLAN | {"status": choice("status", AssessmentStatus)}
    services = {"create": begin_assessment, "answer": answer_domain, "move": move_assessment}
    inputs = {
        "create": BeginAssessmentInput,
        "answer": AnswerDomainInput,
        "move": MoveAssessmentInput,
    }
    versioned = ReadViewSet.versioned | {"answer"}

    @extend_schema(request=BeginAssessmentInput, responses={201: AssessmentSerializer})
    def create(self, request: Any) -> Response:
        """Begin an assessment, with all, some or none of its answers."""
        return self.create_with(begin_assessment)

    @extend_schema(request=AnswerDomainInput, responses=AssessmentSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Any, pk: Any) -> Response:
        """Write down the answers of one domain; items left out are not answered."""
        return self.change_with(answer_domain)

    @extend_schema(request=MoveAssessmentInput, responses=AssessmentSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Any, pk: Any) -> Response:
        """Complete, drop or take up again."""
        return self.change_with(move_assessment)
