from functools import partial

from django.urls import path
from django.utils.translation import gettext_lazy as _

from casework.views import page
from core.verb_pages import page as verb_page
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
        title=_("Propose how long cases are kept"),
        intro=_("A second person confirms it. It is in force from its day on."),
        submit_label=_("Propose"),
    ),
    path("retention-policies/<uuid:pk>/", policies.OnePolicy.as_view(), name="policy"),
    step(
        confirm_policy,
        "retention-policies/<uuid:pk>/confirm/",
        title=_("Confirm how long cases are kept"),
        intro=_("From its day on, what is closed longer is proposed to be erased."),
        submit_label=_("Confirm"),
    ),
    step(
        refuse_policy,
        "retention-policies/<uuid:pk>/refuse/",
        title=_("Refuse a policy"),
        intro=_("It stays on record. Whoever proposed it is told."),
        submit_label=_("Refuse"),
    ),
    path("cases/<uuid:pk>/holds/", holds.CaseHolds.as_view(), name="holds"),
    page(
        ask_hold,
        "cases/<uuid:pk>/holds/new/",
        form_class=holds.HoldForm,
        title=_("Hold back from erasure"),
        intro=_("It holds at once. A second person confirms or refuses it."),
        submit_label=_("Hold it"),
    ),
    page(
        confirm_hold,
        "legal-holds/<uuid:pk>/confirm/",
        title=_("Confirm a legal hold"),
        intro=_("Nothing of it is erased until two persons lift it."),
        submit_label=_("Confirm"),
    ),
    page(
        refuse_hold,
        "legal-holds/<uuid:pk>/refuse/",
        title=_("Refuse a legal hold"),
        intro=_("It holds no longer. Whoever asked is told."),
        submit_label=_("Refuse"),
    ),
    page(
        ask_lifting,
        "legal-holds/<uuid:pk>/ask-lifting/",
        title=_("Ask to lift a legal hold"),
        intro=_("It holds until a second person lifts it."),
        submit_label=_("Ask"),
    ),
    page(
        lift_hold,
        "legal-holds/<uuid:pk>/lift/",
        title=_("Lift a legal hold"),
        intro=_("What has had its time may be erased again, by two persons."),
        submit_label=_("Lift it"),
    ),
    page(
        keep_hold,
        "legal-holds/<uuid:pk>/keep/",
        title=_("Keep a legal hold in force"),
        intro=_("Whoever asked to lift it is told."),
        submit_label=_("Keep it"),
    ),
    path("erasures/<uuid:pk>/", erasures.OneErasure.as_view(), name="erasure"),
    step_of_erasure(
        confirm_erasure,
        "erasures/<uuid:pk>/confirm/",
        title=_("Confirm the erasure"),
        intro=_(
            "Two persons confirm. Thirty days after the second it is done: rows, files and former"
            " values go, of a case also the persons who are in no other one, of a survivor the"
            " parts in every case. It cannot be brought back then."
        ),
        submit_label=_("Confirm"),
    ),
    step_of_erasure(
        undo_erasure,
        "erasures/<uuid:pk>/undo/",
        title=_("Take back the erasure"),
        intro=_("Nothing is erased. It is on the list again, for two persons."),
        submit_label=_("Take it back"),
    ),
    step_of_erasure(
        keep_case,
        "erasures/<uuid:pk>/keep/",
        title=_("Keep it longer"),
        intro=_("It is proposed again after the day you say."),
        submit_label=_("Keep it"),
    ),
]
