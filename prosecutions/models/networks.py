"""Networks: who works together over several cases and countries, and the ways people were taken."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows, GroupRows, Scoped, ScopedQuerySet
from core.history import tracked
from core.models import Record
from prosecutions.enums import Leg, NetworkRole, NetworkStatus
from prosecutions.models.people import Suspect
from victims.models import ALPHABET

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def new_code() -> str:
    """A code that says nothing, as that of a survivor."""
    return "N-" + "".join(secrets.choice(ALPHABET) for _ in range(6))


@tracked
class Network(Record, Scoped):
    """People who work together, under a code. Seen by whoever sees one of its members."""

    code = models.CharField(max_length=10, unique=True, default=new_code)
    identified_on = models.DateField(
        _("Identified on"),
        help_text=_("The day it was first known that these people work together."),
    )
    status = models.CharField(max_length=10, choices=NetworkStatus, default=NetworkStatus.ACTIVE)

    access = GroupRows(
        CONTENT, Perm.SUSPECT_VIEW, through="prosecutions.NetworkMember", key="network"
    )
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-identified_on", "-id"], name="prosecutions_network_list")]

    def __str__(self) -> str:
        return self.code


@tracked
class NetworkMember(CaseRecord):
    """A suspect of a case as a member of a network, known since a day."""

    network = models.ForeignKey(
        Network,
        on_delete=models.PROTECT,
        related_name="members",
        verbose_name=_("Network"),
        help_text=_("Its code, such as N-7K2QXA."),
    )
    suspect = models.ForeignKey(
        Suspect, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("Suspect")
    )
    role = models.CharField(
        _("What they do in the network"),
        max_length=12,
        choices=NetworkRole,
        default=NetworkRole.OTHER,
    )
    known_on = models.DateField(_("Known as a member since"))
    left_on = models.DateField(
        _("No member since"),
        null=True,
        blank=True,
        help_text=_("Only if it was found that this person does not belong to the network."),
    )  # found to be no member

    deletable = True
    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    part, shown_with = "borders", (*ITS_CASE, "network", "suspect__perpetrator")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "suspect"], name="prosecutions_networkmember_once"
            ),
            models.CheckConstraint(
                name="prosecutions_networkmember_known_role",
                condition=Q(role__in=NetworkRole.values),
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [
            (_("Network"), self.network.code),
            (_("Suspect"), self.suspect.code),
            (_("Known as a member since"), date_format(self.known_on, "j M Y")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("prosecutions:network", args=[self.network_id])


@tracked
class Corridor(CaseRecord):
    """One way people of a case were taken: its legs in order."""

    network = models.ForeignKey(
        Network,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corridors",
        verbose_name=_("Network, if this is its route"),
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    part, shown_with = "borders", (*ITS_CASE, "network")

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        legs = self.legs.select_related("jurisdiction").order_by("position")
        return [(leg.get_kind_display(), str(leg.jurisdiction)) for leg in legs]


@tracked
class CorridorLeg(CaseRecord):
    """A leg of a corridor: recruitment, transit, exploitation, identified, brought home."""

    corridor = models.ForeignKey(Corridor, on_delete=models.PROTECT, related_name="legs")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("What happened there"), max_length=12, choices=Leg)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+", verbose_name=_("Place")
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    part, shown_with = "borders", (*ITS_CASE, "jurisdiction")

    class Meta:
        ordering = ("corridor", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["corridor", "position"], name="prosecutions_corridorleg_order"
            ),
            models.CheckConstraint(
                name="prosecutions_corridorleg_known", condition=Q(kind__in=Leg.values)
            ),
        ]
