"""What was asked of others, and by others of us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows
from core.history import tracked
from prosecutions.court_querysets import RequestQuerySet
from prosecutions.enums import Direction, RequestAnswer, RequestKind
from prosecutions.models.proceedings import Prosecution

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class AssistanceRequest(CaseRecord):
    """What was asked of police, a laboratory, a court or others, here or abroad, and the answer.

    Abroad is where `jurisdiction` lies in another country than the case. Unanswered, or
    answered in part, a request of ours stands in the docket under “waiting on others”.
    """

    direction = models.CharField(
        _("Who asked"), max_length=4, choices=Direction, default=Direction.TO
    )
    kind = models.CharField(_("What for"), max_length=12, choices=RequestKind)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Where the others are"),
        help_text=_("A country other than that of the case makes it a request abroad."),
    )
    agency = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Police unit, laboratory, court or other office"),
    )
    prosecution = models.ForeignKey(
        Prosecution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("Proceeding"),
    )
    # The step of the investigation that it takes, and the abuse online that it is about.
    step = models.ForeignKey(
        "casework.InvestigationStep",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("Step of the investigation"),
    )
    incident = models.ForeignKey(
        "casework.OnlineIncident",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("Abuse online"),
    )
    asked_on = models.DateField(_("Asked on"))
    reminders = models.PositiveSmallIntegerField(_("How often reminded"), default=0)
    reminded_on = models.DateField(_("Day of the reminder"), null=True, blank=True)
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)
    answer = models.CharField(_("The answer"), max_length=10, choices=RequestAnswer, blank=True)

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    part, shown_with = "requests", (*ITS_CASE, "jurisdiction", "agency")
    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_request_answer_has_its_day",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__gte=F("asked_on"))),
            ),
            models.CheckConstraint(
                name="prosecutions_request_reminders_have_their_day",
                condition=Q(reminders=0, reminded_on__isnull=True)
                | Q(reminders__gt=0, reminded_on__gte=F("asked_on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_on"], name="prosecutions_request_waiting", condition=Q(answer="")
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        where = [self.agency.name] if self.agency else []
        return [
            (self.get_direction_display(), self.get_kind_display()),
            (_("Where"), ", ".join([*where, str(self.jurisdiction)])),
            (_("Asked on"), date_format(self.asked_on, "j M Y")),
        ]
