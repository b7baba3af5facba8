from rest_framework.routers import SimpleRouter

from backups.api.viewsets import BackupViewSet, DrillViewSet

router = SimpleRouter()
router.register("backups", BackupViewSet, basename="backup")
router.register("drills", DrillViewSet, basename="drill")
urlpatterns = router.urls
