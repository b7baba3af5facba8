from __future__ import annotations

from typing import Any

from rest_framework import serializers

from aftercare.models import (
    BankReference,
    Entitlement,
    RehabilitationPayment,
    RehabilitationScheme,
    ReleaseCertificate,
    SchemeRate,
)
from aftercare.schemes import standing
from core.api.serializers import shown_as
from victims.models import Involvement

BESIDE = ("case__jurisdiction", "case__office")
SURVIVORS: Any = Involvement.objects.select_related(*BESIDE, "victim")
STAMPS = ("version", "created_at", "updated_at")
NUMBER: dict[str, Any] = {"max_length": 40, "required": False, "allow_blank": True}
TITLE: dict[str, Any] = {"max_length": 80, "required": False, "allow_blank": True}
REFERENCE: dict[str, Any] = {"max_length": 200, "required": False, "allow_blank": True}


class SchemeRateSerializer(serializers.ModelSerializer[SchemeRate]):
    """`deposit` is the least that is deposited; `immediate` lies inside the total. `marks` say
    of each value whether it is verified, and its source."""

    marks = serializers.DictField(child=serializers.DictField(), read_only=True)

    class Meta:
        model = SchemeRate
        fields = ("category", "total", "deposit", "immediate", "marks")


class RehabilitationSchemeSerializer(serializers.ModelSerializer[RehabilitationScheme]):
    jurisdiction = shown_as("code")
    rates = SchemeRateSerializer(many=True, read_only=True)

    class Meta:
        model = RehabilitationScheme
        fields = (
            *("id", "code", "jurisdiction", "name", "in_force_from", "approved_until"),
            *("currency", "note", "rates", "version"),
        )


class ReleaseCertificateSerializer(serializers.ModelSerializer[ReleaseCertificate]):
    jurisdiction = shown_as("code")

    class Meta:
        model = ReleaseCertificate
        fields = (
            *("id", "case", "involvement", "jurisdiction", "agency", "office_title"),
            *("status", "applied_on", "answered_on", "number"),
            *STAMPS,
        )


class EntitlementSerializer(serializers.ModelSerializer[Entitlement]):
    """What is owed in all, and how much of it is deposited; the rest is cash. How it stands today:
    `paid`, `balance`, the day by which the next should have come, and how many days ago that was.
    """

    scheme: Any = serializers.SlugRelatedField(
        slug_field="code", source="rate.scheme", read_only=True
    )
    category = serializers.CharField(source="rate.category", read_only=True)
    cash = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    paid = serializers.DecimalField(
        max_digits=14, decimal_places=2, read_only=True, source="today.paid"
    )
    balance = serializers.DecimalField(
        max_digits=14, decimal_places=2, read_only=True, source="today.balance"
    )
    due_by = serializers.DateField(read_only=True, source="today.due")
    days_late = serializers.IntegerField(read_only=True, source="today.late")

    class Meta:
        model = Entitlement
        fields = (
            *("id", "case", "involvement", "certificate", "scheme", "category"),
            *("extreme_reason", "total", "deposit", "cash"),
            *("paid", "balance", "due_by", "days_late", *STAMPS),
        )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        day = instance.case.jurisdiction.today
        instance.today = standing(instance, instance.payments.all(), day)
        return super().to_representation(instance)


class RehabilitationPaymentSerializer(serializers.ModelSerializer[RehabilitationPayment]):
    """Money to the survivor; what the centre gave back to the state for it (`reimbursed`) is no
    payment. A payment with a reason in `not_counted` counts nowhere."""

    class Meta:
        model = RehabilitationPayment
        fields = (
            *("id", "case", "entitlement", "payer", "tranche", "amount", "paid_on"),
            *("reimbursed", "reimbursed_on", "not_counted"),
            *STAMPS,
        )


class BankReferenceSerializer(serializers.ModelSerializer[BankReference]):
    """By what number the bank knows a payment; of several the newest counts."""

    text = serializers.CharField(read_only=True)

    class Meta:
        model = BankReference
        fields = ("id", "case", "payment", "text", "created_at", "version")
