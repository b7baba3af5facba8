"""What was told of a person in words: read as a deed, for it says who is in danger, and of whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from core import audit
from core.services import service
from victims.enums import Sign, Topic
from victims.models import Evidence, Involvement, Particular

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User


@dataclass(frozen=True)
class WordsByTopic:
    """What stands now by its subject, and what stood before."""

    now: dict[str, str]
    before: list[tuple[str, Any, str]]  # subject, when it was written, text


@service(Perm.IDENTITY_VIEW)
def read_told(person: Involvement, *, actor: User) -> WordsByTopic:
    """What was told of a person, of the signs in this case, and what was written before."""
    particulars = Particular.objects.visible_to(actor).filter(victim=person.victim_id)
    texts = [(row.about, row.created_at, str(row.text)) for row in particulars]
    evidence = Evidence.objects.visible_to(actor).filter(indicator__involvement=person)
    texts += [
        (row.indicator.sign, row.created_at, str(row.text))
        for row in evidence.select_related("indicator")
    ]
    texts.sort(key=lambda row: row[1], reverse=True)
    now: dict[str, str] = {}
    before = []
    for about, at, text in texts:
        if about in now:
            before.append((about, at, text))
        else:
            now[about] = text
    audit.read("person.told", person, actor=actor, shown=[person.victim_id], subjects=sorted(now))
    return WordsByTopic(now, before)


def label_of(about: str) -> StrOrPromise:
    return (dict(Topic.choices) | dict(Sign.choices))[about]
