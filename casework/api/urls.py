from rest_framework.routers import SimpleRouter

from casework.api.link_viewsets import CaseLinkViewSet
from casework.api.opening_viewsets import DisclosureViewSet, EmergencyViewSet
from casework.api.sealing_viewsets import ConflictViewSet, SealViewSet
from casework.api.transfer_viewsets import TransferViewSet
from casework.api.viewsets import AssignmentViewSet, CaseViewSet, RescueViewSet, SiteViewSet

router = SimpleRouter()
router.register("cases", CaseViewSet, basename="case")
router.register("assignments", AssignmentViewSet, basename="assignment")
router.register("sites", SiteViewSet, basename="site")
router.register("transfers", TransferViewSet, basename="transfer")
router.register("rescues", RescueViewSet, basename="rescue")
router.register("disclosures", DisclosureViewSet, basename="disclosure")
router.register("emergencies", EmergencyViewSet, basename="emergency")
router.register("seals", SealViewSet, basename="seal")
router.register("conflicts", ConflictViewSet, basename="conflict")
router.register("case-links", CaseLinkViewSet, basename="case-link")
urlpatterns = router.urls
