"""How long cases are kept: proposed, confirmed, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.verbs.forms import form_of
from core.web import Page
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from retention.models import Policy
from retention.services.policies import propose_policy

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class PolicyForm(form_of(propose_policy, on={"country": None})):  # type: ignore[misc]
    """With the countries to choose from, which no case tells."""

    country = forms.ModelChoiceField(
        Jurisdiction.objects.filter(level=JurisdictionLevel.COUNTRY).order_by("name"),
        label=gettext_lazy("Country"),
        to_field_name="code",
        empty_label=gettext_lazy("Everywhere"),
        required=False,
        help_text=gettext_lazy(
            "Leave it empty for the history and figures, which have one policy for all countries."
        ),
    )
    field_order = ("kind", "country", "person", "years", "legal_source", "begins_on")


class OnePolicy(Page):
    model = Policy

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        policy = self.target
        second = policy.proposed_by_id != self.actor.pk
        context = {
            "policy": policy,
            "about": policy.describe(),
            "may_decide": second and self.actor.has_perm(Perm.POLICY_DECIDE),
        }
        return render(request, "retention/policy.html", context)
