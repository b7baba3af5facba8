"""Survivors before police and courts, one page for each verb, and what to do if one is accused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.models.records import ITS_CASE
from casework.views import RecordVerb
from core.web import Page
from prosecutions.forms.survivors import (
    AccusationEndForm,
    AccusationForm,
    ParticipationForm,
    ProtectionAnswerForm,
    ProtectionForm,
)
from prosecutions.models import Accusation, Participation, ProtectiveMeasure
from prosecutions.persons import names_of, records_of
from prosecutions.services.namesakes import Namesake, survivor_named, survivors_called
from prosecutions.services.survivors import (
    answer_protection,
    ask_protection,
    correct_participation,
    end_accusation,
    record_accusation,
    record_participation,
)
from victims.models import Involvement
from victims.views.names import NAMESAKES, keep_namesakes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from prosecutions.models import Perpetrator, Suspect


class SurvivorVerb(RecordVerb):
    """A verb on a survivor of a case, whom its page names by code."""

    model: Any = Involvement
    beside: tuple[str, ...] = (*ITS_CASE, "victim", "rescue")
    part = "taking-part"

    @property
    def person(self) -> Involvement:
        person: Involvement = self.target
        return person

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Survivor"), f"{self.person.code}, {self.person.victim.in_words}")]


class RecordParticipation(SurvivorVerb):
    service, form_class = record_participation, ParticipationForm
    title = gettext_lazy("Record how a survivor takes part")
    intro = gettext_lazy("A person who declined may agree later. Record each step when it happens.")
    submit_label = gettext_lazy("Save the step")


class AskProtection(SurvivorVerb):
    service, form_class = ask_protection, ProtectionForm
    title = gettext_lazy("Ask for protection")
    intro = gettext_lazy(
        "What a court or the police were asked to do so that the person can take part."
    )
    submit_label = gettext_lazy("Save the request")


class RecordAccusation(SurvivorVerb):
    service, form_class = record_accusation, AccusationForm
    title = gettext_lazy("Record that a survivor is accused")
    intro = gettext_lazy("Everyone on the case is warned until it ends.")
    submit_label = gettext_lazy("Save the accusation")


class OfSurvivorVerb(SurvivorVerb):
    """A verb on a row about a survivor."""

    beside = (*ITS_CASE, "involvement__victim", "involvement__rescue")

    @property
    def person(self) -> Involvement:
        person: Involvement = self.target.involvement
        return person


class CorrectParticipation(OfSurvivorVerb):
    model, service, form_class = Participation, correct_participation, ParticipationForm
    title = gettext_lazy("Correct how a survivor took part")
    intro = gettext_lazy("The former entry stays in the history.")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        return {
            "step": f"{row.kind} {row.declined_for}".strip(),
            "happened_on": row.happened_on,
            "prosecution": row.prosecution_id,
            "accompanied_by": row.accompanied_by,
            "travelled_from": row.travelled_from and row.travelled_from.code,
        }


class ProtectionVerb(OfSurvivorVerb):
    """A verb on what protects a survivor."""

    model = ProtectiveMeasure

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        words = f"{row.get_kind_display()}, {date_format(row.asked_on, 'j M Y')}"
        return [*super().about(), (_("Asked for"), words)]


class AnswerProtection(ProtectionVerb):
    service, form_class = answer_protection, ProtectionAnswerForm
    title = gettext_lazy("Record the answer")
    intro = gettext_lazy("Whether the protection was granted.")
    submit_label = gettext_lazy("Save the answer")

    def get_initial(self) -> dict[str, Any]:
        return {"answer": self.target.answer, "answered_on": self.target.answered_on}


class AccusationVerb(OfSurvivorVerb):
    """A verb on an accusation of a survivor."""

    model = Accusation

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        words = f"{row.get_offence_display()}, {date_format(row.accused_on, 'j M Y')}"
        return [*super().about(), (_("Accused of"), words)]


class EndAccusation(AccusationVerb):
    service, form_class = end_accusation, AccusationEndForm
    title = gettext_lazy("Record how it ended")
    intro = gettext_lazy("Also after a conviction: a court may set it aside later.")
    submit_label = gettext_lazy("Save the end")

    def get_initial(self) -> dict[str, Any]:
        return {"ended": self.target.ended, "ended_on": self.target.ended_on}


def warn_of_survivor(request: Any, suspect: Suspect) -> bool:
    """Whether a suspect bears the name of a survivor of the case; then its page says so, once."""
    names, actor = names_of(records_of(suspect.perpetrator, request.user)), request.user
    same = names and survivor_named(suspect.case, names=names, actor=actor)
    return keep_namesakes(request, [same] if same else [])


def warn_of_survivors(request: Any, person: Perpetrator) -> bool:
    """Likewise of a person who may be a suspect of several cases; the person's page says so."""
    return keep_namesakes(request, survivors_called(person, actor=request.user))


def warnings_once(request: Any, cases: Iterable[Any]) -> list[str]:
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
