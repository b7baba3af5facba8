from __future__ import annotations

from aftercare.api.rehabilitation_serializers import (
    BankReferenceSerializer,
    EntitlementSerializer,
    RehabilitationPaymentSerializer,
    RehabilitationSchemeSerializer,
    ReleaseCertificateSerializer,
)
from aftercare.codes import CertificateStatus, Payer, Tranche
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
from core.api.filters import choice, code, day, either, identifier
from core.api.serializers import Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.pagination import Sort

OF_CASE = ("case__jurisdiction", "case__office")
OF_A_SURVIVOR = {"case": identifier("case"), "involvement": identifier("involvement")}


class RehabilitationSchemeViewSet(ReadViewSet):
    """Versions of rehabilitation schemes. The day of the certificate chooses the version."""

    queryset = RehabilitationScheme.objects.select_related("jurisdiction").prefetch_related("rates")
    serializer_class = RehabilitationSchemeSerializer
    sorts = {"oldest": Sort(("in_force_from", "id"))}
    filters = {"jurisdiction": code("jurisdiction__code")}
    records_reads = False


class ReleaseCertificateViewSet(ReadViewSet):
    """Release certificates: without an issued one nothing is owed."""

    queryset = ReleaseCertificate.objects.select_related(*OF_CASE, "jurisdiction", "agency")
    serializer_class = ReleaseCertificateSerializer
    filters = OF_A_SURVIVOR | {
        "status": choice("status", CertificateStatus),
        "jurisdiction": code("jurisdiction__code"),
        "answered_from": day("answered_on__gte"),
        "answered_to": day("answered_on__lte"),
    }

    create = Verb(
        apply_for_certificate,
    )
    answer = Verb(
        answer_certificate,
        on={
            "status": Labelled(
                [c for c in CertificateStatus.choices if c[0] in CertificateStatus.ANSWERS]
            ),
        },
    )


class EntitlementViewSet(ReadViewSet):
    """What survivors with a certificate are owed."""

    queryset = Entitlement.objects.select_related(
        *OF_CASE, "rate__scheme", "certificate__jurisdiction", "involvement__victim"
    ).prefetch_related("payments")
    serializer_class = EntitlementSerializer
    filters = OF_A_SURVIVOR | {"certificate": identifier("certificate")}

    create = Verb(
        set_entitlement,
        of="Without `deposit`, the least that the scheme has deposited.",
    )
    change = Verb(
        change_entitlement,
        of="Without `deposit`, the least that the scheme has deposited.",
    )


class RehabilitationPaymentViewSet(ReadViewSet):
    """What was paid to survivors under rehabilitation schemes."""

    queryset = RehabilitationPayment.objects.select_related(
        *OF_CASE, "entitlement__certificate", "entitlement__rate"
    )
    serializer_class = RehabilitationPaymentSerializer
    sorts = {"latest": Sort(("paid_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "entitlement": identifier("entitlement"),
        "payer": choice("payer", Payer),
        "tranche": choice("tranche", Tranche),
        "paid_from": day("paid_on__gte"),
        "paid_to": day("paid_on__lte"),
        "counted": either({"not_counted": ""}, {"not_counted__gt": ""}),
    }

    create = Verb(
        record_payment,
        body="RecordRehabilitationPaymentInput",
    )
    partial_update = Verb(
        correct_payment,
        body="CorrectRehabilitationPaymentInput",
    )
    reimburse = Verb(reimburse)


class BankReferenceViewSet(ReadViewSet):
    """Numbers by which banks know payments: of the level of identity, each look recorded."""

    queryset = BankReference.objects.all()
    serializer_class = BankReferenceSerializer
    filters = {"case": identifier("case"), "payment": identifier("payment")}
