from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from core.api.verbs import Verb
from core.lists.declared import List
from prosecutions.api.charge_serializers import (
    ChargeSerializer,
    FileChargeInput,
    survivors_seen_by,
)
from prosecutions.columns import ChargeColumns
from prosecutions.corrections.api import Correctable, Strikable, corrects
from prosecutions.models import Charge
from prosecutions.services.charges import amend_charge, file_charge, name_survivors, record_plea

if TYPE_CHECKING:
    from accounts.models import User
    from core.access import ScopedQuerySet


def with_survivors_seen(rows: ScopedQuerySet, reader: User) -> ScopedQuerySet:
    named = Prefetch("victims", survivors_seen_by(reader), to_attr="named")
    return rows.visible_to(reader).prefetch_related(named)


class ChargeViewSet(Correctable, Strikable):
    """Charges, each against one suspect under one provision."""

    listed = List(
        Charge.objects.select_related(
            "case__jurisdiction", "case__office", "prosecution__jurisdiction"
        ),
        "case prosecution suspect plea",
        orders={"newest": "-filed_on"},
        seen=with_survivors_seen,
    )
    serializer_class = ChargeSerializer

    create = Verb(file_charge, body=FileChargeInput)
    partial_update = corrects(ChargeColumns, "CorrectChargeInput")
    plead = Verb(record_plea, body="PleaInput")
    amend = Verb(amend_charge)
    name_survivors = Verb(name_survivors)
