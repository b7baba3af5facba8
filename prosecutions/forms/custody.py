"""Forms about arrest, custody, release and bail that differ from the plain ones of their verbs."""

from __future__ import annotations

from functools import partial

from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy

from casework.forms.money import CaseCurrency
from core.forms import code_or, ticks, when
from core.verbs.forms import form_of
from prosecutions.enums import BailCondition, LimitReason, Release
from prosecutions.forms.fields import CourtForm, PoliceUnit
from prosecutions.models import Provision
from prosecutions.services.arrests import record_arrest
from prosecutions.services.custody import begin_custody, end_custody

CONDITIONS = partial(ticks, choices=BailCondition)

ArrestForm = form_of(record_arrest, CourtForm, on={"agency": PoliceUnit})


class ReleaseForm(
    form_of(  # type: ignore[misc]
        end_custody, CourtForm, on={"bail_conditions": CONDITIONS, "bail_currency": CaseCurrency}
    )
):
    """By hand: only bail has its terms."""

    applies = dict.fromkeys(
        ("bail_conditions", "sureties", "bail_amount", "bail_currency"),
        when(ended=Release.ON_BAIL),
    )


class CustodyForm(
    form_of(  # type: ignore[misc]
        begin_custody,
        CourtForm,
        on={"limit_reason": code_or(gettext_lazy("No, the law holds"))},
        order=("since",),
    )
):
    """By hand: the laws of all countries that the case touches; other limits than theirs only with
    a reason."""

    applies = dict.fromkeys(("court_hours", "charge_by"), when(limit_reason=LimitReason.values))

    def offer(self) -> None:
        countries = {self.case.jurisdiction.country}
        for rows in (self.case.complaint_set, self.case.prosecution_set):
            codes = rows.annotate(at=Left("jurisdiction__code", 2)).values_list("at", flat=True)
            countries |= set(codes)
        of = Q(pk=getattr(self.target, "provision_id", None))  # what is named stays on offer
        for country in sorted(countries):
            of |= Q(jurisdiction__code__startswith=country)
        self.choose("provision", Provision.objects.filter(of))
