from rest_framework.routers import SimpleRouter

from victims.api.incident_viewsets import IncidentSurvivorViewSet
from victims.api.viewsets import IdentityViewSet, InvolvementViewSet, VictimViewSet

router = SimpleRouter()
router.register("victims", VictimViewSet, basename="victim")
router.register("involvements", InvolvementViewSet, basename="involvement")
router.register("identities", IdentityViewSet, basename="identity")
router.register("incident-survivors", IncidentSurvivorViewSet, basename="incident-survivor")
urlpatterns = router.urls
