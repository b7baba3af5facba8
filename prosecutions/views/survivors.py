"""Survivors before police and courts, one page for each verb, and what to do if one is accused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from accounts.permissions import Perm
from casework.views import RecordVerb
from core.web import Page
from prosecutions.forms.survivors import (
    ParticipationForm,
)
from prosecutions.models import Participation
from prosecutions.persons import names_of, records_of
from prosecutions.services.namesakes import Namesake, survivor_named, survivors_called
from prosecutions.services.survivors import (
    correct_participation,
)
from victims.models import Involvement
from victims.views.names import NAMESAKES, keep_namesakes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from casework.models import Case
    from prosecutions.models import Perpetrator, Suspect


class CorrectParticipation(RecordVerb):
    """By hand: one box for the step and why somebody declined."""

    model, service, form_class = Participation, correct_participation, ParticipationForm

    def get_initial(self) -> dict[str, object]:
        row = self.target
        return {
            "step": f"{row.kind} {row.declined_for}".strip(),
            "happened_on": row.happened_on,
            "prosecution": row.prosecution_id,
            "accompanied_by": row.accompanied_by,
            "travelled_from": row.travelled_from and row.travelled_from.code,
        }


def warn_of_survivor(request: Any, suspect: Suspect) -> bool:
    """Whether a suspect bears the name of a survivor of the case; then its page says so, once."""
    names, actor = names_of(records_of(suspect.perpetrator, request.user)), request.user
    same = names and survivor_named(suspect.case, names=names, actor=actor)
    return keep_namesakes(request, [same] if same else [])


def warn_of_survivors(request: Any, person: Perpetrator) -> bool:
    """Likewise of a person who may be a suspect of several cases; the person's page says so."""
    return keep_namesakes(request, survivors_called(person, actor=request.user))


def warnings_once(request: HttpRequest, cases: Iterable[Case]) -> list[str]:
    """What was kept to be said on the page of these cases."""
    kept = request.session.get(NAMESAKES)
    if not kept:
        return []
    rows = Involvement.objects.visible_to(request.user).filter(case__in=cases, pk__in=kept)
    people = list(rows.select_related("case").order_by("created_at", "pk"))
    if people:
        del request.session[NAMESAKES]
    return [Namesake(person).warning for person in people]


class AccusedGuide(Page):
    """What to do when a survivor is accused. Holds nothing of any case."""

    permission = Perm.PROSECUTION_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "prosecutions/accused.html")
