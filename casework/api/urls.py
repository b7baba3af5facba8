from rest_framework.routers import SimpleRouter

from casework.api.viewsets import AssignmentViewSet, CaseViewSet, RescueViewSet, SiteViewSet

router = SimpleRouter()
router.register("cases", CaseViewSet, basename="case")
router.register("assignments", AssignmentViewSet, basename="assignment")
router.register("sites", SiteViewSet, basename="site")
router.register("rescues", RescueViewSet, basename="rescue")
urlpatterns = router.urls
