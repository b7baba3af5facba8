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
from core.api.serializers import RowSerializer, shown_as
from victims.models import Involvement

BESIDE = ("case__jurisdiction", "case__office")
SURVIVORS: Any = Involvement.objects.select_related(*BESIDE, "victim")
NUMBER: dict[str, Any] = {"max_length": 40, "required": False, "allow_blank": True}
TITLE: dict[str, Any] = {"max_length": 80, "required": False, "allow_blank": True}
REFERENCE: dict[str, Any] = {"max_length": 200, "required": False, "allow_blank": True}


class SchemeRateSerializer(RowSerializer[SchemeRate]):
    """`deposit` is the least that is deposited; `immediate` lies inside the total. `marks` say
    of each value whether it is verified, and its source."""

    shows = "category total deposit immediate marks"

    marks = serializers.DictField(child=serializers.DictField(), read_only=True)


class RehabilitationSchemeSerializer(RowSerializer[RehabilitationScheme]):
    shows = "id code jurisdiction name in_force_from approved_until currency note rates version"

    jurisdiction = shown_as("code")
    rates = SchemeRateSerializer(many=True, read_only=True)


class ReleaseCertificateSerializer(RowSerializer[ReleaseCertificate]):
    shows = (
        "id case involvement jurisdiction agency office_title status applied_on answered_on "
        "number version created_at updated_at"
    )

    jurisdiction = shown_as("code")


class EntitlementSerializer(RowSerializer[Entitlement]):
    """What is owed in all, and how much of it is deposited; the rest is cash. How it stands today:
    `paid`, `balance`, the day by which the next should have come, and how many days ago that was.
    """

    shows = (
        "id case involvement certificate scheme category extreme_reason total deposit cash "
        "paid balance due_by days_late version created_at updated_at"
    )

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

    def to_representation(self, instance: Any) -> dict[str, Any]:
        day = instance.case.jurisdiction.today
        instance.today = standing(instance, instance.payments.all(), day)
        return super().to_representation(instance)


class RehabilitationPaymentSerializer(RowSerializer[RehabilitationPayment]):
    """Money to the survivor; what the centre gave back to the state for it (`reimbursed`) is no
    payment. A payment with a reason in `not_counted` counts nowhere."""

    shows = (
        "id case entitlement payer tranche amount paid_on reimbursed reimbursed_on not_counted "
        "version created_at updated_at"
    )


class BankReferenceSerializer(RowSerializer[BankReference]):
    """By what number the bank knows a payment; of several the newest counts."""

    shows = "id case payment text created_at version"

    text = serializers.CharField(read_only=True)
