from aftercare.api import plan_viewsets
from aftercare.api.claim_viewsets import ClaimPaymentViewSet, CompensationClaimViewSet
from aftercare.api.received import ReceivedReferralViewSet, ReceivedWithdrawalViewSet
from aftercare.api.rehabilitation_viewsets import (
    BankReferenceViewSet,
    EntitlementViewSet,
    RehabilitationPaymentViewSet,
    RehabilitationSchemeViewSet,
    ReleaseCertificateViewSet,
)
from aftercare.api.repatriation_viewsets import EscortViewSet, RepatriationViewSet
from aftercare.api.staff_viewsets import ProviderStaffViewSet
from aftercare.api.viewsets import (
    ProgressNoteViewSet,
    ProviderViewSet,
    ReferralViewSet,
    ServiceRecordViewSet,
    SessionNoteViewSet,
)
from core.api.routers import Router

router = Router()
router.register("providers", ProviderViewSet, basename="provider")
router.register("provider-staff", ProviderStaffViewSet, basename="provider-staff")
router.register("referrals", ReferralViewSet, basename="referral")
router.register("received-referrals", ReceivedReferralViewSet, basename="received-referral")
router.register("progress-notes", ProgressNoteViewSet, basename="progress-note")
router.register("received-withdrawals", ReceivedWithdrawalViewSet, basename="received-withdrawal")
router.register("session-notes", SessionNoteViewSet, basename="session-note")
router.register("service-records", ServiceRecordViewSet, basename="service-record")
router.register(
    "rehabilitation-schemes", RehabilitationSchemeViewSet, basename="rehabilitation-scheme"
)
router.register("release-certificates", ReleaseCertificateViewSet, basename="release-certificate")
router.register("entitlements", EntitlementViewSet, basename="entitlement")
router.register(
    "rehabilitation-payments", RehabilitationPaymentViewSet, basename="rehabilitation-payment"
)
router.register("bank-references", BankReferenceViewSet, basename="bank-reference")
router.register("compensation-claims", CompensationClaimViewSet, basename="compensation-claim")
router.register("claim-payments", ClaimPaymentViewSet, basename="claim-payment")
router.register("repatriations", RepatriationViewSet, basename="repatriation")
router.register("escorts", EscortViewSet, basename="escort")
router.register("placements", plan_viewsets.PlacementViewSet, basename="placement")
router.register("care-plans", plan_viewsets.CarePlanViewSet, basename="care-plan")
router.register("goals", plan_viewsets.GoalViewSet, basename="goal")
router.register("plan-reviews", plan_viewsets.PlanReviewViewSet, basename="plan-review")
router.register("follow-ups", plan_viewsets.FollowUpViewSet, basename="follow-up")
router.register("assessments", plan_viewsets.AssessmentViewSet, basename="assessment")
urlpatterns = router.urls
