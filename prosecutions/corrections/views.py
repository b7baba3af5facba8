"""Putting right what is recorded of courts, where the page says more than the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.case_pages import address
from casework.views import RecordVerb
from prosecutions.corrections.forms import AccusedForm, CorrectNetworkForm
from prosecutions.corrections.services.records import correct_record
from prosecutions.corrections.services.striking import set_accused, strike
from prosecutions.models import Complaint, Network, NetworkMember
from prosecutions.services.networks import case_of_ours
from prosecutions.warned import warned

if TYPE_CHECKING:
    from casework.models import Case

# What every page says by which something is put right, or taken away.
CORRECT = {
    "intro": gettext_lazy("The former values stay in the history, with who changed them."),
    "submit_label": gettext_lazy("Save the correction"),
}
STRIKE = {
    "intro": gettext_lazy(
        "Use this for a record entered twice or for the wrong person. It leaves the "
        "case and every figure. Its content stays in the history, with who struck it "
        "and why."
    ),
    "submit_label": gettext_lazy("Strike it"),
}


class CorrectNetwork(RecordVerb):
    """A network lies in no one case: the page is that of a case of theirs with a member of it."""

    model, service, form_class = Network, correct_record, CorrectNetworkForm
    title = gettext_lazy("Correct the day a network was identified")
    intro, submit_label = CORRECT["intro"], CORRECT["submit_label"]

    @cached_property
    def case(self) -> Case:
        return case_of_ours(self.target, self.actor)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"target": self.case}

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Network"), self.target.code)]

    def after(self) -> str:
        return reverse("prosecutions:network", args=[self.target.pk])


class StrikeMember(RecordVerb):
    """By hand: without its last member nobody sees the network, so one goes back to the case."""

    model, service = NetworkMember, strike
    title, intro, submit_label = strike.label, STRIKE["intro"], STRIKE["submit_label"]

    def after(self) -> str:
        return address(self.case.pk, "borders")


@warned
class SetAccused(RecordVerb):
    """By hand: those named so far are ticked."""

    model, service, form_class = Complaint, set_accused, AccusedForm

    def get_initial(self) -> dict[str, object]:
        return {"suspects": list(self.target.accused.values_list("suspect", flat=True))}
