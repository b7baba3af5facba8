from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from core.api.filters import choice, code, identifier
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
from prosecutions.api.charge_serializers import (
    ChargeSerializer,
    FileChargeInput,
    ProvisionSerializer,
    survivors_seen_by,
)
from prosecutions.api.corrections import Correctable, corrects
from prosecutions.api.striking import Strikable
from prosecutions.columns import ChargeColumns
from prosecutions.enums import Plea
from prosecutions.models import Charge, Provision
from prosecutions.services.charges import amend_charge, file_charge, name_survivors, record_plea

if TYPE_CHECKING:
    from core.access import ScopedQuerySet


class ProvisionViewSet(ReadViewSet):
    """Statutes as data. `verified` false: from memory, to be checked before use."""

    queryset = Provision.objects.select_related("jurisdiction")
    serializer_class = ProvisionSerializer
    sorts = {"statute": Sort(("statute", "number", "id"))}
    filters = {"jurisdiction": code("jurisdiction__code"), "statute": code("statute")}
    records_reads = False


class ChargeViewSet(Correctable, Strikable):
    """Charges, each against one suspect under one provision."""

    queryset = Charge.objects.select_related(
        "case__jurisdiction", "case__office", "prosecution__jurisdiction"
    )
    serializer_class = ChargeSerializer
    sorts = {"newest": Sort(("filed_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "prosecution": identifier("prosecution"),
        "suspect": identifier("suspect"),
        "plea": choice("plea", Plea),
    }

    def get_queryset(self) -> ScopedQuerySet:
        named = Prefetch("victims", survivors_seen_by(self.request.user), to_attr="named")
        return super().get_queryset().prefetch_related(named)

    create = Verb(file_charge, body=FileChargeInput)
    partial_update = corrects(ChargeColumns, "CorrectChargeInput")
    plead = Verb(
        record_plea,
        body="PleaInput",
    )
    amend = Verb(amend_charge)
    name_survivors = Verb(name_survivors)
