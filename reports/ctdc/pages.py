"""The page and the endpoint that give out the lines of CTDC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.serializers import Input, Labelled, WholeNumber
from core.api.viewsets import ServiceViewSet
from core.sheets.spreadsheets import as_csv
from core.web import FormPage
from reports.ctdc.services import FIRST_YEAR, SentFor, export_ctdc
from victims.models import Involvement

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from accounts.api.requests import SignedIn

LAST_YEAR = 2100


class CtdcForm(forms.Form):
    year = forms.IntegerField(
        label=gettext_lazy("Registered until the end of"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("What is the file for?"),
        choices=[("", gettext_lazy("Choose")), *SentFor.choices],
    )


class Ctdc(FormPage):
    """After a second factor, for a reason."""

    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    service, permission = export_ctdc, export_ctdc.permission
    form_class, template_name = CtdcForm, "casework/case_form.html"
    file: HttpResponse | None = None

    def before(self) -> str:
        return reverse("reports:dashboard")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "title": _("Survivors in the columns of CTDC"),
            "intro": _(
                "One line for each survivor who agreed, without keys. A value shared by fewer "
                "than 11 survivors is left empty. From the cases open to you, without sealed "
                "ones."
            ),
            "submit_label": _("Take the file"),
            "back_url": self.before(),
        }
        return super().get_context_data(**(words | kwargs))

    def form_valid(self, form: object) -> HttpResponse:
        answer = super().form_valid(form)
        return self.file or answer

    def act(self, form: BaseForm) -> str:
        made = export_ctdc(actor=self.actor, **form.cleaned_data)
        self.file = as_csv(f"ctdc-{form.cleaned_data['year']}.csv", made.table)
        return self.before()


class CtdcInput(Input):
    year = WholeNumber(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    reason = Labelled(SentFor)


class CtdcLineSerializer(serializers.Serializer[Any]):
    """`left_out`: who has not agreed; null where these are one to ten."""

    table = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    agreed = serializers.IntegerField()
    left_out = serializers.IntegerField(allow_null=True)


class CtdcViewSet(ServiceViewSet):
    """Survivors who agreed to it in the columns of CTDC, k-anonymous with k = 11."""

    queryset = Involvement.objects.none()
    serializer_class = CtdcLineSerializer
    services = {"create": export_ctdc}
    inputs = {"create": CtdcInput}
    asking = frozenset({"create"})  # its answer is a file and is kept nowhere
    takes_many = False

    @extend_schema(request=CtdcInput, responses={200: CtdcLineSerializer})
    def create(self, request: SignedIn) -> Response:
        """Give out the table: its head, then one line a survivor."""
        made = export_ctdc(actor=request.user, **self.validated())
        return Response(CtdcLineSerializer(made).data)
