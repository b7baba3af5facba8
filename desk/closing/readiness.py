"""What must be settled before a case is closed, or left to aftercare alone: one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext, ngettext
from django.utils.translation import ngettext_lazy as _n

from aftercare.enums import ReferralStatus
from aftercare.models import CarePlan, Referral, ServiceRecord
from casework.models import Task, Transfer
from prosecutions.models import Prosecution
from victims.enums import Outcome
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casework.models import Case

CLOSE, REOPEN, ONLY_AFTERCARE = "close", "reopen", "only_aftercare"
UNDER_WAY = (
    ReferralStatus.DRAFT,
    ReferralStatus.SENT,
    ReferralStatus.ACCEPTED,
    ReferralStatus.IN_PROGRESS,
)


@dataclass(frozen=True)
class Need:
    """One thing that must be settled: which rows are not, in words, and where that is done."""

    code: str
    words: Any  # with %(n)s
    part: str  # of the case page
    rows: Callable[[], Any]
    steps: frozenset[str] = frozenset({CLOSE})


@dataclass(frozen=True)
class Unmet:
    code: str
    words: str
    url: str


def not_looked_after() -> Any:
    """Survivors brought out for whom nothing is recorded: no plan, service or referral done."""
    served = ServiceRecord.objects.filter(involvement=OuterRef("pk"))
    helped = Referral.objects.filter(involvement=OuterRef("pk"), status=ReferralStatus.COMPLETED)
    planned = CarePlan.objects.filter(involvement=OuterRef("pk"))
    brought_out = Involvement.objects.filter(outcome=Outcome.RESCUED)
    return brought_out.filter(~Exists(served), ~Exists(helped), ~Exists(planned))


NEEDS = (
    Need(
        "open-prosecution",
        _n("%(n)s proceeding is not decided yet.", "%(n)s proceedings are not decided yet.", "n"),
        "court",
        Prosecution.objects.open,
        frozenset({CLOSE, ONLY_AFTERCARE}),
    ),
    Need(
        "open-referral",
        _n(
            "%(n)s referral is not completed or withdrawn.",
            "%(n)s referrals are not completed or withdrawn.",
            "n",
        ),
        "care",
        lambda: Referral.objects.filter(status__in=UNDER_WAY),
    ),
    Need(
        "open-care-plan",
        _n("%(n)s care plan is open.", "%(n)s care plans are open.", "n"),
        "care",
        CarePlan.objects.open,
    ),
    Need(
        "survivor-not-looked-after",
        _n(
            "For %(n)s survivor no help is recorded.",
            "For %(n)s survivors no help is recorded.",
            "n",
        ),
        "survivors",
        not_looked_after,
    ),
    Need(
        "open-task",
        _n("%(n)s task is open.", "%(n)s tasks are open.", "n"),
        "to-do",
        Task.objects.open,
    ),
    Need(
        "transfer-waiting",
        _n(
            "%(n)s offer to hand the case over waits for an answer.",
            "%(n)s offers to hand the case over wait for an answer.",
            "n",
        ),
        "handing-over",
        Transfer.objects.waiting,
    ),
)


def unmet(case: Case, actor: Any, step: str = CLOSE) -> list[Unmet]:
    """What is not settled yet: one statement for each line of the table."""
    found = []
    for need in NEEDS:
        if step not in need.steps:
            continue
        number = need.rows().visible_to(actor).filter(case=case).count()
        if number:
            url = f"{case.get_absolute_url()}#{need.part}"
            found.append(Unmet(need.code, need.words % {"n": number}, url))
    return found


def in_words(needs: Iterable[Unmet]) -> str:
    """As a refusal says it."""
    said = list(needs)
    first = ngettext("This is not settled yet:", "These are not settled yet:", len(said))
    return " ".join([first, *(need.words for need in said), gettext("Do this first.")])
