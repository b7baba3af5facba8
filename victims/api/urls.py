from rest_framework.routers import SimpleRouter

from victims.api.viewsets import InvolvementViewSet, VictimViewSet

router = SimpleRouter()
router.register("victims", VictimViewSet, basename="victim")
router.register("involvements", InvolvementViewSet, basename="involvement")
urlpatterns = router.urls
