from django.urls import path
from django.utils.translation import gettext_lazy as _

from aftercare.forms import journeys as journey_forms
from aftercare.forms import ledger as money
from aftercare.forms import places as place_forms
from aftercare.forms import plans as plan_forms
from aftercare.forms.referrals import ServiceForm
from aftercare.services.care import record_service
from aftercare.services.certificates import answer_certificate, apply_for_certificate
from aftercare.services.claims import (
    answer_claim,
    correct_claim_payment,
    make_claim,
    record_claim_payment,
)
from aftercare.services.entitlements import change_entitlement, set_entitlement
from aftercare.services.payments import correct_payment, record_payment
from aftercare.services.placements import correct_placement, end_placement, place
from aftercare.services.plans import (
    close_plan,
    end_goal,
    follow_up,
    open_plan,
    review_plan,
    set_goal,
)
from aftercare.services.providers import merge_provider
from aftercare.services.repatriations import (
    change_repatriation,
    move_repatriation,
    plan_repatriation,
)
from aftercare.views import assessments, ledger, places, plans
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
    SendReferral,
    WriteNote,
)
from aftercare.views.together import SendTogether
from casework.views import page
from places.views.merges import merge_page

TELLS = "aftercare/telling_form.html"
app_name = "aftercare"
urlpatterns = [
    path("referrals/", Received.as_view(), name="received"),
    path("withdrawals/<uuid:pk>/acknowledge/", Acknowledge.as_view(), name="acknowledge"),
    path("referrals/<uuid:pk>/accept/", Accept.as_view(), name="accept"),
    path("referrals/<uuid:pk>/decline/", Decline.as_view(), name="decline"),
    path("referrals/<uuid:pk>/write/", WriteNote.as_view(), name="write-note"),
    path("referrals/<uuid:pk>/complete/", CompleteReceived.as_view(), name="complete"),
    path("cases/<uuid:pk>/referrals/send/", SendTogether.as_view(), name="send-together"),
    path("referrals/<uuid:pk>/send/", SendReferral.as_view(), name="send"),
    path("referrals/<uuid:pk>/move/", MoveReferral.as_view(), name="move"),
    path("referrals/<uuid:pk>/notes/", ReadNotes.as_view(), name="notes"),
    path("survivors/<uuid:pk>/referrals/new/", DraftReferral.as_view(), name="draft"),
    page(
        record_service,
        "survivors/<uuid:pk>/services/new/",
        part="care",
        form_class=ServiceForm,
        submit_label=_("Save the service"),
    ),
    path("schemes/", ledger.Schemes.as_view(), name="schemes"),
    page(
        apply_for_certificate,
        "survivors/<uuid:pk>/certificate/new/",
        name="apply-certificate",
        form_class=money.ApplyForm,
        submit_label=_("Save the application"),
    ),
    page(
        answer_certificate,
        "certificates/<uuid:pk>/answer/",
        form_class=money.AnswerForm,
        submit_label=_("Save the answer"),
    ),
    page(
        set_entitlement,
        "certificates/<uuid:pk>/entitlement/new/",
        form_class=money.EntitlementForm,
        submit_label=_("Save what is owed"),
    ),
    page(change_entitlement, "entitlements/<uuid:pk>/change/", form_class=money.EntitlementForm),
    page(
        record_payment,
        "entitlements/<uuid:pk>/payments/new/",
        form_class=money.PaymentForm,
        template_name="aftercare/payment_form.html",
        submit_label=_("Save the payment"),
    ),
    page(
        correct_payment, "scheme-payments/<uuid:pk>/correct/", form_class=money.CorrectPaymentForm
    ),
    path("scheme-payments/<uuid:pk>/reimburse/", ledger.Reimburse.as_view(), name="reimburse"),
    page(
        make_claim,
        "survivors/<uuid:pk>/claims/new/",
        form_class=money.ClaimForm,
        submit_label=_("Save the claim"),
    ),
    page(
        answer_claim,
        "claims/<uuid:pk>/answer/",
        form_class=money.ClaimAnswerForm,
        submit_label=_("Save the answer"),
    ),
    page(
        record_claim_payment, "claims/<uuid:pk>/payments/new/", submit_label=_("Save the payment")
    ),
    page(correct_claim_payment, "claim-payments/<uuid:pk>/correct/"),
    page(
        plan_repatriation,
        "survivors/<uuid:pk>/journeys/new/",
        form_class=journey_forms.PlanForm,
        template_name=TELLS,
        submit_label=_("Save the plan"),
    ),
    page(
        change_repatriation,
        "journeys/<uuid:pk>/change/",
        form_class=journey_forms.ChangePlanForm,
        template_name=TELLS,
    ),
    page(move_repatriation, "journeys/<uuid:pk>/move/", form_class=journey_forms.MoveForm),
    path("sessions/<uuid:pk>/", ReadSession.as_view(), name="session"),
    path("providers/", places.Providers.as_view(), name="providers"),
    path("providers/new/", places.RegisterProvider.as_view(), name="register-provider"),
    path("providers/table/", places.ProvidersTable.as_view(), name="providers-table"),
    path("providers/<uuid:pk>/", places.ProviderPage.as_view(), name="provider"),
    path("providers/<uuid:pk>/change/", places.ChangeProvider.as_view(), name="change-provider"),
    merge_page(merge_provider, "providers/<uuid:pk>/merge/", lies_in="jurisdiction"),
    path("providers/<uuid:pk>/staff/new/", places.AddStaff.as_view(), name="add-staff"),
    path("provider-staff/<uuid:pk>/end/", places.EndStaff.as_view(), name="end-staff"),
    page(
        place,
        "survivors/<uuid:pk>/placements/new/",
        part="care",
        form_class=place_forms.PlaceForm,
        template_name=TELLS,
        submit_label=_("Save the placement"),
    ),
    page(
        end_placement,
        "placements/<uuid:pk>/end/",
        part="care",
        form_class=place_forms.EndPlacementForm,
        submit_label=_("Save the end"),
    ),
    page(
        correct_placement,
        "placements/<uuid:pk>/correct/",
        part="care",
        form_class=place_forms.CorrectPlacementForm,
    ),
    page(
        open_plan,
        "survivors/<uuid:pk>/plans/new/",
        form_class=plan_forms.OpenPlanForm,
        submit_label=_("Open the plan"),
    ),
    path("plans/<uuid:pk>/", plans.PlanPage.as_view(), name="plan"),
    page(
        set_goal,
        "plans/<uuid:pk>/goals/new/",
        form_class=plan_forms.GoalForm,
        submit_label=_("Add the goal"),
    ),
    page(
        review_plan,
        "plans/<uuid:pk>/reviews/new/",
        form_class=plan_forms.ReviewForm,
        submit_label=_("Save the review"),
    ),
    page(
        close_plan,
        "plans/<uuid:pk>/close/",
        form_class=plan_forms.ClosePlanForm,
        template_name=TELLS,
        submit_label=_("Close the plan"),
    ),
    page(
        follow_up,
        "plans/<uuid:pk>/follow-ups/new/",
        form_class=plan_forms.FollowUpForm,
        submit_label=_("Save the follow-up"),
    ),
    page(end_goal, "goals/<uuid:pk>/", form_class=plan_forms.EndGoalForm, submit_label=_("Save")),
    path(
        "plans/<uuid:pk>/assessments/new/",
        assessments.BeginAssessment.as_view(),
        name="begin-assessment",
    ),
    path("assessments/<uuid:pk>/", assessments.AnswerDomain.as_view(), name="answer-domain"),
    path(
        "assessments/<uuid:pk>/move/", assessments.MoveAssessment.as_view(), name="move-assessment"
    ),
]
