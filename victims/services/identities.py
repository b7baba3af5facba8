"""Who a person really is: recorded, corrected, shown for a reason, found by name.

A name is what a trafficker looks for, so it is the answer to a verb with a reason, by POST only:
no link, prefetch or browser history brings it up. The form for corrections shows nothing, or it
would be a second way to read. Search opens every name in the reader's scope and compares: an index
over encrypted names was tried, and guessing by frequency broke it completely. What lies outside is
not read, so it changes neither the answer nor the time. Answers with names are kept for no
repeated send.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_identity
from core import audit
from core.access import IDENTITY
from core.database.inserting import insert
from core.days.moments import CannotBe, check_birth_date
from core.names import NotAName, Question, check_name, check_question
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.sounds import Heard
from victims.enums import IdentityField, NameReason
from victims.models import FormerIdentity, Identity, Involvement, Victim
from victims.services.reach import require_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from uuid import UUID

    from accounts.models import User

MOST_FOUND = 50
NAMES = (IdentityField.FULL_NAME, IdentityField.LATIN_NAME)
# What others say of a name that was just written down: each answers with survivors (`person`) and
# words of warning (`warning`).
named: list[Callable[..., Iterable[Any]]] = []


@dataclass(frozen=True)
class RevealedIdentity:
    """What someone was shown, and what it said before corrections."""

    identity: Identity
    former: list[FormerIdentity]

    @property
    def fields(self) -> list[str]:
        return _known(self.identity)


@dataclass(frozen=True)
class NameHits:
    """Parts in cases of the persons whose names fit: those spelt so, then those that sound so.

    `alike`: the persons among them who only sound so; `more` when there are others.
    """

    people: list[Involvement]
    more: bool
    alike: frozenset[Any] = frozenset()


@service(Perm.IDENTITY_RECORD, label=gettext_lazy("Record who this is"))
def record_identity(
    person: Involvement,
    *,
    full_name: str,
    latin_name: str = "",
    born_on: date | None = None,
    contacts: str = "",
    documents: str = "",
    actor: User,
) -> Identity:
    """Write down who a person of a case is, as the person says it. It is kept encrypted;
    everyone who looks at it gives a reason."""
    identity = new_identity(
        person,
        actor=actor,
        full_name=full_name,
        latin_name=latin_name,
        born_on=born_on,
        contacts=contacts,
        documents=documents,
    )
    Victim.objects.select_for_update().get(pk=person.victim_id)  # two may sit with the person
    if Identity.objects.filter(victim=person.victim_id).exists():
        raise Refused(_("The name is already recorded. Correct it instead."))
    identity.save(force_insert=True)
    audit.record("identity.recorded", identity, actor=actor, fields=_known(identity))
    return identity


def new_identity(person: Involvement, *, actor: User, **facts: object) -> Identity:
    """Who somebody can be, as it is stored; not kept yet."""
    require_identity(person.case, actor)
    return Identity(victim_id=person.victim_id, **_checked(**facts))


def record_each(identities: list[Identity], *, actor: User) -> None:
    """Keep who they are whom a file just brought, in sets."""
    record_identity.check(actor)
    insert(Identity, identities)
    details = [{"fields": _known(identity)} for identity in identities]
    audit.record_each("identity.recorded", identities, actor=actor, details=details)


@service(Perm.IDENTITY_RECORD)
def correct_identity(identity: Identity, *, version: int, actor: User, **changes: Any) -> Identity:
    """Correct who a person is; what it said before is kept, encrypted. Raises `Stale`.

    Only what is named changes; an empty value takes away what was recorded.
    """
    require_person(identity.victim_id, actor, IDENTITY)
    values = _checked(**changes)
    before = Identity.objects.select_for_update().get(pk=identity.pk)
    changed = {name: text for name, text in values.items() if getattr(before, name) != text}
    corrected = amend(identity, version, **changed)
    for name in changed:
        if former := getattr(before, name):
            FormerIdentity.objects.create(
                victim_id=identity.victim_id, field=name, value=former, replaced_by=actor
            )
    audit.record("identity.corrected", corrected, actor=actor, fields=sorted(changed))
    return corrected


def warnings_of(identity: Identity, *, actor: User) -> list[Any]:
    """What there is to be looked at again, now that this name is written down."""
    return [namesake for asked in named for namesake in asked(identity, actor=actor)]


@service(Perm.IDENTITY_VIEW, label=gettext_lazy("Show the name"))
def reveal_identity(person: Involvement, *, reason: str, actor: User) -> RevealedIdentity:
    """Show who a person is, for a minute. Each look leaves its reason and what was seen, never
    what it said."""
    if reason not in NameReason.values:
        raise Refused(_("Say why you need to see the name."))
    identity = identity_of(person, actor)
    former = FormerIdentity.objects.visible_to(actor).filter(victim=person.victim_id)
    revealed_identity = RevealedIdentity(identity, list(former.order_by("-replaced_at", "field")))
    audit.read(
        "identity.revealed",
        identity,
        actor=actor,
        reason=reason,
        fields=revealed_identity.fields,
        former=sorted({row.field for row in revealed_identity.former}),
    )
    return revealed_identity


@service(Perm.IDENTITY_VIEW)
def search_names(name: str, *, actor: User) -> NameHits:
    """Find persons by name among those whose identity is open to this reader.

    Names lie encrypted, so each within the scope is opened and compared, former ones too. What
    lies outside is not even read: it can change neither the answer nor the time it takes.
    """
    try:
        asked = check_question(name)
    except NotAName as exc:
        raise Refused(exc.words) from None
    spelt, heard = _fitting(asked, actor)
    likest = nlargest(MOST_FOUND + 1, heard, key=lambda victim: heard[victim])
    rows = Involvement.objects.visible_to(actor).filter(victim__any_of=[*spelt, *likest])
    spelt_first = models.Case(models.When(victim__any_of=list(spelt), then=0), default=1)
    rows = rows.select_related("case", "victim")
    rows = rows.order_by(spelt_first, "-case__opened_on", "case__reference", "code")
    people = sorted(rows[: MOST_FOUND + 1], key=lambda row: -heard.get(row.victim_id, 2))
    name_hits = NameHits(people[:MOST_FOUND], len(people) > MOST_FOUND, frozenset(heard))
    audit.read_rows(
        "names.searched",
        Involvement._meta.label,
        [row.pk for row in name_hits.people],
        actor=actor,
        shown=audit.about(name_hits.people, actor),
    )
    return name_hits


def _fitting(asked: str, reader: User) -> tuple[set[object], dict[object, float]]:
    """Whose name is spelt so, and how like it the others sound who sound so."""
    question, sound = Question(asked), Heard(asked)
    spelt: set[Any] = set()
    heard: dict[Any, float] = {}
    for victim, name in names_open_to(reader):
        if question.fits(name):
            spelt.add(victim)
        elif like := sound.likeness(name):
            heard[victim] = max(like, heard.get(victim, 0.0))
    return spelt, {victim: like for victim, like in heard.items() if victim not in spelt}


def identity_of(person: Involvement, reader: User) -> Identity:
    """The identity of a person as far as it is open to the reader; refused where none is."""
    identity = Identity.objects.visible_to(reader).filter(victim=person.victim_id).first()
    if identity is None:
        raise Refused(_("No name is recorded for this person, or none is open to you."))
    return identity


def names_open_to(
    reader: User, victims: Iterable[object] | None = None
) -> Iterable[tuple[UUID, str]]:
    """Names and former names of all persons open to the reader, or of these of them."""
    these = {} if victims is None else {"victim__in": list(victims)}
    for identity in Identity.objects.visible_to(reader).filter(**these).only("victim_id", *NAMES):
        for name in NAMES:
            if text := getattr(identity, name):
                yield identity.victim_id, text
    former = FormerIdentity.objects.visible_to(reader).filter(field__in=NAMES, **these)
    for row in former.only("victim_id", "value"):
        yield row.victim_id, str(row.value)


def _checked(**values: object) -> dict[str, str | None]:
    """What is stored: empty is absent, a name is a name, a birth date is possible."""
    try:
        return {name: _as_stored(name, value) for name, value in values.items()}
    except (NotAName, CannotBe) as exc:
        raise Refused(exc.words) from None


def _as_stored(name: str, value: Any) -> str | None:
    if name == IdentityField.FULL_NAME:
        return check_name(value or "")
    if not value:
        return None
    if name == IdentityField.LATIN_NAME:
        return check_name(value)
    if name == IdentityField.BORN_ON:
        return check_birth_date(value).isoformat()
    return str(value)


def _known(identity: Identity) -> list[str]:
    return [name for name in IdentityField.values if getattr(identity, name)]
