from casework.api.inquiry_viewsets import (
    IncidentViewSet,
    LeadViewSet,
    LeadWordsViewSet,
    StepViewSet,
    StepWordsViewSet,
)
from casework.api.link_viewsets import CaseLinkViewSet
from casework.api.opening_viewsets import DisclosureViewSet, EmergencyViewSet
from casework.api.paper_viewsets import (
    CourtBundleViewSet,
    CustodyEventViewSet,
    DocumentVersionViewSet,
    DocumentViewSet,
    NoteViewSet,
    RecognitionViewSet,
)
from casework.api.plan_viewsets import RescuePlanViewSet
from casework.api.sealing_viewsets import ConflictViewSet, SealViewSet
from casework.api.site_viewsets import SameSiteViewSet, SiteClosingViewSet, SiteViewSet
from casework.api.transfer_viewsets import TransferViewSet
from casework.api.viewsets import AssignmentViewSet, CaseViewSet, RescueViewSet
from core.api.routers import Router

router = Router()
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
router.register("leads", LeadViewSet, basename="lead")
router.register("lead-words", LeadWordsViewSet, basename="lead-words")
router.register("investigation-steps", StepViewSet, basename="investigation-step")
router.register("step-words", StepWordsViewSet, basename="step-words")
router.register("rescue-plans", RescuePlanViewSet, basename="rescue-plan")
router.register("online-incidents", IncidentViewSet, basename="online-incident")
router.register("site-closings", SiteClosingViewSet, basename="site-closing")
router.register("same-sites", SameSiteViewSet, basename="same-site")
router.register("notes", NoteViewSet, basename="note")
router.register("documents", DocumentViewSet, basename="document")
router.register("document-versions", DocumentVersionViewSet, basename="document-version")
router.register("court-bundles", CourtBundleViewSet, basename="court-bundle")
router.register("recognitions", RecognitionViewSet, basename="recognition")
router.register("custody-events", CustodyEventViewSet, basename="custody-event")
urlpatterns = router.urls
