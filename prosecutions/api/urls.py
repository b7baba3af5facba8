from django.urls import path, re_path

from core.api.routers import Router
from prosecutions.answers.api import AnswerViewSet
from prosecutions.api import court_viewsets
from prosecutions.api.charge_viewsets import ChargeViewSet
from prosecutions.api.check_viewsets import CaseChecksViewSet
from prosecutions.api.compensation_viewsets import CompensationPaymentViewSet
from prosecutions.api.complaint_viewsets import ComplaintViewSet, PoliceReportViewSet
from prosecutions.api.custody_viewsets import ArrestViewSet, CustodyClockViewSet, CustodyViewSet
from prosecutions.api.hearing_viewsets import HearingViewSet
from prosecutions.api.law_viewsets import LawVersionViewSet, ProvisionViewSet, StageLawViewSet
from prosecutions.api.match_viewsets import OffenderMatchViewSet
from prosecutions.api.met_viewsets import SuspectMetViewSet
from prosecutions.api.network_viewsets import (
    CorridorLegViewSet,
    CorridorViewSet,
    NetworkMemberViewSet,
    NetworkViewSet,
)
from prosecutions.api.perpetrator_viewsets import AliasViewSet, MergeViewSet, PerpetratorViewSet
from prosecutions.api.request_viewsets import AssistanceRequestViewSet
from prosecutions.api.survivor_viewsets import (
    AccusationViewSet,
    ParticipationViewSet,
    ProtectiveMeasureViewSet,
)
from prosecutions.api.viewsets import SuspectViewSet
from prosecutions.docket.api import CauseListViewSet, DocketViewSet
from prosecutions.feeds.api import FeedViewSet

router = Router()
router.register("perpetrators", PerpetratorViewSet, basename="perpetrator")
router.register("aliases", AliasViewSet, basename="alias")
router.register("offender-matches", OffenderMatchViewSet, basename="offender-match")
router.register("merges", MergeViewSet, basename="merge")
router.register("suspects", SuspectViewSet, basename="suspect")
router.register("suspects-met", SuspectMetViewSet, basename="suspect-met")
router.register("arrests", ArrestViewSet, basename="arrest")
router.register("custody-clocks", CustodyClockViewSet, basename="custody-clock")
router.register("custodies", CustodyViewSet, basename="custody")
router.register("provisions", ProvisionViewSet, basename="provision")
router.register("law-versions", LawVersionViewSet, basename="law-version")
router.register("complaints", ComplaintViewSet, basename="complaint")
router.register("police-reports", PoliceReportViewSet, basename="police-report")
router.register("prosecutions", court_viewsets.ProsecutionViewSet, basename="prosecution")
router.register("stages-reached", court_viewsets.StageReachedViewSet, basename="stage-reached")
router.register("charges", ChargeViewSet, basename="charge")
router.register("hearings", HearingViewSet, basename="hearing")
router.register("answers", AnswerViewSet, basename="answer")
router.register("judgments", court_viewsets.JudgmentViewSet, basename="judgment")
router.register("appeals", court_viewsets.AppealViewSet, basename="appeal")
router.register("sentences", court_viewsets.SentenceViewSet, basename="sentence")
router.register("networks", NetworkViewSet, basename="network")
router.register("network-members", NetworkMemberViewSet, basename="network-member")
router.register("corridors", CorridorViewSet, basename="corridor")
router.register("corridor-legs", CorridorLegViewSet, basename="corridor-leg")
router.register("participations", ParticipationViewSet, basename="participation")
router.register("protective-measures", ProtectiveMeasureViewSet, basename="protective-measure")
router.register("accusations", AccusationViewSet, basename="accusation")
router.register("assistance-requests", AssistanceRequestViewSet, basename="assistance-request")
router.register(
    "compensation-payments", CompensationPaymentViewSet, basename="compensation-payment"
)
urlpatterns = [
    re_path(
        rf"^cases/(?P<pk>{CaseChecksViewSet.lookup_value_regex})/checks/$",
        CaseChecksViewSet.as_view({"get": "checks"}),
        name="case-checks",
    ),
    path(
        "law-versions/stages/",
        StageLawViewSet.as_view({"post": "create"}),
        name="law-version-stages",
    ),
    path("docket/", DocketViewSet.as_view({"get": "retrieve"}), name="docket"),
    path("cause-list/", CauseListViewSet.as_view({"get": "retrieve"}), name="cause-list"),
    path(
        "calendar-feed/",
        FeedViewSet.as_view({"get": "retrieve", "post": "create"}),
        name="calendar-feed",
    ),
    path("calendar-feed/stop/", FeedViewSet.as_view({"post": "stop"}), name="calendar-feed-stop"),
    *router.urls,
]
