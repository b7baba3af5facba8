from django.urls import path

from aftercare import journey_views as journeys
from aftercare import ledger_views as ledger
from aftercare.views import assessments, places, plans
from aftercare.views.referrals import (
    Accept,
    Acknowledge,
    CompleteReceived,
    Decline,
    DraftReferral,
    MoveReferral,
    ReadNotes,
    ReadSession,
    Received,
    RecordService,
    SendReferral,
    WriteNote,
)

app_name = "aftercare"
urlpatterns = [
    path("referrals/", Received.as_view(), name="received"),
    path("withdrawals/<uuid:pk>/acknowledge/", Acknowledge.as_view(), name="acknowledge"),
    path("referrals/<uuid:pk>/accept/", Accept.as_view(), name="accept"),
    path("referrals/<uuid:pk>/decline/", Decline.as_view(), name="decline"),
    path("referrals/<uuid:pk>/write/", WriteNote.as_view(), name="write-note"),
    path("referrals/<uuid:pk>/complete/", CompleteReceived.as_view(), name="complete"),
    path("referrals/<uuid:pk>/send/", SendReferral.as_view(), name="send"),
    path("referrals/<uuid:pk>/move/", MoveReferral.as_view(), name="move"),
    path("referrals/<uuid:pk>/notes/", ReadNotes.as_view(), name="notes"),
    path("survivors/<uuid:pk>/referrals/new/", DraftReferral.as_view(), name="draft"),
    path("survivors/<uuid:pk>/services/new/", RecordService.as_view(), name="record-service"),
    path("schemes/", ledger.Schemes.as_view(), name="schemes"),
    path(
        "survivors/<uuid:pk>/certificate/new/",
        ledger.ApplyForCertificate.as_view(),
        name="apply-certificate",
    ),
    path(
        "certificates/<uuid:pk>/answer/",
        ledger.AnswerCertificate.as_view(),
        name="answer-certificate",
    ),
    path(
        "certificates/<uuid:pk>/entitlement/new/",
        ledger.SetEntitlement.as_view(),
        name="set-entitlement",
    ),
    path(
        "entitlements/<uuid:pk>/change/",
        ledger.ChangeEntitlement.as_view(),
        name="change-entitlement",
    ),
    path(
        "entitlements/<uuid:pk>/payments/new/",
        ledger.RecordPayment.as_view(),
        name="record-payment",
    ),
    path(
        "scheme-payments/<uuid:pk>/correct/",
        ledger.CorrectPayment.as_view(),
        name="correct-payment",
    ),
    path("scheme-payments/<uuid:pk>/reimburse/", ledger.Reimburse.as_view(), name="reimburse"),
    path("survivors/<uuid:pk>/claims/new/", ledger.MakeClaim.as_view(), name="make-claim"),
    path("claims/<uuid:pk>/answer/", ledger.AnswerClaim.as_view(), name="answer-claim"),
    path(
        "claims/<uuid:pk>/payments/new/",
        ledger.RecordClaimPayment.as_view(),
        name="record-claim-payment",
    ),
    path(
        "claim-payments/<uuid:pk>/correct/",
        ledger.CorrectClaimPayment.as_view(),
        name="correct-claim-payment",
    ),
    path(
        "survivors/<uuid:pk>/journeys/new/",
        journeys.PlanRepatriation.as_view(),
        name="plan-repatriation",
    ),
    path(
        "journeys/<uuid:pk>/change/",
        journeys.ChangeRepatriation.as_view(),
        name="change-repatriation",
    ),
    path(
        "journeys/<uuid:pk>/move/",
        journeys.MoveRepatriation.as_view(),
        name="move-repatriation",
    ),
    path("sessions/<uuid:pk>/", ReadSession.as_view(), name="session"),
    path("providers/", places.Providers.as_view(), name="providers"),
    path("providers/new/", places.RegisterProvider.as_view(), name="register-provider"),
    path("providers/<uuid:pk>/", places.ProviderPage.as_view(), name="provider"),
    path("providers/<uuid:pk>/change/", places.ChangeProvider.as_view(), name="change-provider"),
    path("survivors/<uuid:pk>/placements/new/", places.Place.as_view(), name="place"),
    path("placements/<uuid:pk>/end/", places.EndPlacement.as_view(), name="end-placement"),
    path(
        "placements/<uuid:pk>/correct/",
        places.CorrectPlacement.as_view(),
        name="correct-placement",
    ),
    path("survivors/<uuid:pk>/plans/new/", plans.OpenPlan.as_view(), name="open-plan"),
    path("plans/<uuid:pk>/", plans.PlanPage.as_view(), name="plan"),
    path("plans/<uuid:pk>/goals/new/", plans.SetGoal.as_view(), name="set-goal"),
    path("plans/<uuid:pk>/reviews/new/", plans.ReviewPlan.as_view(), name="review-plan"),
    path("plans/<uuid:pk>/close/", plans.ClosePlan.as_view(), name="close-plan"),
    path("plans/<uuid:pk>/follow-ups/new/", plans.RecordFollowUp.as_view(), name="follow-up"),
    path("goals/<uuid:pk>/", plans.EndGoal.as_view(), name="end-goal"),
    path(
        "plans/<uuid:pk>/assessments/new/",
        assessments.BeginAssessment.as_view(),
        name="begin-assessment",
    ),
    path("assessments/<uuid:pk>/", assessments.AnswerDomain.as_view(), name="answer-domain"),
    path(
        "assessments/<uuid:pk>/move/",
        assessments.MoveAssessment.as_view(),
        name="move-assessment",
    ),
]
