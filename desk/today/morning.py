"""Each morning everyone whom something needs is told so: once, in words that say nothing.

One job asks for a job for each person; each of those asks the rules as that person. What a job
tells commits together with its `done`, so a worker killed at any moment tells nobody twice.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from accounts.models import Notice, User
from accounts.notices import tell
from core import jobs
from core.days import clock
from core.jobs import Run, job
from core.models import Job
from desk.rules import RULES, Urgency
from desk.to_do.tasks import rules_for, tasks_to_do, to_do

MORNING, OF_ONE = "morning", "morning-of"


@job(MORNING)
def morning(_run: Run) -> dict[str, int]:
    """Ask for the morning of everyone whom a rule may ask or who may be given a task."""
    day = clock.today().isoformat()
    mornings = Job.objects.filter(kind=OF_ONE, requested_by=OuterRef("pk"), parameters__day=day)
    people = User.objects.none()
    for permission in sorted({rule.permission for rule in RULES}):
        people |= User.objects.holding(permission)
    waiting = list(people.filter(~Exists(mornings)).order_by("pk"))
    for person in waiting:
        jobs.request(OF_ONE, actor=person, day=day)
    return {"people": len(waiting)}


@job(OF_ONE)
def morning_of(run: Run) -> dict[str, int]:
    """Tell one person, if anything is to be done at once; of the cases they see, as they are."""
    user = User.objects.select_for_update().get(pk=run.job.requested_by_id)
    notices = Notice.objects.filter(user=user, kind=MORNING)
    if notices.filter(created_at__date=clock.today()).exists():
        return {"things": 0}
    things = at_once(user)
    if things:
        notices.filter(seen_at__isnull=True).update(seen_at=Now(), updated_at=Now())
        tell([user], MORNING, target=user)
    return {"things": things}


def at_once(user: User) -> int:
    """How many things this person should do today, of each rule the first hundred."""
    tasks = to_do(user, rules=rules_for(user), mine=True, own=tasks_to_do).first_of_each(1)
    return sum(task.total for task in tasks if task.urgency == Urgency.AT_ONCE)
