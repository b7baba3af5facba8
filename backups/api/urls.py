from django.urls import path

from backups.api.viewsets import BackupViewSet, DrillViewSet, RealNamesViewSet
from core.api.routers import Router

router = Router()
router.register("backups", BackupViewSet, basename="backup")
router.register("drills", DrillViewSet, basename="drill")
urlpatterns = [
    path("real-names/", RealNamesViewSet.as_view({"get": "find"}), name="real-names"),
    *router.urls,
]
