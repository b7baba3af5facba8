from core.api.routers import Router
from victims.api.incident_viewsets import IncidentSurvivorViewSet
from victims.api.match_viewsets import ConfirmationViewSet, MatchViewSet, VictimMergeViewSet
from victims.api.person_viewsets import (
    ConsentViewSet,
    EvidenceViewSet,
    IndicatorViewSet,
    ParticularViewSet,
    RouteStopViewSet,
    ShareViewSet,
    SiblingViewSet,
    WithdrawalViewSet,
)
from victims.api.viewsets import IdentityViewSet, InvolvementViewSet, VictimViewSet

router = Router()
router.register("victims", VictimViewSet, basename="victim")
router.register("involvements", InvolvementViewSet, basename="involvement")
router.register("identities", IdentityViewSet, basename="identity")
router.register("incident-survivors", IncidentSurvivorViewSet, basename="incident-survivor")
router.register("consents", ConsentViewSet, basename="consent")
router.register("consent-shares", ShareViewSet, basename="consent-share")
router.register("withdrawals", WithdrawalViewSet, basename="withdrawal")
router.register("siblings", SiblingViewSet, basename="sibling")
router.register("particulars", ParticularViewSet, basename="particular")
router.register("route-stops", RouteStopViewSet, basename="route-stop")
router.register("indicators", IndicatorViewSet, basename="indicator")
router.register("evidence", EvidenceViewSet, basename="evidence")
router.register("matches", MatchViewSet, basename="match")
router.register("victim-merges", VictimMergeViewSet, basename="victim-merge")
router.register("confirmations", ConfirmationViewSet, basename="confirmation")
urlpatterns = router.urls
