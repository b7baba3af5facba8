from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from aftercare.api.plan_serializers import (
    Answers,
    AssessmentSerializer,
    CarePlanSerializer,
    FollowUpSerializer,
    GoalSerializer,
    PlacementSerializer,
    PlanReviewSerializer,
)
from aftercare.api.progress_serializers import NO_PROGRESS, ProgressSerializer
from aftercare.models import Assessment, CarePlan, FollowUp, Goal, Placement, PlanReview
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
from aftercare.workflow import assessment_workflow
from core.api.serializers import Day, Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class PlacementViewSet(ReadViewSet):
    """Where survivors sleep: nights from `since` to the day before `until`."""

    listed = List(
        Placement.objects.select_related("case__jurisdiction", "case__office"),
        "case involvement provider kind",
        {"open": either({"until__isnull": True}, {"until__isnull": False})},
        orders={"latest": "-since"},
    )
    serializer_class = PlacementSerializer

    create = Verb(place)
    end = Verb(end_placement)
    correct = Verb(
        correct_placement,
        of="A planned end that is not named stays as it is.",
        keeps=("planned_until",),
    )


class CarePlanViewSet(ReadViewSet):
    """The planned work with a survivor. `…_by`: the next day by which something is due."""

    listed = List(
        CarePlan.objects.select_related("case__jurisdiction", "case__office", "opened_by"),
        "case involvement status",
        orders={"latest": "-opened_on"},
    )
    serializer_class = CarePlanSerializer
    services = {"progress": read_plan}

    create = Verb(open_plan)

    @extend_schema(responses=ProgressSerializer)
    @action(detail=True, methods=["get"])
    def progress(self, request: SignedIn, pk: str) -> Response:
        """How the survivor is doing: each part of life over time, and its change since intake."""
        self.takes_nothing()
        context = read_plan(self.get_object(), actor=request.user)
        values = progress(context["assessments"]) or NO_PROGRESS
        return Response(ProgressSerializer(values).data)

    close = Verb(
        close_plan,
        of="Handed over or moved away: `handed_to`. Contact lost: on which days it was tried.",
        on={"tried_on": serializers.ListField(child=Day(), required=False, max_length=20)},
    )


class GoalViewSet(ReadViewSet):
    """What survivors want to reach, in words that only the team reads."""

    listed = List(
        Goal.objects.select_related("case__jurisdiction", "case__office", "plan"),
        "case plan domain status",
    )
    serializer_class = GoalSerializer

    create = Verb(set_goal)
    end = Verb(end_goal)


class PlanReviewViewSet(ReadViewSet):
    """When plans were looked at again with the survivor."""

    listed = List(PlanReview.objects.all(), "case plan", orders={"latest": "-reviewed_on"})
    serializer_class = PlanReviewSerializer

    create = Verb(review_plan)


class FollowUpViewSet(ReadViewSet):
    """How survivors are three, six and twelve months after their plan was closed."""

    listed = List(FollowUp.objects.all(), "case plan", orders={"latest": "-done_on"})
    serializer_class = FollowUpSerializer

    create = Verb(follow_up)


class AssessmentViewSet(ReadViewSet):
    """How vulnerable survivors are. Only what is completed counts anywhere."""

    listed = List(
        Assessment.objects.select_related(
            "case__jurisdiction", "case__office", "plan", "instrument"
        ),
        "case involvement plan status",
        orders={"latest": "-assessed_on"},
    )
    serializer_class = AssessmentSerializer

    create = Verb(begin_assessment, on={"answers": Answers(required=False)})
    answer = Verb(answer_domain, on={"answers": Answers()})
    move = Verb(
        move_assessment,
        on={
            "step": Labelled(
                [(name, step.label) for name, step in assessment_workflow.manual.items()]
            )
        },
    )
