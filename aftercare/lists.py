"""Lists of this app that pages and the API read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aftercare.models import Referral
from casework.lists import OF_CASE, OF_TEAM, TEAM
from core.list_tables import Column, Table
from core.lists import List

REFERRALS = List(
    Referral.objects.select_related("case__jurisdiction", "case__office", "involvement__victim"),
    "case involvement need status",
    OF_TEAM,
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
    counted=lambda count: ngettext("%(count)s referral", "%(count)s referrals", count),
)
