from __future__ import annotations

from aftercare.api.rehabilitation_serializers import (
    BankReferenceSerializer,
    EntitlementSerializer,
    RehabilitationPaymentSerializer,
    RehabilitationSchemeSerializer,
    ReleaseCertificateSerializer,
)
from aftercare.codes import CertificateStatus
from aftercare.models import (
    BankReference,
    Entitlement,
    RehabilitationPayment,
    RehabilitationScheme,
    ReleaseCertificate,
)
from aftercare.services.certificates import answer_certificate, apply_for_certificate
from aftercare.services.entitlements import change_entitlement, set_entitlement
from aftercare.services.payments import correct_payment, record_payment, reimburse
from core.api.serializers import Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either

OF_CASE = ("case__jurisdiction", "case__office")


class RehabilitationSchemeViewSet(ReadViewSet):
    """Versions of rehabilitation schemes. The day of the certificate chooses the version."""

    listed = List(
        RehabilitationScheme.objects.select_related("jurisdiction").prefetch_related("rates"),
        "jurisdiction",
        orders={"oldest": "in_force_from"},
        recorded=False,
    )
    serializer_class = RehabilitationSchemeSerializer


class ReleaseCertificateViewSet(ReadViewSet):
    """Release certificates: without an issued one nothing is owed."""

    listed = List(
        ReleaseCertificate.objects.select_related(*OF_CASE, "jurisdiction", "agency"),
        "case involvement status jurisdiction answered_on",
    )
    serializer_class = ReleaseCertificateSerializer

    create = Verb(apply_for_certificate)
    answer = Verb(
        answer_certificate,
        on={
            "status": Labelled(
                [c for c in CertificateStatus.choices if c[0] in CertificateStatus.ANSWERS]
            )
        },
    )


class EntitlementViewSet(ReadViewSet):
    """What survivors with a certificate are owed."""

    listed = List(
        Entitlement.objects.select_related(
            *OF_CASE, "rate__scheme", "certificate__jurisdiction", "involvement__victim"
        ).prefetch_related("payments"),
        "case involvement certificate",
    )
    serializer_class = EntitlementSerializer

    create = Verb(set_entitlement, of="Without `deposit`, the least that the scheme has deposited.")
    change = Verb(
        change_entitlement, of="Without `deposit`, the least that the scheme has deposited."
    )


class RehabilitationPaymentViewSet(ReadViewSet):
    """What was paid to survivors under rehabilitation schemes."""

    listed = List(
        RehabilitationPayment.objects.select_related(
            *OF_CASE, "entitlement__certificate", "entitlement__rate"
        ),
        "case entitlement payer tranche paid_on",
        {"counted": either({"not_counted": ""}, {"not_counted__gt": ""})},
        orders={"latest": "-paid_on"},
    )
    serializer_class = RehabilitationPaymentSerializer

    create = Verb(record_payment, body="RecordRehabilitationPaymentInput")
    partial_update = Verb(correct_payment, body="CorrectRehabilitationPaymentInput")
    reimburse = Verb(reimburse)


class BankReferenceViewSet(ReadViewSet):
    """Numbers by which banks know payments: of the level of identity, each look recorded."""

    listed = List(BankReference.objects.all(), "case payment")
    serializer_class = BankReferenceSerializer
