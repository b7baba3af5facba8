from functools import partial

from django.urls import path
from django.utils.translation import gettext_lazy as _

from casework.views import page
from core.verbs.pages import page as verb_page
from retention.services.erasures import confirm_erasure, keep_case, read_erasure, undo_erasure
from retention.services.holds import (
    ask_hold,
    ask_lifting,
    confirm_hold,
    keep_hold,
    lift_hold,
    refuse_hold,
)
from retention.services.policies import confirm_policy, propose_policy, refuse_policy
from retention.views import bundles, erasures, holds, policies
from retention.views.steps import Step

step = partial(verb_page, Step)
step_of_erasure = partial(step, reads=read_erasure)

app_name = "retention"
urlpatterns = [
    path("retention/", erasures.Retention.as_view(), name="retention"),
    path("survivors/<uuid:pk>/bundle/", bundles.MakeBundle.as_view(), name="bundle"),
    path("survivors/<uuid:pk>/erase/", erasures.ProposeErasure.as_view(), name="propose-erasure"),
    step(
        propose_policy,
        "retention-policies/new/",
        name="propose-policy",
        form_class=policies.PolicyForm,
        submit_label=_("Propose"),
    ),
    path("retention-policies/<uuid:pk>/", policies.OnePolicy.as_view(), name="policy"),
    step(confirm_policy, "retention-policies/<uuid:pk>/confirm/", submit_label=_("Confirm")),
    step(refuse_policy, "retention-policies/<uuid:pk>/refuse/", submit_label=_("Refuse")),
    path("cases/<uuid:pk>/holds/", holds.CaseHolds.as_view(), name="holds"),
    page(
        ask_hold, "cases/<uuid:pk>/holds/new/", form_class=holds.HoldForm, submit_label=_("Hold it")
    ),
    page(confirm_hold, "legal-holds/<uuid:pk>/confirm/", submit_label=_("Confirm")),
    page(refuse_hold, "legal-holds/<uuid:pk>/refuse/", submit_label=_("Refuse")),
    page(ask_lifting, "legal-holds/<uuid:pk>/ask-lifting/", submit_label=_("Ask")),
    page(lift_hold, "legal-holds/<uuid:pk>/lift/", submit_label=_("Lift it")),
    page(keep_hold, "legal-holds/<uuid:pk>/keep/", submit_label=_("Keep it")),
    path("erasures/<uuid:pk>/", erasures.OneErasure.as_view(), name="erasure"),
    step_of_erasure(confirm_erasure, "erasures/<uuid:pk>/confirm/", submit_label=_("Confirm")),
    step_of_erasure(undo_erasure, "erasures/<uuid:pk>/undo/", submit_label=_("Take it back")),
    step_of_erasure(keep_case, "erasures/<uuid:pk>/keep/", submit_label=_("Keep it")),
]
