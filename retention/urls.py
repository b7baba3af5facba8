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
        title=_("Propose how long cases are kept"),
        intro=_("A second person confirms it. It applies from its first day."),
        submit_label=_("Propose"),
    ),
    path("retention-policies/<uuid:pk>/", policies.OnePolicy.as_view(), name="policy"),
    step(
        confirm_policy,
        "retention-policies/<uuid:pk>/confirm/",
        title=_("Confirm how long cases are kept"),
        intro=_("From its first day, cases closed for longer are proposed for erasure."),
        submit_label=_("Confirm"),
    ),
    step(
        refuse_policy,
        "retention-policies/<uuid:pk>/refuse/",
        title=_("Refuse a policy"),
        intro=_("It stays on record. The person who proposed it is told."),
        submit_label=_("Refuse"),
    ),
    path("cases/<uuid:pk>/holds/", holds.CaseHolds.as_view(), name="holds"),
    page(
        ask_hold,
        "cases/<uuid:pk>/holds/new/",
        form_class=holds.HoldForm,
        title=_("Hold back from erasure"),
        intro=_("It applies at once. A second person confirms or refuses it."),
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
        intro=_("It no longer applies. The person who asked is told."),
        submit_label=_("Refuse"),
    ),
    page(
        ask_lifting,
        "legal-holds/<uuid:pk>/ask-lifting/",
        title=_("Ask to lift a legal hold"),
        intro=_("It applies until a second person lifts it."),
        submit_label=_("Ask"),
    ),
    page(
        lift_hold,
        "legal-holds/<uuid:pk>/lift/",
        title=_("Lift a legal hold"),
        intro=_("The case may then be erased again, by two persons, when its time is over."),
        submit_label=_("Lift it"),
    ),
    page(
        keep_hold,
        "legal-holds/<uuid:pk>/keep/",
        title=_("Keep a legal hold in force"),
        intro=_("The person who asked to lift it is told."),
        submit_label=_("Keep it"),
    ),
    path("erasures/<uuid:pk>/", erasures.OneErasure.as_view(), name="erasure"),
    step_of_erasure(
        confirm_erasure,
        "erasures/<uuid:pk>/confirm/",
        title=_("Confirm the erasure"),
        intro=_(
            "Two persons confirm. Thirty days after the second, rows, files and former values are"
            " erased. With a case go the persons who are in no other case; with a survivor, their"
            " parts in every case. This cannot be undone."
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
