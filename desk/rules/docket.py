"""What the docket asks of every proceeding and complaint, kept as the answers of rules are.

No task follows from them: `prosecutions/docket/kept_answers.py` says what an answer means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, Value, When
from django.db.models.functions import Coalesce, Concat

from accounts.permissions import Perm
from desk.rules.rule import Rule
from prosecutions.docket import kept_answers
from prosecutions.docket.open_rows import children, left_behind, on_docket
from prosecutions.models import Complaint, Hearing, Participation, Prosecution

if TYPE_CHECKING:
    from datetime import date

    from prosecutions.court_querysets import ComplaintQuerySet
    from prosecutions.querysets import ProsecutionQuerySet


def opened(_today: date) -> ProsecutionQuerySet:
    return _with_child(on_docket(Prosecution.objects.all(), Hearing.objects.all()).with_stage())


def left(_today: date) -> ProsecutionQuerySet:
    return _with_child(left_behind(Prosecution.objects.all()).with_stage())


def silent(_today: date) -> ComplaintQuerySet:
    return Complaint.objects.unreported()


def _with_child(rows: ProsecutionQuerySet) -> ProsecutionQuerySet:
    return rows.annotate(child=Exists(children(Participation.objects.all())))


def _about(why: Any) -> Concat:
    of_a_child = Case(When(child=True, then=Value(kept_answers.CHILD)))
    stage, reason, child = (Coalesce(part, Value("")) for part in ("stage", why, of_a_child))
    return Concat(stage, Value(" "), reason, Value(" "), child)


NO_TASK = ("", "", "", Perm.PROSECUTION_VIEW)
RULES = (
    Rule(
        kept_answers.OPEN,
        *NO_TASK,
        opened,
        due=Coalesce("due", "filed_on"),
        harm=Case(When(due__isnull=True, then=kept_answers.UNLISTED), default=kept_answers.LISTED),
        ahead=None,
        of="sentence_of",
        about=_about("reason"),
        after_closing=True,
    ),
    Rule(
        kept_answers.LEFT,
        *NO_TASK,
        left,
        due=Coalesce("asleep_since", "handed_over_since"),
        ahead=None,
        about=_about(Coalesce("asleep_as", "handed_over_as")),
        after_closing=True,
    ),
    Rule(kept_answers.SILENT, *NO_TASK, silent, due=F("open_since"), ahead=None),
)
