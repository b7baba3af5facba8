from rest_framework.routers import SimpleRouter

from casework.api.link_viewsets import CaseLinkViewSet
from casework.api.opening_viewsets import DisclosureViewSet, EmergencyViewSet
from casework.api.paper_viewsets import (
    CustodyEventViewSet,
    DocumentVersionViewSet,
    DocumentViewSet,
    NoteViewSet,
)
from casework.api.sealing_viewsets import ConflictViewSet, SealViewSet
from casework.api.viewsets import AssignmentViewSet, CaseViewSet, RescueViewSet, SiteViewSet

router = SimpleRouter()
router.register("cases", CaseViewSet, basename="case")
router.register("assignments", AssignmentViewSet, basename="assignment")
router.register("sites", SiteViewSet, basename="site")
router.register("rescues", RescueViewSet, basename="rescue")
router.register("disclosures", DisclosureViewSet, basename="disclosure")
router.register("emergencies", EmergencyViewSet, basename="emergency")
router.register("seals", SealViewSet, basename="seal")
router.register("conflicts", ConflictViewSet, basename="conflict")
router.register("case-links", CaseLinkViewSet, basename="case-link")
router.register("notes", NoteViewSet, basename="note")
router.register("documents", DocumentViewSet, basename="document")
router.register("document-versions", DocumentVersionViewSet, basename="document-version")
router.register("custody-events", CustodyEventViewSet, basename="custody-event")
urlpatterns = router.urls
