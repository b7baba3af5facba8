from rest_framework.routers import SimpleRouter

from reports.api.viewsets import ReportRunViewSet, ReportViewSet

router = SimpleRouter()
router.register("reports", ReportViewSet, basename="report")
router.register("report-runs", ReportRunViewSet, basename="report-run")
urlpatterns = router.urls
