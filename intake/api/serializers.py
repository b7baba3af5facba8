from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from rest_framework import serializers

from aftercare.enums import Need
from casework.enums import Programme, SiteKind
from casework.models import Case, RescuePlan, Site
from core.api.serializers import Input, Labelled, Text, VisibleRow, VisibleRows
from core.days.moments import check_moment
from core.refusals import gettext as _
from places.models import Agency, Jurisdiction
from prosecutions.api.serializers import Warnings
from prosecutions.enums import SuspectRole
from prosecutions.services.suspects import Arrested
from questions.api.serializers import AnswersField
from questions.models import QuestionSet
from victims.api.serializers import PersonInput, person_of

MOST_PEOPLE, MOST_SITES, MOST_NEEDS, MOST_SETS = 500, 20, 20, 20


class MomentField(serializers.DateTimeField):
    """A moment as RFC 3339 writes it: with its offset."""

    def to_internal_value(self, value: Any) -> datetime:
        try:
            text = isinstance(value, str) and value.isascii()
            moment = parse_datetime(value) if text else None
            if moment is None or moment.tzinfo is None:
                raise serializers.ValidationError(
                    _("Give a date and time with its offset, such as 2026-11-24T05:52:00+05:30.")
                )
            return check_moment(moment)
        except (ValueError, OverflowError) as exc:
            raise serializers.ValidationError(str(exc)) from None


class ReportedPerson(PersonInput):
    client_id = Text(max_length=64, required=False)


class ArrestInput(Input):
    role = Labelled(SuspectRole)
    name = Text(max_length=200, required=False, allow_blank=True)


class ReportedReplyInput(Input):
    """Answers to one of the organisation's own questions about a rescue, by their codes."""

    question_set = VisibleRow(QuestionSet.objects.all())
    answers = AnswersField()


def several(shape: type[Input], most: int = MOST_PEOPLE) -> Any:
    many: Any = shape
    return many(many=True, required=False, max_length=most)


class RescueReportInput(Input):
    """A rescue in one piece."""

    occurred_at = MomentField()
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code")
    programme = Labelled(Programme)
    case = VisibleRow(Case.objects.select_related("office"), required=False)
    site = VisibleRow(Site.objects.select_related("case"), required=False)
    more_sites = VisibleRows(Site.objects.select_related("case"), required=False)
    new_sites = serializers.ListField(
        child=Labelled(SiteKind), required=False, max_length=MOST_SITES
    )
    agencies = VisibleRows(Agency.objects.all(), required=False)
    narrative = Text(max_length=20_000, required=False, allow_blank=True)
    people = several(ReportedPerson)
    arrests = several(ArrestInput)
    needs = serializers.ListField(child=Labelled(Need), required=False, max_length=MOST_NEEDS)
    plan = VisibleRow(RescuePlan.objects.select_related("case__office"), required=False)
    replies = several(ReportedReplyInput, MOST_SETS)

    def validate(self, data: dict[str, Any]) -> dict[str, object]:
        site, case = data.get("site"), data.get("case")
        if site and case and site.case_id != case.pk:
            raise serializers.ValidationError({"site": [_("This site belongs to another case.")]})
        if site and not case:
            case = data["case"] = site.case
        if plan := data.get("plan"):
            case = data.setdefault("case", plan.case)
            if case != plan.case:
                raise serializers.ValidationError({"plan": [_("This plan is of another case.")]})
            if why := plan.why_not_by(data["occurred_at"]):
                raise serializers.ValidationError({"plan": [why]})
        more = data.get("more_sites", [])
        if more and not case:
            case = data["case"] = more[0].case
        if case and any(row.case_id != case.pk for row in more):
            raise serializers.ValidationError(
                {"more_sites": [_("This site belongs to another case.")]}
            )
        return data


def report_of(data: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `log_rescue`."""
    return data | {
        "people": [person_of(row) for row in data.get("people", [])],
        "arrests": [Arrested(**row) for row in data.get("arrests", [])],
        "needs": list(dict.fromkeys(data.get("needs", []))),
        "replies": [(row["question_set"], row["answers"]) for row in data.get("replies", [])],
    }


class Reference(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class CaseReference(Reference):
    reference = serializers.CharField()


class Coded(Reference):
    code = serializers.CharField()


class LoggedPerson(Coded):
    victim = Coded()
    client_id = serializers.CharField(allow_null=True)


class LoggedArrest(Reference):
    suspect = Coded()
    perpetrator = Reference()


class LoggedReferral(Reference):
    need = serializers.CharField()
    person = serializers.CharField()


class LoggedReply(Reference):
    question_set = serializers.UUIDField()


class RescueReportAnswer(Reference):
    case = CaseReference()
    people = LoggedPerson(many=True)
    arrests = LoggedArrest(many=True)
    referrals = LoggedReferral(many=True)
    replies = LoggedReply(many=True)
    warnings = Warnings()
