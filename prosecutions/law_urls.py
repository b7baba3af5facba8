"""Addresses of what the law of a country says."""

from functools import partial

from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.verbs.pages import page as verb_page
from prosecutions.forms.laws import LimitForm, ProvisionForm, StagesForm
from prosecutions.services.law_limits import propose_limit
from prosecutions.services.law_stages import propose_stages
from prosecutions.services.laws import (
    confirm_law,
    end_provision,
    propose_provision,
    refuse_law,
    withdraw_law,
)
from prosecutions.views.laws import LawPage, Laws, OneLaw

page = partial(verb_page, LawPage)
urlpatterns = [
    path("laws/", Laws.as_view(), name="laws"),
    page(
        propose_provision,
        "laws/provisions/new/",
        name="propose-provision",
        form_class=ProvisionForm,
        proposes=True,
        submit_label=_("Propose"),
    ),
    page(
        propose_limit,
        "laws/limits/new/",
        name="propose-limit",
        form_class=LimitForm,
        proposes=True,
        submit_label=_("Propose"),
    ),
    page(
        propose_stages,
        "laws/stages/new/",
        name="propose-stages",
        template_name="prosecutions/law_stages_form.html",
        form_class=StagesForm,
        proposes=True,
        submit_label=_("Propose"),
    ),
    page(
        end_provision,
        "laws/provisions/<uuid:pk>/end/",
        proposes=True,
        submit_label=_("Propose"),
    ),
    path("laws/<uuid:pk>/", OneLaw.as_view(), name="law"),
    page(confirm_law, "laws/<uuid:pk>/confirm/", submit_label=_("Confirm")),
    page(refuse_law, "laws/<uuid:pk>/refuse/", submit_label=_("Refuse")),
    page(withdraw_law, "laws/<uuid:pk>/withdraw/", submit_label=_("Withdraw")),
]
