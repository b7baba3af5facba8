from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.alike.merging import both_seen
from core.api.serializers import Nothing
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from prosecutions.api.perpetrator_serializers import (
    AddAliasInput,
    AddedAliasSerializer,
    AliasSerializer,
    CandidatesSerializer,
    DescribeInput,
    MergeSerializer,
)
from prosecutions.api.serializers import DescribedPerpetratorSerializer, PerpetratorSerializer
from prosecutions.models import Alias, Merge, Perpetrator
from prosecutions.persons import with_aliases
from prosecutions.services.namesakes import survivors_called
from prosecutions.services.perpetrators import (
    add_alias,
    describe_perpetrator,
    merge_perpetrators,
    remove_alias,
    undo_merge,
)
from prosecutions.services.persons import read_alike

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.api.requests import SignedIn
    from accounts.models import User
    from core.access import ScopedQuerySet


def shown_to(rows: ScopedQuerySet, user: User) -> ScopedQuerySet:
    """Perpetrators with what the answer says of each: other names, the record that stands."""
    seen = rows.visible_to(user)
    stands = Subquery(seen.filter(pk=OuterRef("merged_into")).values("pk")[:1])
    named: Any = with_aliases(seen.annotate(stands_for=stands), user)
    people: ScopedQuerySet = named
    return people


def warnings_about(person: Perpetrator, user: User) -> list[str]:
    """What to look at again, now that a name of this person is written down."""
    return [namesake.warning for namesake in survivors_called(person, actor=user)]


class PerpetratorViewSet(ReadViewSet):
    """People and organisations responsible, as far as the caller's cases name them."""

    listed = List(Perpetrator.objects.all(), "kind", seen=shown_to)
    serializer_class = PerpetratorSerializer
    services = {"partial_update": describe_perpetrator, "candidates": read_alike}
    inputs = {"partial_update": DescribeInput}

    def again(self, row: Perpetrator) -> PerpetratorSerializer:
        """The answer after a change."""
        return PerpetratorSerializer(self.get_queryset().get(pk=row.pk))

    def described(self, row: Perpetrator) -> DescribedPerpetratorSerializer:
        """The answer after a description: a name may be that of a survivor."""
        person = self.get_queryset().get(pk=row.pk)
        person.warnings = warnings_about(person, self.request.user)
        return DescribedPerpetratorSerializer(person)

    # Answers the person, with what is warned of.
    @extend_schema(request=DescribeInput, responses=DescribedPerpetratorSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Record or correct who this is."""
        keeps = ("name", "kind", "sex", "nationality", "born_year")
        return self.change_with(describe_perpetrator, self.described, keeps=keeps)

    merge = Verb(merge_perpetrators, body="MergeInput", answers="again")

    @extend_schema(responses=CandidatesSerializer)
    @action(detail=True, methods=["get"])
    def candidates(self, request: SignedIn, pk: str) -> Response:
        """Records of a like name in the cases open to the caller, the likest first."""
        self.takes_nothing()
        likest = [row.pk for row, _roles in read_alike(self.get_object(), actor=request.user)]
        rows = {row.pk: row for row in self.get_queryset().filter(pk__in=likest)}
        return Response(CandidatesSerializer({"results": [rows[pk] for pk in likest]}).data)


class AliasViewSet(ReadViewSet):
    """Other names of perpetrators, in any script."""

    listed = List(Alias.objects.all(), "perpetrator")
    serializer_class = AliasSerializer
    services = {"create": add_alias, "remove": remove_alias}
    inputs = {"create": AddAliasInput, "remove": Nothing}

    # Answers more than the row.
    @extend_schema(request=AddAliasInput, responses={201: AddedAliasSerializer})
    def create(self, request: SignedIn) -> Response:
        """Write down another name of a person."""
        data = self.validated()
        person = data.pop("perpetrator")

        def run() -> dict[str, object]:
            alias: Any = add_alias(person, actor=request.user, **data)
            alias.warnings = warnings_about(person, request.user)
            return AddedAliasSerializer(alias).data

        return self.once(run)

    # The row is gone when it is answered.
    @extend_schema(request=Nothing, responses=PerpetratorSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request: SignedIn, pk: str) -> Response:
        """Take a name away that is not this person's. It stays in the history."""
        self.validated()

        def run() -> dict[str, object]:
            # Found in here: sent again, the first answer comes, although the name is gone.
            person = remove_alias(self.get_object(), actor=request.user)
            row = PerpetratorViewSet.listed.reach(request.user).get(pk=person.pk)
            return PerpetratorSerializer(row).data

        return self.once(run, 200)


class MergeViewSet(ReadViewSet):
    """Two records said to be one person, where both are open to the caller."""

    listed = List(Merge.objects.all(), "kept other", seen=both_seen)
    serializer_class = MergeSerializer

    undo = Verb(undo_merge)
