from rest_framework.routers import SimpleRouter

from victims.api.viewsets import IdentityViewSet, InvolvementViewSet, VictimViewSet

router = SimpleRouter()
router.register("victims", VictimViewSet, basename="victim")
router.register("involvements", InvolvementViewSet, basename="involvement")
router.register("identities", IdentityViewSet, basename="identity")
urlpatterns = router.urls
