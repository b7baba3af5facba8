from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.serializers import RowSerializer
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from reports.publishing.models import Release, ReleaseProposal
from reports.publishing.refusals import Refusals
from reports.publishing.services import (
    approve_release,
    propose_release,
    read_proposal,
    refuse_release,
    withdraw_release,
)

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn

DIVIDED = ("id", "snapshot", "level", "by_programme", "recipient", "reason", "digest")


class SaidNoSinceSerializer(serializers.Serializer[Any]):
    """Persons counted in it who said no since; how many, unless they are 1 to 10."""

    any = serializers.BooleanField()
    persons = serializers.IntegerField(allow_null=True)


class ReleaseSerializer(RowSerializer[Release]):
    shows = (
        "id snapshot level by_programme recipient reason digest proposal proposed_by "
        "approved_by released_at table said_no_since version"
    )

    table = serializers.DictField(read_only=True)
    said_no_since = serializers.SerializerMethodField()

    @extend_schema_field(SaidNoSinceSerializer)
    def get_said_no_since(self, release: Release) -> dict[str, object]:
        return self._refusals.since(release)

    @cached_property
    def _refusals(self) -> Refusals:
        """Those of a whole page at once."""
        releases: Any = self.parent.instance if self.parent else [self.instance]
        snapshots = [release.snapshot for release in releases]
        return Refusals(self.context["reader"], snapshots)


class ReleaseProposalSerializer(RowSerializer[ReleaseProposal]):
    shows = (
        "id snapshot level by_programme recipient reason digest proposed_by created_at "
        "decided_by decided_at outcome version"
    )


class ReleasedTableSerializer(serializers.Serializer[Any]):
    table = serializers.DictField()
    digest = serializers.CharField()


class ReleaseViewSet(ReadViewSet):
    """Every table that was let out, as it left."""

    listed = List(
        Release.objects.select_related("snapshot").defer("snapshot__rows"),
        "snapshot",
        orders={"newest": "-released_at"},
    )
    serializer_class = ReleaseSerializer


class ReleaseProposalViewSet(ReadViewSet):
    """Tables that somebody wants to let out, for those who decide."""

    listed = List(ReleaseProposal.objects.all(), "snapshot")
    serializer_class = ReleaseProposalSerializer
    services = {"table": read_proposal}

    create = Verb(propose_release, says="Propose that a snapshot be released.")

    @extend_schema(responses=ReleasedTableSerializer)
    @action(detail=True, methods=["get"])
    def table(self, request: SignedIn, pk: object) -> Response:
        """The table as it would leave now."""
        self.takes_nothing()
        draft = read_proposal(self.get_object(), actor=request.user)
        return Response({"table": draft.table, "digest": draft.digest})

    approve = Verb(approve_release, says="Let a table out, as the second person.")
    refuse = Verb(refuse_release, says="Say no, as the second person.")
    withdraw = Verb(withdraw_release)
