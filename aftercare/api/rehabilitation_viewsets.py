from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from aftercare.api.rehabilitation_serializers import (
    AnswerCertificateInput,
    ApplyForCertificateInput,
    BankReferenceSerializer,
    ChangeEntitlementInput,
    CorrectRehabilitationPaymentInput,
    EntitlementSerializer,
    RecordRehabilitationPaymentInput,
    RehabilitationPaymentSerializer,
    RehabilitationSchemeSerializer,
    ReimburseInput,
    ReleaseCertificateSerializer,
    SetEntitlementInput,
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
    services = {"create": apply_for_certificate, "answer": answer_certificate}
    inputs = {"create": ApplyForCertificateInput, "answer": AnswerCertificateInput}
    versioned = ReadViewSet.versioned | {"answer"}

    @extend_schema(request=ApplyForCertificateInput, responses={201: ReleaseCertificateSerializer})
    def create(self, request: Any) -> Response:
        """Record that a certificate was applied for."""
        return self.create_with(apply_for_certificate)

    @extend_schema(request=AnswerCertificateInput, responses=ReleaseCertificateSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Any, pk: Any) -> Response:
        """Record that it was issued or refused, or put that right."""
        return self.change_with(answer_certificate)


class EntitlementViewSet(ReadViewSet):
    """What survivors with a certificate are owed."""

    queryset = Entitlement.objects.select_related(
        *OF_CASE, "rate__scheme", "certificate__jurisdiction", "involvement__victim"
    ).prefetch_related("payments")
    serializer_class = EntitlementSerializer
    filters = OF_A_SURVIVOR | {"certificate": identifier("certificate")}
    services = {"create": set_entitlement, "change": change_entitlement}
    inputs = {"create": SetEntitlementInput, "change": ChangeEntitlementInput}
    versioned = ReadViewSet.versioned | {"change"}

    @extend_schema(request=SetEntitlementInput, responses={201: EntitlementSerializer})
    def create(self, request: Any) -> Response:
        """Say what is owed on a certificate."""
        return self.create_with(set_entitlement)

    @extend_schema(request=ChangeEntitlementInput, responses=EntitlementSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Any, pk: Any) -> Response:
        """Put the category or the deposit right."""
        return self.change_with(change_entitlement)


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
    services = {
        "create": record_payment,
        "partial_update": correct_payment,
        "reimburse": reimburse,
    }
    inputs = {
        "create": RecordRehabilitationPaymentInput,
        "partial_update": CorrectRehabilitationPaymentInput,
        "reimburse": ReimburseInput,
    }
    versioned = ReadViewSet.versioned | {"reimburse"}

    @extend_schema(
        request=RecordRehabilitationPaymentInput,
        responses={201: RehabilitationPaymentSerializer},
    )
    def create(self, request: Any) -> Response:
        """Record a payment. More than is owed is refused."""
        return self.create_with(record_payment)

    @extend_schema(
        request=CorrectRehabilitationPaymentInput, responses=RehabilitationPaymentSerializer
    )
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put a payment right, or say why it counts no more."""
        return self.change_with(correct_payment)

    @extend_schema(request=ReimburseInput, responses=RehabilitationPaymentSerializer)
    @action(detail=True, methods=["post"])
    def reimburse(self, request: Any, pk: Any) -> Response:
        """Record what the centre gave back to the state."""
        return self.change_with(reimburse)


class BankReferenceViewSet(ReadViewSet):
    """Numbers by which banks know payments: of the level of identity, each look recorded."""

    queryset = BankReference.objects.all()
    serializer_class = BankReferenceSerializer
    filters = {"case": identifier("case"), "payment": identifier("payment")}
