"""What a file of setting up asks for, done by the verbs of the pages, as one administrator.

What is there already is left as it is, so the same file may be called again. A role that was ever
asked for is not asked for again: somebody may have refused or ended it for a reason. Everything is
tried, so that all faults are said; whoever calls takes back what was written if there is one.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError

from accounts import invitations
from accounts.forms.people import GOOD_NAME
from accounts.models import AccountChange, ChangeKind, Membership, Office, User
from accounts.roles import Role
from accounts.services.changes import ask_role
from accounts.services.invitations import invite
from accounts.services.offices import open_office
from core.refusals import Words, of_django
from core.services import Refused
from places.adding import KnownAgencies, KnownPlaces
from places.services.agencies import add_agencies
from places.services.choices import change_choices
from places.services.jurisdictions import add_places
from places.wording import KnownChoices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Field

    from accounts.setup_file import Entry, NewOffice, NewPerson, Plan, Spot
    from places.columns import NewAgency, NewChoice, NewPlace

LONGEST_REASON = 300


@dataclass
class Outcome:
    """`made` by what it is; `there`: how many were there already; `kept`: what the file says
    otherwise; `links` by user name."""

    made: Counter[str] = field(default_factory=Counter)
    there: int = 0
    kept: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def at(self, spot: Spot) -> Iterator[None]:
        """What is refused within is a fault at this row."""
        try:
            yield
        except Refused as refusal:
            self.faults.append(spot.says(refusal, refusal.field))

    def keep(self, spot: Spot, **differs: bool) -> None:
        """It is there. Where the file says otherwise, that is told."""
        self.there += 1
        if names := [name for name, is_other in differs.items() if is_other]:
            self.kept.append(
                spot.says(f"It is there with another {' and '.join(names)}, and is left as it is.")
            )


def set_up(plan: Plan, *, actor: User) -> Outcome:
    """Do what is not done yet. Where there are faults, what was written must be taken back."""
    outcome, places = Outcome(), KnownPlaces()
    _places(plan.places, places, outcome, actor)
    _agencies(plan.agencies, places, outcome, actor)
    _choices(plan.choices, outcome, actor)
    for office in plan.offices:
        with outcome.at(office.spot):
            _office(office, places, outcome, actor)
    for person in plan.people:
        with outcome.at(person.spot):
            _person(person, outcome, actor)
    return outcome


def _places(
    entries: Iterable[Entry[NewPlace]], known: KnownPlaces, outcome: Outcome, actor: User
) -> None:
    before, rows = set(known.by_code), []
    for entry in entries:
        new = entry.row
        with outcome.at(entry.spot):
            there = known.same(new)
            if there is None or there.code not in before:
                known.add(new)
                rows.append(new)
                continue
            above = there.parent.code if there.parent else ""
            outcome.keep(
                entry.spot,
                name=there.name != new.name.strip(),
                level=there.level != new.level,
                parent=above != new.parent.strip().upper(),
                time_zone=new.time_zone not in ("", there.time_zone),
                register_code=new.register_code not in ("", there.register_code),
            )
    if rows:
        add_places(rows=rows, actor=actor)
        outcome.made["places"] += len(rows)


def _agencies(
    entries: Iterable[Entry[NewAgency]], places: KnownPlaces, outcome: Outcome, actor: User
) -> None:
    known, rows = KnownAgencies(places), []
    before = dict(known.kinds)
    for entry in entries:
        with outcome.at(entry.spot):
            kind = before.get(known.key(entry.row))
            if kind is None:
                known.add(entry.row)
                rows.append(entry.row)
            else:
                outcome.keep(entry.spot, kind=kind != entry.row.kind)
    if rows:
        add_agencies(rows=rows, actor=actor)
        outcome.made["agencies"] += len(rows)


def _choices(entries: Iterable[Entry[NewChoice]], outcome: Outcome, actor: User) -> None:
    """What somebody has said of a code stays; what nobody has, the file may say."""
    known, rows = KnownChoices(), []
    for entry in entries:
        with outcome.at(entry.spot):
            row, changes = known.take(entry.row)
            differs = {name: getattr(row, name) != value for name, value in changes.items()}
            if row._state.adding or (row.version == 1 and any(differs.values())):
                rows.append(entry.row)
            else:
                outcome.keep(entry.spot, **differs)
    if rows:
        change_choices(rows=rows, actor=actor)
        outcome.made["choices"] += len(rows)


def _office(entry: Entry[NewOffice], places: KnownPlaces, outcome: Outcome, actor: User) -> None:
    new = entry.row
    _check(Office, name=new.name)
    place = places.place(new.jurisdiction, "jurisdiction")
    there = Office.objects.filter(code=new.code.strip()).first()
    if there is None:
        open_office(
            name=new.name,
            code=new.code,
            prefix=new.prefix,
            jurisdiction=place,
            opened_on=new.opened_on,
            is_practice=new.is_practice,
            language=new.language,
            currency=new.currency,
            actor=actor,
        )
        outcome.made["offices"] += 1
        return
    outcome.keep(
        entry.spot,
        name=there.name != new.name.strip(),
        prefix=there.prefix != new.prefix.strip().upper(),
        jurisdiction=there.jurisdiction_id != place.pk,
        opened_on=new.opened_on not in (None, there.opened_on),
        is_practice=there.is_practice != new.is_practice,
        language=new.language not in ("", there.language),
        currency=new.currency.strip().upper() not in ("", there.currency),
    )


def _person(entry: Entry[NewPerson], outcome: Outcome, actor: User) -> None:
    new = entry.row
    _check_words(new)
    office = Office.objects.filter(code=new.office.strip(), closed_on=None).first()
    if office is None:
        raise Refused(Words(f"There is no open office with the short name {new.office}."), "office")
    user = User.objects.filter(username=new.username).first()
    if user is None:
        role, *more = new.roles
        facts = {"name": new.name, "username": new.username, "email": new.email}
        invitation = invite(**facts, office=office, role=role, reason=new.reason, actor=actor)
        outcome.links[new.username] = _link(invitation)
        outcome.made["people"] += 1
        user = invitation.user
    else:
        if user.email.casefold() != new.email.casefold():
            words = "This user name is taken, by somebody with another address for mail."
            raise Refused(Words(words), "username")
        outcome.keep(entry.spot, name=user.name != new.name)
        more = [*new.roles]
    for role in more:
        if not _was_asked(user, office, role):
            ask_role(user, office=office, role=role, reason=new.reason, actor=actor)
            outcome.made["further roles"] += 1


def _check_words(new: NewPerson) -> None:
    """Raises `Refused` with the key at fault."""
    for role in new.roles:
        if role not in Role.values:
            known = ", ".join(Role.values)
            raise Refused(Words(f"{role} is no role. Choose from: {known}."), "roles")
    if len(set(new.roles)) < len(new.roles):
        raise Refused(Words("Name each role once."), "roles")
    if not new.reason.strip() or len(new.reason) > LONGEST_REASON:
        raise Refused(Words(f"One line of at most {LONGEST_REASON} signs."), "reason")
    if not new.email:
        raise Refused(Words("Enter an address for mail."), "email")
    _check(User, name=new.name, username=new.username, email=new.email)
    with _at("username"):
        GOOD_NAME(new.username)


def _check(model: type[User | Office], **values: str) -> None:
    """Against the columns: too long, empty, no address. Raises `Refused` with the key at fault."""
    for key, value in values.items():
        with _at(key):
            column = cast("Field[str, str]", model._meta.get_field(key))
            column.clean(value, None)


@contextmanager
def _at(key: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise Refused(of_django(error), key) from None


def _was_asked(user: User, office: Office, role: str) -> bool:
    """Also if it was refused or has ended."""
    given = {"user": user, "office": office, "role": role}
    account_changes = AccountChange.objects.filter(kind=ChangeKind.GIVE, **given)
    return account_changes.exists() or Membership.objects.filter(**given).exists()


def _link(invitation: invitations.Invitation) -> str:
    """Opened at once, so it is not sent by mail as well."""
    token = invitations.new_token()
    invitations.open_link(invitation, token)
    return invitations.address(token)
