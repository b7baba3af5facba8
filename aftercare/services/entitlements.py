"""What a scheme owes to whom: decided by the certificate's day and the category."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext, gettext_lazy

from accounts.permissions import Perm
from aftercare.codes import Category, CertificateStatus, Tranche
from aftercare.columns import CategoryOwed
from aftercare.models import Entitlement, ReleaseCertificate, SchemeRate
from aftercare.schemes import scheme_on
from casework.services.cases import require_content
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from victims.ages import of_age_on
from victims.enums import Sex
from victims.models import Involvement
from victims.persons import of_person

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from aftercare.models import RehabilitationPayment


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Say what is owed"))
def set_entitlement(
    certificate: ReleaseCertificate,
    *,
    category: CategoryOwed,
    extreme_reason: Annotated[str, Column(blank=True)] = "",
    deposit: Decimal | None = None,
    actor: User,
) -> Entitlement:
    """Record what is owed by category, under the scheme of the certificate’s day."""
    require_content(certificate.case, actor)
    certificate = ReleaseCertificate.objects.select_for_update().get(pk=certificate.pk)
    if Entitlement.objects.filter(certificate=certificate).exists():
        raise Refused(_("An entitlement is already on record. Change that one."))
    owed = _decide(certificate, category, extreme_reason, deposit)
    entitlement = Entitlement.objects.create(
        case=certificate.case,
        certificate=certificate,
        involvement=certificate.involvement,
        **owed,
    )
    audit.record("entitlement.set", entitlement, actor=actor, category=category)
    return entitlement


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Correct what is owed"))
def change_entitlement(
    entitlement: Entitlement,
    *,
    version: int,
    category: CategoryOwed,
    extreme_reason: Annotated[str, Column(blank=True)] = "",
    deposit: Decimal | None = None,
    actor: User,
) -> Entitlement:
    """Correct the category or the deposit; never below what was paid. Raises `Stale`."""
    require_content(entitlement.case, actor)
    entitlement = Entitlement.objects.select_for_update().get(pk=entitlement.pk)
    owed = _decide(entitlement.certificate, category, extreme_reason, deposit)
    check_paid(entitlement, owed["total"], owed["deposit"], field="deposit")
    changed = amend(entitlement, version, **owed)
    audit.record("entitlement.changed", changed, actor=actor, category=category)
    return changed


def _decide(
    certificate: ReleaseCertificate, category: str, reason: str, deposit: Decimal | None
) -> dict[str, Any]:
    if certificate.status != CertificateStatus.ISSUED or certificate.answered_on is None:
        raise Refused(_("An entitlement needs an issued release certificate."))
    scheme = scheme_on(certificate.jurisdiction, certificate.answered_on)
    if scheme is None:
        raise Refused(_("No rehabilitation scheme of this country is on record for that day."))
    rate = SchemeRate.objects.filter(scheme=scheme, category=category).first()
    if rate is None:
        known = ", ".join(row.get_category_display() for row in scheme.rates.all())
        raise Refused(
            _("The scheme of the certificate’s day knows these categories: %(known)s.")
            % {"known": known}
        )
    _check_reason(category, reason)
    check_category(category, certificate.involvement, certificate.answered_on)
    least = rate.deposit
    chosen = least if deposit is None else deposit
    if not least <= chosen <= rate.total:
        raise Refused(
            _("The deposit is between %(least)s and %(total)s.")
            % {"least": f"{least:,.2f}", "total": f"{rate.total:,.2f}"}
        )
    return {"rate": rate, "extreme_reason": reason, "total": rate.total, "deposit": chosen}


def _check_reason(category: str, reason: str) -> None:
    if category == Category.EXTREME and not reason:
        raise Refused(_("Say why this is extreme deprivation."), "extreme_reason")
    if category != Category.EXTREME and reason:
        raise Refused(_("Give a reason only for extreme deprivation."), "extreme_reason")


def check_category(category: str, person: Involvement, day: date) -> None:
    """Refuse a category that the records of the person contradict on this day.

    Whoever may be a child is owed what a child is owed.
    """
    if category not in {Category.ADULT_MAN, Category.WOMAN_OR_CHILD}:
        return
    of_record = Involvement.objects.filter(pk=person.pk)
    sex = of_record.values_list(of_person("sex"), flat=True).get()
    of_age = of_age_on(person, day)
    if category == Category.WOMAN_OR_CHILD:
        if sex == Sex.MALE and of_age:
            words = _("This person is recorded as a man. Correct that first.")
            raise Refused(words, "category")
    elif sex == Sex.FEMALE:
        words = _("This person is recorded as a woman or girl. Correct that first.")
        raise Refused(words, "category")
    elif of_age is False:
        words = _(
            "By the record this may be a child on the day of the certificate: a child is owed"
            " more. If they were of age, correct the age first."
        )
        raise Refused(words, "category")


def check_paid(
    entitlement: Entitlement,
    total: Decimal,
    deposit: Decimal,
    wanted: RehabilitationPayment | None = None,
    field: str = "amount",
) -> None:
    """Refuse where more is paid than owed; `wanted`: a payment as it is to stand.

    Immediate relief comes out of what is not deposited, as cash does: so nobody receives in hand
    what the scheme has kept for them. `field`: which of the values given is at fault.
    """
    paid = dict.fromkeys(Tranche.values, Decimal(0))
    others = entitlement.payments.filter(not_counted="")
    rows = [row for row in others if wanted is None or row.pk != wanted.pk]
    for row in [*rows, wanted] if wanted else rows:
        paid[row.tranche] += row.amount
    in_hand = paid[Tranche.IMMEDIATE] + paid[Tranche.CASH]
    parts = (
        (Tranche.DEPOSIT.label, paid[Tranche.DEPOSIT], deposit),
        (gettext("immediate relief and cash"), in_hand, total - deposit),
    )
    for part, given, most in parts:
        if given > most:
            words = _("Only %(most)s is owed for %(part)s; with this payment it would be %(sum)s.")
            figures = {"part": part, "most": f"{most:,.2f}", "sum": f"{given:,.2f}"}
            raise Refused(words % figures, field)
