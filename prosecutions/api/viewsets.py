from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.verbs import Verb
from prosecutions.api.perpetrator_viewsets import PerpetratorViewSet
from prosecutions.api.serializers import (
    AddedSuspectSerializer,
    AddSuspectInput,
    NamedPerpetratorSerializer,
    NameSuspectInput,
    SuspectSerializer,
)
from prosecutions.columns import SuspectColumns
from prosecutions.corrections.api import Correctable, Strikable, corrects
from prosecutions.lists import SUSPECTS
from prosecutions.models import Perpetrator
from prosecutions.persons import alike, names_of, records_of
from prosecutions.services.deaths import record_death
from prosecutions.services.namesakes import survivor_named
from prosecutions.services.suspects import add_suspect, name_suspect

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

    from accounts.api.requests import SignedIn
    from casework.models import Case


class SuspectViewSet(Correctable, Strikable):
    """The role of a perpetrator in a case; `status` is derived from the record."""

    listed = SUSPECTS
    serializer_class = SuspectSerializer
    services = Strikable.services | {"create": add_suspect, "write_name": name_suspect}
    versioned = Strikable.versioned | {"write_name"}
    inputs = Strikable.inputs | {"create": AddSuspectInput, "write_name": NameSuspectInput}

    # Answers more than the row.
    @extend_schema(request=AddSuspectInput, responses={201: AddedSuspectSerializer})
    def create(self, request: SignedIn) -> Response:
        """Add a suspect to a case. `known_already` lists people who may be the same person."""
        data = self.validated()

        def run() -> dict[str, object]:
            suspect: Any = add_suspect(actor=request.user, **data)
            suspect.known_already = [] if data.get("same_as") else self.known(suspect.perpetrator)
            suspect.warnings = self.warnings(suspect.case, suspect.perpetrator)
            return AddedSuspectSerializer(suspect).data

        return self.once(run)

    # Answers the person, with what is warned of.
    @extend_schema(request=NameSuspectInput, responses=NamedPerpetratorSerializer)
    @action(detail=True, methods=["post"], url_path="name")
    def write_name(self, request: Request, pk: str) -> Response:
        """Record who the suspect is. If-Match is the version of the perpetrator."""
        return self.change_with(name_suspect, self.named)

    partial_update = corrects(SuspectColumns, "CorrectSuspectInput")
    death = Verb(
        record_death, of="`died_on` empty: recorded in error, the person lives.", answers="as_shown"
    )

    def named(self, perpetrator: Perpetrator) -> NamedPerpetratorSerializer:
        row = PerpetratorViewSet.listed.reach(self.request.user).get(pk=perpetrator.pk)
        row.known_already = self.known(row)
        row.warnings = self.warnings(self.get_object().case, row)
        return NamedPerpetratorSerializer(row)

    def warnings(self, case: Case, record: Perpetrator) -> list[str]:
        actor: Any = self.request.user
        names = names_of(records_of(record, actor))
        same = names and survivor_named(case, names=names, actor=actor)
        return [same.warning] if same else []

    def known(self, record: Perpetrator) -> list[UUID]:
        user: Any = self.request.user
        return [row.pk for row in alike(records_of(record, user), user)]
