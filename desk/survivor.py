"""The page of a survivor, from one case: what is known, agreed to, and where else; by code only."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.permissions import Perm
from core.access import CONTENT, IDENTITY
from desk.agreed import consents_of
from desk.case_file import heading
from desk.names import Names
from prosecutions.models import Accusation
from victims.models import Consent, Involvement, Sibling
from victims.persons import records_of
from victims.sections import SECTIONS, TONES, Known, State
from victims.services.siblings import siblings_of

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User
    from victims.models import Victim

DONE = (State.COMPLETE, State.NOT_KNOWN)


def survivor_page(person: Involvement, user: User) -> dict[str, Any]:
    """The context of the page. A fixed number of queries, whatever is recorded."""
    case, sections = person.case, _sections(Known(person, user))
    writes = user.scope.reaches(case, CONTENT)
    watches = user.has_perm(Perm.READERS_VIEW)
    told = user.has_perm(Perm.IDENTITY_VIEW) and (
        user.scope.reaches(case, IDENTITY) or user.scope.reads(case, Perm.IDENTITY_VIEW)
    )
    erases = user.has_perm(Perm.ERASURE_DECIDE) and user.scope.reaches(case, CONTENT)
    hands_over = user.has_perm(Perm.BUNDLE_MAKE) and user.scope.reaches(case, IDENTITY)
    records = records_of(person.victim, user)
    siblings = _siblings(records, user)
    return (
        heading(case)
        | {
            "person": person,
            "label": person.victim.in_words,
            "danger": any(record.safety_flag for record in records),
            "sections": sections,
            "done": sum(bool(row["done"]) for row in sections),
            "cases": _cases(person, records, user),
            "siblings": siblings,
            "others": [part["id"] for row in siblings for part in row["parts"]],
            "accused": _accused(person, user),
            "shows_consents": Consent.access.opens(case, user),
            "told_url": reverse("victims:told", args=[person.pk]) if told else "",
            "tasks_url": reverse("victims:tasks", args=[person.pk]),
            "readers_url": reverse("desk:person-readers", args=[person.pk]) if watches else "",
            "erase_url": reverse("retention:propose-erasure", args=[person.pk]) if erases else "",
            "bundle_url": reverse("retention:bundle", args=[person.pk]) if hands_over else "",
        }
        | consents_of(person, records, user, writes=writes)
        | Names(case, user).of(person)
        | _verbs(person, user, writes=writes)
    )


def _sections(known: Known) -> list[dict[str, object]]:
    """What is asked of everyone, with the answers and how far each section is."""
    return [
        {
            "code": section.code,
            "label": section.label,
            "answers": known.answers(section),
            "state_label": state.label,
            "tone": TONES[state],
            "done": state in DONE,
        }
        for section in SECTIONS
        for state in [known.state(section)]
    ]


def _verbs(person: Involvement, user: User, *, writes: bool) -> dict[str, str]:
    """What this reader may do here; nothing, where the case is only shown."""
    verbs = {
        "involve_url": (Perm.PERSON_INVOLVE, "victims:involve"),
        "sibling_url": (Perm.PERSON_COMPLETE, "victims:join-siblings"),
        "consent_url": (Perm.CONSENT_KEEP, "victims:grant-consent"),
    }
    return {
        name: reverse(page, args=[person.pk])
        for name, (verb, page) in verbs.items()
        if writes and user.has_perm(verb)
    }


def _cases(person: Involvement, records: list[Victim], user: User) -> list[dict[str, object]]:
    """The cases of this person, under whatever record, that the reader may see."""
    rows = Involvement.objects.visible_to(user).filter(victim__in=[row.pk for row in records])
    return [
        {
            "here": row.pk == person.pk,
            "code": row.code,
            "reference": row.case.reference,
            "programme": row.case.get_programme_display(),
            "url": reverse("desk:survivor", args=[row.pk]),
            "case_url": row.case.get_absolute_url(),
            "outcome": row.get_outcome_display(),
        }
        for row in rows.select_related("case").order_by("case__opened_on", "case__reference")
    ]


def _siblings(records: list[Victim], user: User) -> list[dict[str, Any]]:
    """The siblings this reader may know of, each by the codes in cases open to the reader."""
    own = [row.pk for row in records]
    groups = siblings_of(own, user).values()
    others = {victim for group in groups for victim in group} - set(own)
    if not others:
        return []
    parts: defaultdict[UUID, list[Involvement]] = defaultdict(list)  # by person
    rows = Involvement.objects.visible_to(user).filter(victim__in=others)
    for row in rows.select_related("case", "victim").order_by("case__opened_on", "code"):
        parts[row.victim.person].append(row)
    current = Sibling.objects.visible_to(user).filter(victim__in=others, left_on__isnull=True)
    leave = {row.victim.person: row.pk for row in current.select_related("victim")}
    if not user.has_perm(Perm.PERSON_COMPLETE):
        leave = {}
    return [
        {
            "label": found[0].victim.in_words,
            "parts": [
                {
                    "id": row.pk,
                    "code": row.code,
                    "reference": row.case.reference,
                    "url": reverse("desk:survivor", args=[row.pk]),
                }
                for row in found
            ],
            "leave_url": reverse("victims:leave-siblings", args=[leave[person]])
            if person in leave and any(user.scope.reaches(row.case, CONTENT) for row in found)
            else "",
        }
        for person, found in parts.items()
    ]


def _accused(person: Involvement, user: User) -> list[dict[str, Any]]:
    """What the person stands accused of herself, where this reader may know of courts."""
    rows = Accusation.objects.visible_to(user).filter(involvement=person, ended="")
    return [
        {"words": row.get_offence_display(), "since": row.accused_on}
        for row in rows.order_by("accused_on", "created_at")
    ]
