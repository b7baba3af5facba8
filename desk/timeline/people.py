"""Who was brought out, arrested, protected; what survivors agreed to; how people were taken."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import OnlineIncident, Rescue
from desk.timeline import words
from desk.timeline.facts import colleague, count, facts, place
from desk.timeline.kinds import Kind
from desk.timeline.stream import Source
from desk.timeline.words import labelled
from prosecutions import models as justice
from prosecutions.enums import Accused, AccusedEnd, Breach, Measure, NetworkRole, Release
from victims.enums import Outcome, Purpose
from victims.htcds import TraffickingStatus
from victims.models import Consent, Exploitation, Involvement, Withdrawal

rescue = partial(Source, kind=Kind.PEOPLE, icon="life-buoy", link="rescues")
suspect = partial(Source, kind=Kind.PEOPLE, icon="lock", link="suspects", person="suspect")
way = partial(Source, kind=Kind.PEOPLE, icon="map-pin", link="borders")
survivor = partial(Source, kind=Kind.PEOPLE, icon="users", link="survivors", person="involvement")
in_court = partial(survivor, link="taking-part")
protection = partial(in_court, icon="shield")
agreed = partial(survivor, icon="hand-heart")
online = partial(Source, kind=Kind.PEOPLE, icon="eye-off", link="online")

BROUGHT_OUT = Involvement.objects.filter(outcome=Outcome.RESCUED)
OPERATION = {
    "zone": "jurisdiction__time_zone",
    "people": count(BROUGHT_OUT, "rescue", Perm.VICTIM_VIEW),
    "arrests": count(justice.Arrest.objects.all(), "rescue", Perm.SUSPECT_VIEW),
    "by": colleague("led_by__name"),
} | place()
RELEASE = labelled(_("Custody ended"), Release, "ended")
BREACH = labelled(_("Bail broken"), Breach, "breach")
MEMBERSHIP = labelled(_("Member of a network"), NetworkRole, "role")
NO_MEMBER = labelled(_("Found not to be a member of a network"), NetworkRole, "role")
WANTED = labelled(_("Protection asked for"), Measure, "kind")
ACCUSED = labelled(_("Accused of an offence"), Accused, "offence")
CLEARED = labelled(_("Accusation of a survivor"), AccusedEnd, "ended")
CONSENT = labelled(_("Consent given"), Purpose, "purpose")
UNCONSENT = labelled(_("Consent withdrawn"), Purpose, "purpose")
FOUND = labelled(_("Found to be"), TraffickingStatus, "status")
INCIDENT = facts("code", "media")

THEMSELVES = {"person": "pk", "person_code": "code"}  # the row is the suspect

# name, model, day, words, facts
SOURCES = (
    rescue("rescue", Rescue, "occurred_on", words.rescue, OPERATION, moment="occurred_at"),
    suspect("arrest", justice.Arrest, "arrested_on", _("Arrested"), facts(agency="agency__name")),
    suspect("custody", justice.Custody, "since", _("Taken into custody")),
    suspect("in-court", justice.Custody, "in_court_on", _("Brought before a court")),
    suspect("release", justice.Custody, "ended_on", RELEASE, facts("ended")),
    suspect("breach", justice.Custody, "breached_on", BREACH, facts("breach")),
    Source(
        "death",
        justice.Suspect,
        "died_on",
        _("Died"),
        THEMSELVES,
        kind=Kind.PEOPLE,
        icon="lock",
        link="suspects",
    ),
    suspect("member", justice.NetworkMember, "known_on", MEMBERSHIP, facts("role")),
    suspect("member-end", justice.NetworkMember, "left_on", NO_MEMBER, facts("role")),
    way("corridor", justice.Corridor, "created_at", _("Route people were taken recorded")),
    in_court(
        "part",
        justice.Participation,
        "happened_on",
        words.part,
        facts("kind") | place("travelled_from"),
    ),
    protection("protection", justice.ProtectiveMeasure, "asked_on", WANTED, facts("kind")),
    protection(
        "protection-answer",
        justice.ProtectiveMeasure,
        "answered_on",
        words.protection,
        facts("kind", "answer"),
    ),
    in_court("accusation", justice.Accusation, "accused_on", ACCUSED, facts("offence")),
    in_court("accusation-end", justice.Accusation, "ended_on", CLEARED, facts("ended")),
    agreed("consent", Consent, "given_on", CONSENT, facts("purpose")),
    agreed("consent-withdrawn", Consent, "withdrawn_on", UNCONSENT, facts("purpose")),
    agreed(
        "withdrawal-told", Withdrawal, "told_on", _("A recipient heard that consent is withdrawn")
    ),
    survivor("found", Exploitation, "decided_on", FOUND, facts("status")),
    online("online-incident", OnlineIncident, "began_on", words.incident, INCIDENT),
)
