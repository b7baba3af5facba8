"""What happens in court, and what is asked of others for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from desk.timeline import words
from desk.timeline.facts import AT, facts, place
from desk.timeline.kinds import Kind
from desk.timeline.stream import Source
from desk.timeline.words import labelled
from prosecutions import models as justice
from prosecutions.enums import Lifted, Plea, PoliceReportKind, RequestAnswer

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case


def ends(case: Case, user: User) -> ArraySubquery:
    decisions = case.rows(justice.ChargeDecision, user).exclude(lifted_for=Lifted.ERROR)
    decisions = decisions.filter(judgment=OuterRef("pk"))
    return ArraySubquery(decisions.values("disposition"))


def lifted(_case: Case, _user: User) -> Any:
    """Whether a sentence is in force no more."""
    return ~Exists(justice.Sentence.objects.in_force().filter(pk=OuterRef("pk")))


court = partial(Source, kind=Kind.COURT, icon="gavel", link="court")
asked = partial(court, icon="send", link="requests")
charge = partial(court, person="suspect")

LAW = facts(statute="provision__statute", provision="provision__number")
REVIVED = Q(lifted_for=Lifted.REVIVED)
ITS_LAW = facts(statute="charge__provision__statute", provision="charge__provision__number")
NEW_LAW = facts(statute="final_provision__statute", provision="final_provision__number")
FILED = facts("docket", court="court__name") | place()
HEARD = facts(court="prosecution__court__name") | place("prosecution__jurisdiction")
LISTED = facts("purpose", "result", "adjourned_for") | HEARD
STAGE = facts("stage", filed_on="prosecution__filed_on") | HEARD
REPORTED = facts("kind", complaint="complaint__number")
PAID = facts("amount", currency="sentence__currency")
TERM = facts("life", "months", "suspended", lifted=lifted)
PLEA = labelled(_("Plea"), Plea, "plea")
POLICE = labelled(_("Police"), PoliceReportKind, "kind")
ANSWER = labelled(_("Answer to a request"), RequestAnswer, "answer")

# name, model, day, words, facts
SOURCES = (
    court("complaint", justice.Complaint, "filed_on", words.complaint, facts("number") | AT),
    court("police-report", justice.PoliceReport, "reported_on", POLICE, REPORTED),
    court("prosecution", justice.Prosecution, "filed_on", words.prosecution, FILED),
    court("stage", justice.StageReached, "reached_on", words.stage, STAGE),
    court("hearing", justice.Hearing, "listed_on", words.hearing, LISTED, hour="listed_at"),
    charge("charge", justice.Charge, "filed_on", _("Charge filed"), LAW),
    charge("framed", justice.Charge, "framed_on", _("Charge framed"), LAW),
    charge("plea", justice.Charge, "pleaded_on", PLEA, facts("plea") | LAW),
    charge("amended", justice.Charge, "amended_on", _("Charge amended"), NEW_LAW),
    court(
        "judgment",
        justice.Judgment,
        "decided_on",
        words.judgment,
        facts("instance", ends=ends) | HEARD,
    ),
    charge(
        "revived",
        justice.ChargeDecision,
        "lifted_on",
        _("Charge taken up again"),
        ITS_LAW,
        where=REVIVED,
        person="charge__suspect",
    ),
    charge("sentence", justice.Sentence, "judgment__decided_on", words.sentence, TERM),
    court("appeal", justice.Appeal, "filed_on", _("Appeal filed")),
    court("appeal-withdrawn", justice.Appeal, "withdrawn_on", _("Appeal withdrawn")),
    court("payment", justice.CompensationPayment, "paid_on", words.payment, PAID),
    asked(
        "request",
        justice.AssistanceRequest,
        "asked_on",
        words.request,
        facts("kind", "direction") | AT,
    ),
    asked("answer", justice.AssistanceRequest, "answered_on", ANSWER, facts("answer") | AT),
)
