"""Release certificates: applied for, issued, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.codes import CertificateStatus
from aftercare.models import ReleaseCertificate
from aftercare.schemes import scheme_on
from aftercare.services.entitlements import check_category
from casework.services.cases import require_content, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from accounts.models import User
    from core.refusals import Words
    from places.models import Agency, Jurisdiction

ONE_A_PERSON = "aftercare_certificate_one_a_person"  # the index
OWED_ONCE = "aftercare_entitlement_one_a_person"  # the index


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Apply for a release certificate"))
def apply_for_certificate(
    involvement: Involvement,
    *,
    applied_on: date,
    jurisdiction: Jurisdiction,
    agency: Agency | None = None,
    office_title: Annotated[str, Column(length=80, blank=True)] = "",
    actor: User,
) -> ReleaseCertificate:
    """Record the application when it is made. Without a certificate nothing is owed."""
    require_content(involvement.case, actor)
    require_past(involvement.case, applied_on)
    Involvement.objects.select_for_update().get(pk=involvement.pk)  # no twin at the same moment
    if ReleaseCertificate.objects.filter(involvement=involvement).exists():
        raise Refused(_("A certificate has already been applied for. Record the answer there."))
    certificate = ReleaseCertificate(
        case=involvement.case,
        involvement=involvement,
        applied_on=applied_on,
        jurisdiction=jurisdiction,
        agency=agency,
        office_title=office_title,
    )
    _written(lambda: certificate.save(force_insert=True))
    audit.record("certificate.applied", certificate, actor=actor)
    return certificate


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Record the answer about the certificate"))
def answer_certificate(
    certificate: ReleaseCertificate,
    *,
    version: int,
    status: str,
    answered_on: date,
    number: Annotated[str, Column(length=40, blank=True)] = "",
    agency: Agency | None = None,
    office_title: Annotated[str, Column(length=80, blank=True)] = "",
    actor: User,
) -> ReleaseCertificate:
    """Record whether the certificate was issued or refused. A former answer is kept. Raises
    `Stale`.
    """
    require_content(certificate.case, actor)
    require_past(certificate.case, answered_on)
    if certificate.applied_on and answered_on < certificate.applied_on:
        raise Refused(_("The answer cannot be earlier than the application."))
    number = number.strip()
    issued = status == CertificateStatus.ISSUED
    if issued and not number:
        raise Refused(_("Enter the number as printed on the certificate."))
    if number and not issued:
        raise Refused(_("Enter a number only for an issued certificate."))
    _check_once(certificate, number)
    _check_owed(certificate, issued, answered_on)
    given: dict[str, Any] = {"agency": agency} if agency else {}
    given |= {"office_title": office_title} if office_title else {}
    given |= {"status": status, "answered_on": answered_on, "number": number}
    answered: ReleaseCertificate = _written(lambda: amend(certificate, version, **given))
    audit.record("certificate.answered", answered, actor=actor, status=status)
    return answered


def _written(write: Callable[[], object]) -> Any:
    """Write it; what the database knows of the person's other cases is said in words."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as exc:
        if ONE_A_PERSON not in str(exc):
            raise
        words = _(
            "This person already has a certificate, or is waiting for one, in another case, and"
            " nobody can have two. Look at the person's other cases, or ask your case manager."
        )
        raise Refused(words) from None


def two_certificates() -> Words:
    """Why two records cannot be one person: the person would be freed twice."""
    return _(
        "Both have a release certificate, issued or applied for. A person can have "
        "only one. Record one as refused, then merge."
    )


def two_titles() -> Words:
    """Why two records cannot be one person: the person would be owed twice."""
    return _(
        "Both are owed money under a scheme. A person can be owed it only once. Ask "
        "the data officer."
    )


def _check_once(certificate: ReleaseCertificate, number: str) -> None:
    others = ReleaseCertificate.objects.filter(
        jurisdiction=certificate.jurisdiction_id, number=number
    )
    if number and others.exclude(pk=certificate.pk).exists():
        raise Refused(_("This number is on record for another certificate of this place."))


def _check_owed(certificate: ReleaseCertificate, issued: bool, day: date) -> None:
    """What is owed rests on the certificate and on the version of the scheme of its day."""
    owed = getattr(certificate, "entitlement", None)
    if owed is None:
        return
    if not issued:
        raise Refused(_("An entitlement depends on this certificate, so it must stay issued."))
    if scheme_on(certificate.jurisdiction, day) != owed.rate.scheme:
        raise Refused(
            _("On that date a different version of the scheme applies than the entitlement uses.")
        )
    if day != certificate.answered_on:
        check_category(owed.rate.category, certificate.involvement, day)
    if owed.payments.filter(not_counted="", paid_on__lt=day).exists():
        raise Refused(_("A payment is dated before that day. Correct the payment first."))
