"""How long records are kept, what is held back, what has had its time, and what is left of it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.models import Case, Document, Note
from core.api.serializers import VisibleRow, VisibleRows
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists.declared import List
from places.models import Jurisdiction
from retention.api.serializers import (
    BundleSerializer,
    ErasureSerializer,
    LegalHoldSerializer,
    MakeBundleInput,
    PolicySerializer,
    TombstoneSerializer,
)
from retention.models import Erasure, LegalHold, Policy, Tombstone
from retention.services.bundles import make_bundle
from retention.services.erasures import confirm_erasure, keep_case, propose_erasure, undo_erasure
from retention.services.holds import (
    ask_hold,
    ask_lifting,
    confirm_hold,
    keep_hold,
    lift_hold,
    refuse_hold,
)
from retention.services.policies import confirm_policy, propose_policy, refuse_policy
from victims.models import Involvement


class PolicyViewSet(ReadViewSet):
    """How long cases are kept, by country: in force, waiting, refused, and of before."""

    listed = List(
        Policy.objects.select_related("country", "proposed_by", "decided_by"),
        "country kind",
        recorded=False,  # law and years: nobody is in them
    )
    serializer_class = PolicySerializer

    create = Verb(
        propose_policy,
        on={
            "country": VisibleRow(
                Jurisdiction.objects.all(), by="code", required=False, allow_null=True
            )
        },
    )
    confirm = Verb(confirm_policy)
    refuse = Verb(refuse_policy)


class LegalHoldViewSet(ReadViewSet):
    """What must not be erased: a case, or a person in every case."""

    listed = List(
        LegalHold.objects.select_related(
            "case__jurisdiction", "asked_by", "decided_by", "lifting_by", "lifted_by"
        ),
        "case status",
    )
    serializer_class = LegalHoldSerializer

    create = Verb(
        ask_hold,
        on={
            "case": VisibleRow(Case.objects.all()),
            "involvement": VisibleRow(
                Involvement.objects.select_related("victim"), required=False, allow_null=True
            ),
        },
    )
    confirm = Verb(confirm_hold)
    refuse = Verb(refuse_hold)
    ask_lifting = Verb(ask_lifting)
    lift = Verb(lift_hold)
    keep = Verb(keep_hold)


class ErasureViewSet(ReadViewSet):
    """Cases and parts of the history or of figures that have had their time, and survivors who are
    to be erased: to propose, to confirm, to take back, to keep longer."""

    listed = List(
        Erasure.objects.select_related("country", "first_by", "second_by", "kept_by"),
        "status country",
        orders={"due": "due_on"},
    )
    serializer_class = ErasureSerializer

    create = Verb(
        propose_erasure,
        on={
            "involvement": VisibleRow(Involvement.objects.select_related("case", "victim")),
            "documents": VisibleRows(Document.objects.all(), required=False),
            "notes": VisibleRows(Note.objects.all(), required=False),
        },
    )
    confirm = Verb(confirm_erasure)
    undo = Verb(undo_erasure)
    keep = Verb(keep_case)


class AccessBundleViewSet(ServiceViewSet):
    """What we hold of a survivor, to hand to the survivor."""

    queryset = Involvement.objects.all()
    serializer_class = BundleSerializer
    services = {"create": make_bundle}
    inputs = {"create": MakeBundleInput}
    asking = frozenset({"create"})
    takes_many = False

    # Answers what is kept nowhere, so no key is honoured.
    @extend_schema(request=MakeBundleInput, responses={200: BundleSerializer})
    def create(self, request: Any) -> Response:
        """Make a file of all we hold about a survivor and who saw it, without other people. It is
        recorded."""
        bundle = make_bundle(actor=request.user, **self.validated())
        return Response(BundleSerializer(bundle).data)


class TombstoneViewSet(ReadViewSet):
    """What is left of what was erased: a random number, the day, the law."""

    listed = List(
        Tombstone.objects.select_related("country"),
        "country",
        orders={"newest": "-erased_on"},
        changed="erased_on",
        recorded=False,
    )
    serializer_class = TombstoneSerializer
