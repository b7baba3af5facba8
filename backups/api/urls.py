from django.urls import path
from rest_framework.routers import SimpleRouter

from backups.api.viewsets import BackupViewSet, DrillViewSet, RealNamesViewSet

router = SimpleRouter()
router.register("backups", BackupViewSet, basename="backup")
router.register("drills", DrillViewSet, basename="drill")
urlpatterns = [
    path("real-names/", RealNamesViewSet.as_view({"get": "find"}), name="real-names"),
    *router.urls,
]
