from core.api.routers import Router
from reports.api.viewsets import ReportRunViewSet, ReportViewSet, SnapshotViewSet
from reports.ctdc.pages import CtdcViewSet
from reports.dashboards.api import DashboardViewSet
from reports.outside.api import OutsideAddressViewSet, ReleaseLetterViewSet
from reports.publishing.api import ReleaseProposalViewSet, ReleaseViewSet
from reports.schedules.api import ScheduleViewSet

router = Router()
router.register("dashboards", DashboardViewSet, basename="dashboard")
router.register("reports", ReportViewSet, basename="report")
router.register("report-runs", ReportRunViewSet, basename="report-run")
router.register("report-schedules", ScheduleViewSet, basename="report-schedule")
router.register("snapshots", SnapshotViewSet, basename="snapshot")
router.register("release-proposals", ReleaseProposalViewSet, basename="release-proposal")
router.register("releases", ReleaseViewSet, basename="release")
router.register("release-letters", ReleaseLetterViewSet, basename="release-letter")
router.register("outside-addresses", OutsideAddressViewSet, basename="outside-address")
router.register("ctdc-exports", CtdcViewSet, basename="ctdc-export")
urlpatterns = router.urls
