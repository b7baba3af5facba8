"""The page of a survivor, from one case: the hub of a person, by code only.

Safety, where the person sleeps, the plan, courts, what is owed, consents, other cases; each part
only to whoever reads that of the case. What was answered about the person has a page of its own.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Perm
from aftercare.models import Referral
from core.access import CONTENT, IDENTITY
from core.spoken import in_own_names
from desk.case.agreed import consents_of
from desk.case.file import heading
from desk.own_questions import OwnQuestions
from desk.parts.names import Names
from desk.parts.of_person import OfPerson
from desk.parts.opening import sections
from desk.survivor.parts import care, court
from places.countries import country_in_words
from victims.models import Consent, Involvement, Sibling, Victim
from victims.services.siblings import kin_of

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User

# By card, the verb that adds to it.
ADDS = {
    "involve": "victims:involve",
    "join_siblings": "victims:join-siblings",
    "record_consent": "victims:grant-consent",
}


def survivor_page(person: Involvement, user: User) -> dict[str, Any]:
    """The context of the page. A fixed number of queries, whatever is recorded."""
    case, reader = person.case, OfPerson(person, user)
    seen = sections(case, user)
    siblings = _siblings(reader)
    here = Q(about=person.pk) | Q(about__in=reader.rows(Referral).values("pk"))
    own = OwnQuestions(reader.verbs, "survivor", "referral", only=here)
    return (
        heading(case)
        | {
            "person": person,
            "label": person.victim.in_words,
            "danger": any(record.safety_flag for record in reader.records),
            "facts": _facts(reader.records),
            "care": care(reader, own) if "care" in seen else None,
            "court": court(reader) if "court" in seen else None,
            "cases": _cases(reader),
            "siblings": siblings,
            "others": [part["id"] for row in siblings for part in row["parts"]],
            "shows_consents": Consent.access.opens(case, user),
            "own_questions": own.about("survivor", person.pk),
            "tasks_url": reverse("victims:tasks", args=[person.pk]),
        }
        | consents_of(reader)
        | Names(case, user).of(person)
        | _ways(reader)
        | {name: reader.verbs(person, page) for name, page in ADDS.items()}
    )


def _facts(records: list[Victim]) -> dict[str, str]:
    """Where the person comes from and what they speak, by the first record that says it."""
    nationality = next((row.nationality for row in records if row.nationality), "")
    languages = next((row.languages for row in records if row.languages), "")
    speaks = in_own_names(languages.split(","))
    return {"comes_from": country_in_words(nationality), "speaks": speaks}


def _ways(reader: OfPerson) -> dict[str, str]:
    """The other pages of the person this reader may open."""
    case, user, args = reader.case, reader.user, [reader.person.pk]
    named = reader.user.scope.reaches(case, IDENTITY)
    reads = named or user.scope.reads(case, Perm.IDENTITY_VIEW)
    pages = {
        "told_url": ("victims:told", Perm.IDENTITY_VIEW, reads),
        "readers_url": ("desk:person-readers", Perm.READERS_VIEW, True),
        "erase_url": ("retention:propose-erasure", Perm.ERASURE_DECIDE, reader.writes),
        "bundle_url": ("retention:bundle", Perm.BUNDLE_MAKE, named),
    }
    return {
        name: reverse(page, args=args) if is_open and user.has_perm(verb) else ""
        for name, (page, verb, is_open) in pages.items()
    }


def _cases(reader: OfPerson) -> list[dict[str, object]]:
    """The cases of this person, under whatever record, that the reader may see."""
    return [
        {
            "here": row.pk == reader.person.pk,
            "code": row.code,
            "reference": row.case.reference,
            "programme": row.case.get_programme_display(),
            "url": reverse("desk:survivor", args=[row.pk]),
            "case_url": row.case.get_absolute_url(),
            "outcome": row.get_outcome_display(),
        }
        for row in reader.parts
    ]


def _siblings(reader: OfPerson) -> list[dict[str, Any]]:
    """The siblings this reader may know of, each by the codes in cases open to the reader."""
    if Sibling in reader.lacked:
        return []
    user, person = reader.user, reader.person.victim.person
    kin = kin_of({person: [row.pk for row in reader.records]}, user).get(person)
    if not kin:
        return []
    parts: defaultdict[UUID, list[Involvement]] = defaultdict(list)  # by person
    records = Victim.objects.filter(Q(pk__in=kin) | Q(merged_into__in=kin)).values("pk")
    rows = Involvement.objects.visible_to(user).filter(victim__in=records)
    for row in rows.select_related("case", "victim").order_by("case__opened_on", "code"):
        parts[row.victim.person].append(row)
    may_leave = user.has_perm(Perm.PERSON_COMPLETE)
    leave = kin if may_leave else {}
    return [
        {
            "label": records[0].victim.in_words,
            "parts": [
                {
                    "id": row.pk,
                    "code": row.code,
                    "reference": row.case.reference,
                    "url": reverse("desk:survivor", args=[row.pk]),
                }
                for row in records
            ],
            "leave_url": reverse("victims:leave-siblings", args=[leave[person]])
            if person in leave and any(user.scope.reaches(row.case, CONTENT) for row in records)
            else "",
        }
        for person, records in parts.items()
    ]
