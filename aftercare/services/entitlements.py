"""What a scheme owes to whom: decided by the certificate's day and the category."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from aftercare.codes import Category, CertificateStatus, Tranche
from aftercare.models import Entitlement, ReleaseCertificate, SchemeRate
from aftercare.schemes import scheme_on
from casework.services.cases import require_content
from core import audit
from core.services import Refused, amend, service
from victims.enums import RANGES, AgeBand, Sex

if TYPE_CHECKING:
    from accounts.models import User
    from aftercare.models import RehabilitationPayment
    from victims.models import Victim

OF_AGE = RANGES[AgeBand.ADULT][0] or 0


@service(Perm.REHABILITATION_RECORD)
def set_entitlement(
    certificate: ReleaseCertificate,
    *,
    category: str,
    extreme_reason: str = "",
    deposit: Decimal | None = None,
    actor: User,
) -> Entitlement:
    """Say what is owed; without `deposit`, the least that the scheme has deposited."""
    require_content(certificate.case, actor)
    certificate = ReleaseCertificate.objects.select_for_update().get(pk=certificate.pk)
    if Entitlement.objects.filter(certificate=certificate).exists():
        raise Refused(_("What is owed is on record already: change it there."))
    owed = _decide(certificate, category, extreme_reason, deposit)
    entitlement = Entitlement.objects.create(
        case=certificate.case,
        certificate=certificate,
        involvement=certificate.involvement,
        **owed,
    )
    audit.record("entitlement.set", entitlement, actor=actor, category=category)
    return entitlement


@service(Perm.REHABILITATION_RECORD)
def change_entitlement(
    entitlement: Entitlement,
    *,
    version: int,
    category: str,
    extreme_reason: str = "",
    deposit: Decimal | None = None,
    actor: User,
) -> Entitlement:
    """Put the category or the deposit right; never below what was paid. Raises `Stale`."""
    require_content(entitlement.case, actor)
    entitlement = Entitlement.objects.select_for_update().get(pk=entitlement.pk)
    owed = _decide(entitlement.certificate, category, extreme_reason, deposit)
    check_paid(entitlement, owed["total"], owed["deposit"])
    changed = amend(entitlement, version, **owed)
    audit.record("entitlement.changed", changed, actor=actor, category=category)
    return changed


def _decide(
    certificate: ReleaseCertificate, category: str, reason: str, deposit: Decimal | None
) -> dict[str, Any]:
    if certificate.status != CertificateStatus.ISSUED or certificate.answered_on is None:
        raise Refused(_("Without an issued release certificate nothing is owed."))
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
    _check_category(category, reason, certificate.involvement.victim)
    least = rate.deposit
    chosen = least if deposit is None else deposit
    if not least <= chosen <= rate.total:
        raise Refused(
            _("The deposit is between %(least)s and %(total)s.")
            % {"least": f"{least:,.2f}", "total": f"{rate.total:,.2f}"}
        )
    return {"rate": rate, "extreme_reason": reason, "total": rate.total, "deposit": chosen}


def _check_category(category: str, reason: str, victim: Victim) -> None:
    if category == Category.EXTREME and not reason:
        raise Refused(_("Say why this is extreme deprivation."), "extreme_reason")
    if category != Category.EXTREME and reason:
        raise Refused(_("A reason is asked for extreme deprivation only."), "extreme_reason")
    if category == Category.ADULT_MAN and victim.sex == Sex.FEMALE:
        raise Refused(_("The record says that this is a woman or a girl. Correct it first."))
    of_age = victim.age_min_months is not None and victim.age_min_months >= OF_AGE
    if category == Category.WOMAN_OR_CHILD and victim.sex == Sex.MALE and of_age:
        raise Refused(_("The record says that this is a man. Correct it first."))


def check_paid(
    entitlement: Entitlement,
    total: Decimal,
    deposit: Decimal,
    wanted: RehabilitationPayment | None = None,
) -> None:
    """Refuse where more is paid than owed; `wanted`: a payment as it is to stand."""
    paid = dict.fromkeys(Tranche.values, Decimal(0))
    others = entitlement.payments.filter(not_counted="")
    rows = [row for row in others if wanted is None or row.pk != wanted.pk]
    for row in [*rows, wanted] if wanted else rows:
        paid[row.tranche] += row.amount
    for tranche, most in ((Tranche.DEPOSIT, deposit), (Tranche.CASH, total - deposit)):
        if paid[tranche] > most:
            raise Refused(
                _("Of this part, %(part)s, only %(most)s is owed; with this it would be %(sum)s.")
                % {
                    "part": Tranche(tranche).label,
                    "most": f"{most:,.2f}",
                    "sum": f"{paid[tranche]:,.2f}",
                }
            )
    if (in_all := sum(paid.values(), Decimal(0))) > total:
        raise Refused(
            _("In all %(total)s is owed; with this it would be %(sum)s.")
            % {"total": f"{total:,.2f}", "sum": f"{in_all:,.2f}"}
        )
