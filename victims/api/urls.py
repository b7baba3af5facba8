from rest_framework.routers import SimpleRouter

from victims.api.match_viewsets import ConfirmationViewSet, MatchViewSet, VictimMergeViewSet
from victims.api.viewsets import IdentityViewSet, InvolvementViewSet, VictimViewSet

router = SimpleRouter()
router.register("victims", VictimViewSet, basename="victim")
router.register("involvements", InvolvementViewSet, basename="involvement")
router.register("identities", IdentityViewSet, basename="identity")
router.register("matches", MatchViewSet, basename="match")
router.register("victim-merges", VictimMergeViewSet, basename="victim-merge")
router.register("confirmations", ConfirmationViewSet, basename="confirmation")
urlpatterns = router.urls
