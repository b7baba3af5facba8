from rest_framework.routers import SimpleRouter

from intake.api.viewsets import RescueReportViewSet

router = SimpleRouter()
router.register("rescue-reports", RescueReportViewSet, basename="rescue-report")
urlpatterns = router.urls
