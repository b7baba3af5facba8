"""Compensation by survivor: what of a sentence is ordered to whom.

A court orders one sum, or a sum to each. What is said to nobody by name stays so: the shares are at
most what is ordered in all.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from prosecutions.enums import Disposition
from prosecutions.models import (
    ChargeDecision,
    CompensationShare,
    Judgment,
    Prosecution,
    Sentence,
)
from prosecutions.services.compensation import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from prosecutions.models import Charge
    from prosecutions.sentencing import SentenceQuerySet
    from victims.models import Involvement


class Share(NamedTuple):
    """What is ordered to one survivor."""

    survivor: Involvement
    amount: Decimal


def void_sentences(charge: Charge) -> SentenceQuerySet:
    """Sentences that rested on this charge alone, by judgments that were entered in error."""
    others = ChargeDecision.objects.filter(
        judgment=OuterRef("judgment"),
        charge__suspect=OuterRef("suspect"),
        disposition__in=Disposition.CONVICTED,
    ).exclude(charge=charge)
    rows: SentenceQuerySet = Sentence.objects.filter(suspect=charge.suspect_id)
    return rows.filter(~Exists(others), judgment__in=charge.decisions.values("judgment"))


def in_all(shares: Sequence[Share]) -> Decimal:
    return sum((share.amount for share in shares), Decimal(0))


def sum_of(shares: Sequence[Share], total: Decimal | None) -> Decimal | None:
    """What is ordered in all: as it was said, else what is for somebody by name."""
    return in_all(shares) if shares and total is None else total


def check_shares(sentence: Sentence, shares: Sequence[Share]) -> None:
    """Survivors of the case, each once, and together at most what is ordered."""
    people = {share.survivor.pk for share in shares}
    if len(people) != len(shares):
        raise Refused(_("Name each survivor once."), "shares")
    if any(share.survivor.case_id != sentence.case_id for share in shares):
        raise Refused(_("This belongs to another case."), "shares")
    if any(share.amount <= 0 for share in shares):
        raise Refused(_("Enter an amount above zero."), "shares")
    if sentence.currency in WHOLE and any(share.amount != int(share.amount) for share in shares):
        words = _("Amounts in %(unit)s have no decimals.") % {"unit": sentence.currency}
        raise Refused(words, "shares")
    check_sum(sentence, in_all(shares))


def check_sum(sentence: Sentence, shared: Decimal) -> None:
    """Nobody is ordered more than there is."""
    ordered = sentence.compensation or Decimal(0)
    if shared > ordered:
        words = _("%(shared)s is divided among survivors, but only %(ordered)s was ordered in all.")
        figures = {"shared": f"{shared:,.2f}", "ordered": f"{ordered:,.2f}"}
        raise Refused(words % figures, "compensation")


def _check_paid(sentence: Sentence) -> None:
    """Nobody was paid more by name than is ordered for them."""
    ordered = dict(sentence.shares.values_list("involvement", "amount"))
    paid = sentence.payments.filter(involvement__in=ordered).values_list("involvement")
    for person, amount in paid.annotate(sum=Sum("amount")):
        if amount > ordered[person]:
            raise Refused(_("A survivor was paid more. Correct the payments first."), "shares")


def check_shared(sentence: Sentence) -> None:
    """The same of a sentence that is put right."""
    shared = sentence.shares.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    check_sum(sentence, shared)


def write_shares(sentence: Sentence, shares: Sequence[Share]) -> None:
    """Instead of what was written before; what stays is not touched."""
    check_shares(sentence, shares)
    wanted = {share.survivor.pk: share for share in shares}
    for row in sentence.shares.all():
        share = wanted.get(row.involvement_id)
        if share is None or share.amount != row.amount:
            row.delete()
        else:
            del wanted[row.involvement_id]
    CompensationShare.objects.bulk_create(
        CompensationShare(
            case=sentence.case,
            sentence=sentence,
            involvement=share.survivor,
            amount=share.amount,
        )
        for share in wanted.values()
    )
    _check_paid(sentence)


@service(Perm.SENTENCE_RECORD, label=gettext_lazy("Compensation by survivor"))
def share_compensation(
    sentence: Sentence, *, version: int, shares: Sequence[Share], actor: User
) -> Sentence:
    """Say how much of the compensation the court ordered for which survivor; leave out sums
    that are not for a named survivor. This replaces earlier entries. Raises `Stale`."""
    require_content(sentence.case, actor)
    of = Judgment.objects.filter(pk=sentence.judgment_id).values("prosecution")
    Prosecution.objects.select_for_update().get(pk__in=of)  # no two at once
    shared = amend(sentence, version)
    write_shares(shared, shares)
    audit.record("sentence.shared", shared, actor=actor, survivors=len(shares))
    return shared
