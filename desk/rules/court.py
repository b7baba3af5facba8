"""Questions about suspects, proceedings and what courts decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from desk.rules.fixed import LAW
from desk.rules.rule import Harm, Rule, Urgency, after, last_day_of
from desk.rules.terms import (
    APPEAL_ASKED_AFTER,
    ASLEEP_ASKED_AFTER,
    COURT_ASKED_AFTER,
    CUSTODY_AHEAD,
    JUDGMENT_WITHIN,
    LIMIT_ASKED_AFTER,
    LISTED_WITHIN,
    REPORT_WITHIN,
    RESULT_WITHIN,
    STAY_ASKED_AFTER,
    TRANSFER_FOLLOWED_WITHIN,
)
from prosecutions.enums import HearingPurpose, NoNextDate
from prosecutions.models import (
    Appeal,
    ChargeDecision,
    Complaint,
    Custody,
    Hearing,
    Prosecution,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, timedelta

    from django.utils.functional import _StrPromise

    from core.access import ScopedQuerySet
    from prosecutions.court_querysets import ComplaintQuerySet, CustodyQuerySet, HearingQuerySet
    from prosecutions.querysets import AppealQuerySet, DecisionQuerySet


def unseen(_today: date) -> CustodyQuerySet:
    """People in custody whom no court has seen, for whom the law says until when it must."""
    return Custody.objects.in_force().unseen().filter(court_by__isnull=False)


def uncharged(_today: date) -> CustodyQuerySet:
    """People in custody without a charge, for whom a last day is known; first a court sees them."""
    rows = Custody.objects.in_force().uncharged().filter(charge_by__isnull=False)
    return rows.filter(Q(court_by__isnull=True) | Q(in_court_on__isnull=False))


def unlimited(_today: date) -> CustodyQuerySet:
    """People in custody without a charge, and nobody knows until when; first a court sees them."""
    rows = Custody.objects.in_force().without_limit()
    return rows.filter(Q(court_by__isnull=True) | Q(in_court_on__isnull=False))


def first_of_each(ends: DecisionQuerySet) -> DecisionQuerySet:
    """Of these decisions the first of each proceeding stands for all of them."""
    # Not by its case as well, which may have hundreds: by its proceeding few are looked at.
    same = ends.filter(judgment__prosecution=OuterRef("judgment__prosecution"))
    first = same.order_by("judgment__decided_on", "pk").values("pk")[:1]
    return ends.filter(pk=Subquery(first))


def asleep(_today: date) -> DecisionQuerySet:
    """Charges that a court archived or stayed, and that nobody took up again."""
    return first_of_each(ChargeDecision.objects.asleep())


def transferred(_today: date) -> ScopedQuerySet:
    """Charges that went to another court, before which nobody is charged since."""
    return first_of_each(ChargeDecision.objects.handed_over())


def without_result(_today: date) -> HearingQuerySet:
    return Hearing.objects.to_come()


def unlisted(_today: date) -> ScopedQuerySet:
    """Open proceedings with nothing to come, with the last hearing and the reason that holds."""
    hearings = Hearing.objects.filter(prosecution=OuterRef("pk"))
    last = hearings.recorded().order_by("-listed_on", "-created_at")
    return (
        Prosecution.objects.open()
        .filter(~Exists(hearings.to_come()))
        .annotate(
            heard_on=Coalesce(Subquery(last.values("listed_on")[:1]), F("filed_on")),
            given=Subquery(last.with_reason().values("reason")[:1]),
        )
    )


def without_reason(today: date) -> ScopedQuerySet:
    """None was given, or none that still holds."""
    return unlisted(today).filter(Q(given__isnull=True) | Q(given=""))


def because(*reasons: str) -> Callable[[date], object]:
    """Those for which one of these reasons was given."""
    return lambda today: unlisted(today).filter(given__in=reasons)


def unreported(_today: date) -> ComplaintQuerySet:
    return Complaint.objects.unreported()


def pending_appeals(_today: date) -> AppealQuerySet:
    return Appeal.objects.pending()


def _waiting(code: str, words: _StrPromise, term: timedelta, *reasons: str) -> Rule:
    """A proceeding with a reason for having no next date that has held for too long."""
    return Rule(
        code,
        words,
        _("List a hearing"),
        "prosecutions:list-hearing",
        Perm.HEARING_LIST,
        because(*reasons),
        due=after("heard_on"),
        term=term,
        urgency=Urgency.THIS_WEEK,
        about=F("docket"),
    )


ASLEEP = Rule(
    "charge-asleep",
    _("Ask whether an archived or stayed charge can be taken up again"),
    _("See the proceeding"),
    "#court",
    Perm.CHARGE_CHANGE,
    asleep,
    due=after("judgment__decided_on"),
    term=ASLEEP_ASKED_AFTER,
    urgency=Urgency.IN_TIME,
    about=F("judgment__prosecution__docket"),
    after_closing=True,  # it can wake
)
RULES = (
    Rule(
        "custody-court",
        _("Make sure the person held comes before a court or is released"),
        _("See suspects"),
        "#suspects",
        Perm.CUSTODY_RECORD,
        unseen,
        due=last_day_of("court_by"),
        ahead=CUSTODY_AHEAD,
        harm=Harm.CUSTODY,
        about=F("suspect__code"),
        may_wait=False,
        fixed=LAW,
    ),
    Rule(
        "custody-limit",
        _("Make sure the charge is filed or the person held is released"),
        _("See suspects"),
        "#suspects",
        Perm.CHARGE_FILE,
        uncharged,
        due=after("charge_by"),
        ahead=CUSTODY_AHEAD,
        harm=Harm.CUSTODY,
        about=F("suspect__code"),
        may_wait=False,
        fixed=LAW,
    ),
    Rule(
        "custody-without-limit",
        _("Find out how long the person may be held"),
        _("Record the limit"),
        "prosecutions:correct-custody",
        Perm.CUSTODY_RECORD,
        unlimited,
        due=after("since"),
        term=LIMIT_ASKED_AFTER,
        urgency=Urgency.AT_ONCE,
        harm=Harm.CUSTODY,
        about=F("suspect__code"),
        fixed=LAW,
    ),
    Rule(
        "hearing-result",
        _("Record what came of a hearing"),
        _("Record"),
        "prosecutions:record-hearing",
        Perm.HEARING_RECORD,
        without_result,
        due=after("listed_on"),
        term=RESULT_WITHIN,
        urgency=Urgency.AT_ONCE,
        about=F("purpose"),
        label=HearingPurpose,
    ),
    Rule(
        "no-next-date",
        _("Ask the court for a date: none is listed"),
        _("List a hearing"),
        "prosecutions:list-hearing",
        Perm.HEARING_LIST,
        without_reason,
        due=after("heard_on"),
        term=LISTED_WITHIN,
        urgency=Urgency.AT_ONCE,
        about=F("docket"),
    ),
    _waiting(
        "judgment-reserved",
        _("Ask for the judgment: reserved for too long"),
        JUDGMENT_WITHIN,
        NoNextDate.RESERVED,
    ),
    _waiting(
        "proceeding-stayed",
        _("Ask whether the stay still holds"),
        STAY_ASKED_AFTER,
        NoNextDate.STAYED,
    ),
    _waiting(
        "court-silent",
        _("Ask the court what happens next"),
        COURT_ASKED_AFTER,
        NoNextDate.TO_BE_TOLD,
        NoNextDate.RECORD_AWAY,
        NoNextDate.JUDGE_LEFT,
        NoNextDate.OTHER,
    ),
    Rule(
        "charge-transferred",
        _("Find out which court has a transferred charge"),
        _("See the proceeding"),
        "#court",
        Perm.PROSECUTION_OPEN,
        transferred,
        due=after("judgment__decided_on"),
        term=TRANSFER_FOLLOWED_WITHIN,
        urgency=Urgency.THIS_WEEK,
        about=F("judgment__prosecution__docket"),
        after_closing=True,
    ),
    Rule(
        "complaint-without-report",
        _("Ask the police what came of a complaint"),
        _("Record the answer"),
        "prosecutions:record-police-report",
        Perm.COMPLAINT_RECORD,
        unreported,
        due=after("open_since"),
        term=REPORT_WITHIN,
        urgency=Urgency.THIS_WEEK,
        about=F("number"),
    ),
    Rule(
        "appeal-pending",
        _("Ask the court of appeal for a date"),
        _("Record its judgment"),
        "prosecutions:judge-appeal",
        Perm.JUDGMENT_RECORD,
        pending_appeals,
        due=after("filed_on"),
        term=APPEAL_ASKED_AFTER,
        urgency=Urgency.IN_TIME,
        after_closing=True,
    ),
    ASLEEP,
)
