"""Lists of this app that pages and the API read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from aftercare.enums import Need
from aftercare.models import Provider, Referral
from aftercare.provider_search import offering, open_to, taking, with_bed_tonight
from casework.lists import OF_CASE, OF_TEAM, TEAM, WITHIN, answered
from core.lists.declared import List
from core.lists.filters import either, number, one_of
from core.lists.tables import Column, Table
from victims.enums import OLDEST_MONTHS, Sex

REFERRALS = List(
    Referral.objects.select_related("case__jurisdiction", "case__office", "involvement__victim"),
    "case involvement need status",
    OF_TEAM | {"answer": answered("referral")},
)
REFERRAL_TABLE = Table(
    REFERRALS,
    Column("need", _("What is needed")),
    Column("survivor", _("Survivor")),
    OF_CASE,
    Column("status", _("Status")),
    Column("provider", _("Provider")),
    Column("urgency", _("How soon")),
    Column("answer", _("Answer due")),
    TEAM,
    Column("changed", _("Last changed")),
    Column("added", _("Added"), order="newest"),
    name="referrals",
    filled_by=(Perm.REFERRAL_SEND, Perm.RESCUE_LOG),
    counted=lambda count: ngettext("%(count)s referral", "%(count)s referrals", count),
)
PROVIDERS = List(
    Provider.objects.select_related("jurisdiction"),
    {
        "jurisdiction": WITHIN,
        "active": either({"is_active": True}, {"is_active": False}),
        "services": one_of(Need, offering),
        "sexes": one_of(Sex, open_to),
        "age_months": number(OLDEST_MONTHS, taking),
        "free": one_of(Sex, with_bed_tonight),
    },
    orders={"name": "name", "newest": "-created_at"},
)
PROVIDER_TABLE = Table(
    PROVIDERS,
    Column("name", _("Provider"), order="name"),
    Column("services", _("Offers")),
    Column("takes", _("Takes")),
    Column("free", _("Free tonight")),
    Column("sharing", _("Sharing")),
    Column("added", _("Added"), order="newest"),
    name="providers",
    filled_by=(Perm.PROVIDER_MANAGE,),
    counted=lambda count: ngettext("%(count)s provider", "%(count)s providers", count),
)
