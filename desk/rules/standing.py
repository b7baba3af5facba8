"""What stands open in a case by itself: nobody is asked for it, yet no case ends with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import DateField, Exists, OuterRef, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.codes import JourneyStatus
from aftercare.enums import ReferralStatus
from aftercare.models import CarePlan, Placement, Referral, Repatriation, ServiceRecord
from casework.models import Task, Transfer
from desk.rules.rule import Rule, Urgency
from prosecutions.models import Custody, Prosecution
from victims.enums import Outcome
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

NEVER = Cast(Value(None), DateField())  # the day of what has none
UNDER_WAY = (
    ReferralStatus.DRAFT,
    ReferralStatus.SENT,
    ReferralStatus.ACCEPTED,
    ReferralStatus.IN_PROGRESS,
)


def not_looked_after(_today: date) -> QuerySet[Involvement]:
    """Survivors brought out for whom nothing is recorded: no plan, service or referral done."""
    served = ServiceRecord.objects.filter(involvement=OuterRef("pk"))
    helped = Referral.objects.filter(involvement=OuterRef("pk"), status=ReferralStatus.COMPLETED)
    planned = CarePlan.objects.filter(involvement=OuterRef("pk"))
    brought_out = Involvement.objects.filter(outcome=Outcome.RESCUED)
    return brought_out.filter(~Exists(served), ~Exists(helped), ~Exists(planned))


def placed(_today: date) -> QuerySet[Involvement]:
    """Asked of the survivors: no stay ends by itself."""
    present = Placement.objects.filter(involvement=OuterRef("pk"), until__isnull=True)
    return Involvement.objects.filter(Exists(present))


def _standing(
    code: str,
    words: _StrPromise,
    part: str,
    rows: Callable[[date], object],
    *,
    blocks: bool = True,
    due: object = NEVER,
) -> Rule:
    """Without `blocks` one is only warned of it: it may go on, with nobody asked about it."""
    return Rule(
        code,
        words,
        _("Go there"),
        part,
        Perm.CASE_CLOSE,
        rows,
        due=due,
        ahead=None,
        urgency=Urgency.AT_ONCE if blocks else Urgency.IN_TIME,
        may_wait=not blocks,
    )


PROSECUTION = _standing(
    "open-prosecution",
    _("A proceeding is not decided yet"),
    "#court",
    lambda _today: Prosecution.objects.open(),
)
RULES = (
    PROSECUTION,
    _standing(
        "open-referral",
        _("A referral is not completed or withdrawn"),
        "#care",
        lambda _today: Referral.objects.filter(status__in=UNDER_WAY),
    ),
    _standing(
        "open-care-plan",
        _("A care plan is open"),
        "#care",
        lambda _today: CarePlan.objects.open(),
    ),
    _standing(
        "survivor-not-looked-after",
        _("No help is recorded for a survivor"),
        "#survivors",
        not_looked_after,
    ),
    _standing(
        "open-task", _("A task is open"), "#to-do", lambda _today: Task.objects.open(), due=None
    ),
    _standing(
        "transfer-waiting",
        _("An offer to hand the case over waits for an answer"),
        "#handing-over",
        lambda _today: Transfer.objects.waiting(),
    ),
    _standing(
        "held",
        _("A suspect is in custody"),
        "#suspects",
        lambda _today: Custody.objects.in_force(),
        blocks=False,
    ),
    _standing(
        "placed",
        _("A survivor stays at a place"),
        "#care",
        placed,
        blocks=False,
    ),
    _standing(
        "journey",
        _("A journey is planned or on its way"),
        "#care",
        lambda _today: Repatriation.objects.exclude(status__in=JourneyStatus.OVER),
        blocks=False,
    ),
)
