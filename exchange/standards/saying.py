"""Our records as the standard says them: no names, no addresses, no words that may name somebody.

A dozen queries, however many people. What a file once said of a person and no table of ours holds
is said again as long as what we hold has not changed since (`Imported.kept`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from aftercare.enums import ReferralStatus
from aftercare.models import Goal, Referral
from casework.enums import ClosingReason
from casework.models import Closing
from exchange.models import Imported
from exchange.standards.htcds import BETWEEN, CODES, PARTS, HtcdsRecord
from places.enums import JurisdictionLevel
from prosecutions.enums import SuspectRole
from victims.crosswalk import RELATIONSHIP
from victims.enums import Purpose, RecipientKind
from victims.models import Background, Exploitation, RouteStop
from victims.services.basis import Recipient, live_consents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from casework.models import Case
    from core.access import ScopedQuerySet
    from exchange.standards.htcds import Values
    from prosecutions.models import Suspect
    from victims.models import Involvement

WIDE = (JurisdictionLevel.COUNTRY, JurisdictionLevel.STATE)
PARTNERS = Recipient(RecipientKind.PARTNERS)
LISTS = {
    "vic_MethodOfRecruitment": "recruitment",
    "vic_MethodsOfControl": "controls",
    "vic_TypeOfExploitation": "forms",
    "vic_TypeOfSexExploitation": "sexual_kinds",
    "vic_ForcedLabourIndustry": "industries",
}


@dataclass
class HtcdsRows:
    """The rows that are said; `reader` sees what is said of them.

    `written`: what the reader wrote of new ones a moment ago, by table, and need not be read.
    """

    reader: Any
    survivors: Sequence[Involvement] = ()
    suspects: Sequence[Suspect] = ()
    alone: Sequence[Case] = ()  # cases of which nobody is known
    written: Mapping[type, Sequence[Any]] | None = None

    @property
    def cases(self) -> dict[Any, Case]:
        people = [row.case for row in (*self.survivors, *self.suspects)]
        return {case.pk: case for case in (*people, *self.alone)}


def records_of(asked: HtcdsRows) -> list[HtcdsRecord]:
    """Everybody asked for, by the keys of the file they came in, else by ours."""
    saying = _Saying(asked)
    return [
        *(saying.survivor(row) for row in asked.survivors),
        *(saying.suspect(row) for row in asked.suspects),
        *(saying.case(row) for row in asked.alone),
    ]


class _Saying:
    """What is known of everybody asked for, as far as the reader sees it."""

    def __init__(self, asked: HtcdsRows) -> None:
        self.reader, self.cases = asked.reader, list(asked.cases)
        self.written = asked.written
        self.parts = [row.pk for row in asked.survivors]
        self.received = _received(asked)
        victims = [row.victim_id for row in asked.survivors]
        known = self._known(Background, victim__any_of=victims)
        self.background = {row.victim_id: row for row in known}
        done = self._known(Exploitation, involvement__any_of=self.parts)
        self.exploitation = {row.involvement_id: row for row in done}
        agreed = live_consents(asked.survivors, Purpose.STATISTICS, PARTNERS)
        self.agreed = {person.pk for person, consent in agreed if consent}
        closings = self._seen(Closing).in_force().filter(case__any_of=self.cases)
        self.closings = dict(closings.values_list("case", "reason"))
        self.repeated = {
            "event": _grouped(self._stops(), "involvement_id", _stop),
            "referral": _grouped(self._referrals(), "involvement_id", _referral),
            "plan": _grouped(self._goals(), "of_part", _goal),
        }
        self.outside: dict[Any, str] = {}
        self.imported: dict[Any, Imported] = {}
        rows = self._seen(Imported).filter(case__any_of=self.cases)
        for row in rows.order_by("created_at", "pk"):
            self.outside.setdefault(row.case_id, row.outside_case)
            self.imported[row.involvement_id or row.suspect_id or row.case_id] = row

    def _seen(self, model: Any) -> Any:
        return model.objects.visible_to(self.reader)

    def _known(self, model: type[Model], **of: object) -> Any:
        return self._seen(model).filter(**of) if self.written is None else self.written[model]

    def _stops(self) -> QuerySet[RouteStop]:
        rows = self._known(RouteStop, involvement__any_of=self.parts, kind__in=CODES["legs"])
        if self.written is not None:
            return rows
        return rows.select_related("jurisdiction__parent__parent__parent").order_by("position")

    def _referrals(self) -> QuerySet[Referral]:
        """Those that left the house and were not taken back."""
        rows = self._seen(Referral).filter(involvement__any_of=self.parts, sent_at__isnull=False)
        rows = rows.select_related("case__jurisdiction")
        return rows.exclude(status=ReferralStatus.WITHDRAWN).order_by("sent_at", "pk")

    def _goals(self) -> ScopedQuerySet:
        rows = self._seen(Goal).filter(plan__involvement__any_of=self.parts).defer("text")
        return rows.annotate(of_part=F("plan__involvement")).order_by("target_on", "domain", "pk")

    def survivor(self, row: Involvement) -> HtcdsRecord:
        values = {
            **self._of_case(row.case),
            **self._person(row),
            **self._exploitation(self.exploitation.get(row.pk)),
            "con_Consent": "true" if row.pk in self.agreed else "",
        }
        parts = {part: of[row.pk] for part, of in self.repeated.items() if row.pk in of}
        return self._finished(row.pk, row.case, str(row.victim.person), values, parts)

    def suspect(self, row: Suspect) -> HtcdsRecord:
        values = {
            **self._of_case(row.case),
            "prs_Gender": CODES["sexes_written"][row.perpetrator.sex],
            "prs_Citizenship": row.perpetrator.nationality,
            "per_RoleInProcess": SuspectRole.STANDARD[
                SuspectRole.meant(row.role) or SuspectRole.OTHER
            ],
        }
        return self._finished(row.pk, row.case, str(row.perpetrator.person), values, {})

    def case(self, row: Case) -> HtcdsRecord:
        return self._finished(row.pk, row, "", self._of_case(row), {})

    def _of_case(self, case: Case) -> Values:
        status = CODES["statuses"][case.status]
        if status == "Closed" and self.closings.get(case.pk) in ClosingReason.counted(
            ClosingReason.TRANSFERRED
        ):
            status = "ClosedReferred"
        return {"cas_Status": status, "cas_IncomingReferralDate": self.received.get(case.pk, "")}

    def _person(self, row: Involvement) -> Values:
        victim, known = row.victim, self.background.get(row.victim_id)
        spoken = [code for code in victim.languages.split(",") if code]
        first, second = (*(CODES["languages"].get(code, code) for code in spoken), "", "")[:2]
        return {
            "prs_Gender": CODES["sexes_written"][victim.sex],
            "prs_Citizenship": victim.nationality,
            "prs_PrimaryLanguage": first,
            "prs_SecondaryLanguage": second,
            "prs_MaritalStatus": known.marital_status if known else "",
            "prs_HighestLevelOfEducation": known.education if known else "",
        }

    def _exploitation(self, row: Exploitation | None) -> Values:
        if row is None:
            return {}
        return {
            "vic_TraffickingStatus": row.status,
            "vic_TraffickingStatusDecisionMakingOrg": row.decided_by,
            "vic_RelationshipToTrafficker": RELATIONSHIP.get(row.relationship, ""),
            **{name: BETWEEN.join(getattr(row, ours)) for name, ours in LISTS.items()},
        }

    def _finished(
        self, key: UUID, case: Case, person: str, values: Values, parts: dict[str, list[Values]]
    ) -> HtcdsRecord:
        row = self.imported.get(key)
        htcds_record = HtcdsRecord(
            self.outside.get(case.pk, str(case.pk)),
            row.outside_person if row else person,
            {name: text for name, text in values.items() if text},
            {part: rows for part, rows in parts.items() if rows},
        )
        return said_again(htcds_record, row.kept) if row else _leaving(htcds_record)


def said_again(record: HtcdsRecord, kept: Mapping[str, list[object]]) -> HtcdsRecord:
    """With what the file said where ours is still what it was right after the import."""
    ours = record.without_what_stays()
    for name, (then, theirs) in kept.items():
        if ours.get(name) == then:
            ours |= {name: theirs}
    return _told(record, ours)


def kept_of(theirs: HtcdsRecord, ours: HtcdsRecord) -> dict[str, list[object]]:
    """Where a file says something else than we do after reading it: [ours, theirs]."""
    they, we = theirs.without_what_stays(), ours.without_what_stays()
    names = sorted(they.keys() | we.keys())
    return {n: [we.get(n), they.get(n)] for n in names if we.get(n) != they.get(n)}


def _leaving(record: HtcdsRecord) -> HtcdsRecord:
    return _told(record, record.without_what_stays())


def _told(record: HtcdsRecord, values: dict[str, Any]) -> HtcdsRecord:
    values = {name: value for name, value in values.items() if value}
    parts = {name: value for name, value in values.items() if name in PARTS}
    return HtcdsRecord(
        record.case, record.person, {n: v for n, v in values.items() if n not in parts}, parts
    )


def _received(asked: HtcdsRows) -> dict[object, str]:
    """The day each case came to us: when we learned of the first of its people."""
    days: dict[Any, str] = {}
    people: list[Any] = [*asked.survivors, *asked.suspects]
    for row in people:
        day = row.identified_on.isoformat() if row.identified_on else ""
        days[row.case_id] = min(filter(None, (days.get(row.case_id), day)), default="")
    return days


def _grouped(rows: Iterable[Any], key: str, say: Callable[[Any], Values]) -> dict[Any, Any]:
    groups: dict[Any, list[Values]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(say(row))
    return dict(groups)


def _stop(stop: RouteStop) -> Values:
    """Country and state by their codes of ISO 3166, below that the name of the place."""
    place = stop.jurisdiction
    state = place
    while state.level not in WIDE and state.parent is not None:
        state = state.parent
    return _filled(
        hte_Type=CODES["legs"][stop.kind],
        hte_Country=place.code.partition("-")[0],
        hte_State=state.code if state.level == JurisdictionLevel.STATE else "",
        hte_City="" if place.level in WIDE else place.name,
        hte_Date=stop.since.isoformat() if stop.since else "",
    )


def _referral(row: Referral) -> Values:
    sent_on = row.sent_at and row.case.jurisdiction.clock(row.sent_at).date()
    return _filled(
        cas_ReasonForOutgoingReferral="AdditionalServicesRequired",
        cas_OutgoingReferralDate=sent_on.isoformat() if sent_on else "",
    )


def _goal(goal: Goal) -> Values:
    return _filled(
        spl_Type=CODES["plans"][goal.domain],
        spl_PlannedEndDate=goal.target_on.isoformat(),
        spl_ActualEndDate=goal.ended_on.isoformat() if goal.ended_on else "",
    )


def _filled(**values: str) -> Values:
    return {name: value for name, value in values.items() if value}
