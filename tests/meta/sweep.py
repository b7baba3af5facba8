"""One person calls every route about every relation; what differs from the matrix is said."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any
from zlib import crc32

from accounts.models import User
from core.context import acting_as
from core.models import Job
from tests import factories
from tests.api.release_bodies import of_releases
from tests.clients import taken_back
from tests.meta.addresses import CODES, Address, Caller, asked, text_of
from tests.meta.calls import (
    Call,
    World,
    ask,
    calls,
    is_about_cases,
    own_bodies,
    routed,
)
from tests.meta.canaries import RECEIVED, Canary, leaked, readable
from tests.meta.changes import Changes
from tests.meta.forms import filled
from tests.meta.matrix import ROLES, holds
from tests.meta.relations import PEOPLE, RELATIONS, Person, place, reaches
from tests.meta.routes import DECLARED
from tests.meta.rows import finished_run
from tests.meta.sent import SENT
from tests.meta.tables import table
from tests.whole import WHOLE, share

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

REFUSED = {403, 404, 409}
HOME = "own team"
# Who asks: every role in an office, and those who look after all offices.
EVERYWHERE = ("data_officer", "safeguarding_lead")
CALLERS = [f"{role} in the office" for role in ROLES.values()]
CALLERS += [f"{role} in the global office" for role in EVERYWHERE]
# By day one route in ten is asked, by a few of them, and about one relation of each outcome; an
# open act that did not happen yet about every one, by those who have business with it. Which
# relation has which outcome, `test_walls.py` asks of every table. WHOLE=1: all ask about all.
TRIES = 8  # of the rows of one case, from either end


def asks_for_step_up(call: Call, status: int) -> bool:
    """The verb wants a second factor first, which no key can show and this session did not."""
    cls, action = call.address.cls, getattr(call.address.view, "actions", {}).get(call.method)
    verb = cls.services.get(action) if action else cls.service
    away = 302 if call.method == "get" and not action else 403
    return bool(verb and verb.fresh) and status == away


def allows(person: Person, address: Address, method: str) -> bool:
    """Whether the matrix lets a role of this person do it, of the right case."""
    verb, _level = DECLARED.get((address.name, method), ("", ""))
    return bool(verb) and any(holds(role, verb) for role, _at in person.roles)


def tried(several: list[Call]) -> list[Call]:
    """The rows made first, which are plain, and those made last, which are odd."""
    return several if len(several) <= 2 * TRIES else several[:TRIES] + several[-TRIES:]


def is_asked(address: Address, method: str) -> bool:
    """Whether a landing asks this route of the role it is for; at night all."""
    return any(share([f"{address.name} {method}"], "own", one_in=10))


class Sweep:
    """The calls of one person and what is wrong with their answers."""

    def __init__(self, world: World, person: Person, undone: Container[str] = ()) -> None:
        """`undone`: acts known not to complete here, tried to the end only with WHOLE=1."""
        self.world, self.person, self.count = world, person, 0
        self.given_up = () if WHOLE else undone
        self.status = 0  # of the last answer
        self.happens: dict[tuple[str, str], int] = {}  # with which row of a case it does
        self.user = place(person, world.cases)
        if self.has("provider_partner"):
            factories.provider_staff(world.provider, self.user)
        self.own = own_bodies(world.cases["own team"], self.user)
        self.user = User.objects.get(pk=self.user.pk)
        with acting_as(self.user.pk):  # what a reader counts is resolved as the reader
            assert self.user.counting
        self.run = finished_run(self.user)
        self.own |= routed(of_releases(self.user))  # of figures as they count now
        self.caller = Caller(self.user)
        self.performed: set[tuple[str, str]] = set()
        self.forms: dict[str, dict[str, Any] | None] = {}  # what each asks for, by its address
        self.changes = Changes(world)

    def has(self, role: str) -> bool:
        return any(role == mine for mine, _at in self.person.roles)

    def undone(self) -> set[str]:
        """The acts of this person's role, and of no other, that no call of the sweep completed."""
        mine = [a for a in asked("page", "api") if self.has(a.role)]
        every = {(a.name, method) for a in mine for method in a.declared if is_asked(a, method)}
        return {" ".join(act) for act in every - self.performed}

    def disagreements(self) -> list[str]:
        found: list[str] = []
        for call in self.calls():
            found += self.check(call)
        return found

    def calls(self) -> Iterator[Call]:
        for address in asked("page", "api"):
            for method in sorted(address.declared):
                if WHOLE or self.is_chosen(address, method):
                    yield from self.of_method(address, method)

    def is_chosen(self, address: Address, method: str) -> bool:
        """Whoever has business with the route asks, of one in ten; of one in twenty-one also one
        of all others who may, and one who may not.

        Who holds which permission `test_the_code_grants_what_the_matrix_says` asks of everybody.
        """
        if self.has(address.role):
            return is_asked(address, method)
        if not any(share([f"{address.name} {method}"], "others", one_in=21)):
            return False
        open_to_me = allows(self.person, address, method)
        alike = [one for one in CALLERS if allows(PEOPLE[one], address, method) is open_to_me]
        route = f"{address.name} {method}"
        return PEOPLE[min(alike, key=lambda one: crc32(f"{route} {one}".encode()))] == self.person

    def of_method(self, address: Address, method: str) -> Iterator[Call]:
        if not is_about_cases(address, method):
            yield from self.about_no_case(address, method)
            return
        asked: Counter[str] = Counter()
        for relation in self.relations(address):
            wanted = self.expected(address, method, relation)
            asked[wanted] += 1
            waited_for = wanted == "open" and self.may_happen(address, method)
            if WHOLE or waited_for or asked[wanted] == 1:
                yield from self.in_case(address, method, relation, wanted)

    def may_happen(self, address: Address, method: str) -> bool:
        """It did not yet, and nothing says that it never does. By day only those wait for it who
        have business with the route."""
        done = (address.name, method) in self.performed or not self.waits(address)
        return not done and f"{address.name} {method}" not in self.given_up

    def waits(self, address: Address) -> bool:
        return WHOLE or self.has(address.role)

    def in_case(self, address: Address, method: str, relation: str, wanted: str) -> Iterator[Call]:
        """The first row of the case; where the act is open, the first that lets it happen."""
        several = tried(list(calls(self.world, address, method, relation)))
        given_up = f"{address.name} {method}" in self.given_up or not self.waits(address)
        if method == "get" or wanted != "open" or given_up:
            yield several[0]
            return
        known = self.happens.get((address.name, method))
        for index, call in enumerate(several if known is None else several[known : known + 1]):
            yield call
            if self.status < 400:
                self.happens.setdefault((address.name, method), index)
                return
        self.happens.setdefault((address.name, method), 0)

    def about_no_case(self, address: Address, method: str) -> Iterator[Call]:
        written = address.kind == "api" and method != "get"
        several = self.own.get(address.name, []) if written else []
        for path, body in several:
            yield Call(address, method, path, None, body)
        if not several:
            yield Call(address, method, address.path(self.own_key(address)))

    def relations(self, address: Address) -> list[str]:
        """One's own team first; the others in another order for each page, so that all are met."""
        if address.received:
            return [RECEIVED, "own team", "sealed"]
        route = f"{self.person} {address.name}"  # a form is asked for and sent of the same cases
        others = sorted(
            set(self.world.cases) - {HOME}, key=lambda name: crc32(f"{route} {name}".encode())
        )
        return [HOME, *others]

    def own_key(self, address: Address) -> Any:
        """A row of a table that belongs to people instead of cases."""
        if not address.keys or address.name in CODES:
            return None
        if address.model is Job:
            return self.run.pk
        if address.name == "places:merge-agency":  # whatever names it would move
            return factories.agency().pk
        row = address.model.objects.visible_to(self.user).first()
        return row.pk if row else uuid.uuid4()

    # What is right

    def holds(self, address: Address, method: str) -> bool:
        return allows(self.person, address, method)

    def expected(self, address: Address, method: str, relation: str | None) -> str:
        """open, hidden, or refused."""
        if not self.holds(address, method):
            return "refused"
        if relation is None:
            return "open"
        if address.received:
            return "open" if relation == RECEIVED else "hidden"
        name = table(address.model)
        if address.keys and not readable(self.person, self.user, self.row(relation), name):
            return "hidden"
        _verb, level = DECLARED[address.name, method]
        if level == "own":  # about the person's own row: what that is, the verb knows
            return "own"
        if level in "r-" or reaches(self.person, RELATIONS[relation], int(level)):
            return "open"
        return "refused"

    def row(self, relation: str) -> Canary:
        return Canary("", "", relation)

    def wrong_status(self, call: Call, status: int) -> bool:
        expected = self.expected(call.address, call.method, call.relation)
        if status >= 500:
            return True
        if asks_for_step_up(call, status):
            return expected == "hidden"
        if expected == "open":
            return status in {401, 403, 404, 405}
        if expected == "own":
            return status in {401, 405} or (status == 404 and bool(call.address.keys))
        if expected == "hidden":
            return status != 404
        in_body = call.relation is not None and not call.address.keys
        return status not in (REFUSED | {400} if in_body or not call.body else REFUSED)

    # What happens

    def check(self, call: Call) -> list[str]:
        """The call, and every later one that its form asks for."""
        found: list[str] = []
        for body in self.bodies(call):
            found += self.once(Call(call.address, call.method, call.path, call.relation, body))
        return found

    def bodies(self, call: Call) -> list[Any]:
        if call.address.kind == "api" or call.method == "get":
            return [call.body]
        if "get" in call.address.declared and call.path not in self.forms:
            with taken_back():
                answer = ask(self.caller, Call(call.address, "get", call.path))
                self.forms[call.path] = filled(answer)
        shown = self.forms.get(call.path) or {}
        more = SENT.get(call.address.name, [{}])
        return [{"version": "1"} | shown | one for one in more]

    def once(self, call: Call) -> list[str]:
        self.count += 1
        self.caller.stay()
        with taken_back():
            self.changes.begin()
            answer = ask(self.caller, call)
            self.status = answer.status_code
            found = self.unlike(call, answer)
            if call.address.kind == "page" and call.method == "get":
                self.forms[call.path] = filled(answer)
            if self.status < 400:
                found += self.changes.beyond(call, self.person, self.user)
                self.performed.add((call.address.name, call.method))
        return found

    def seen(self, call: Call) -> set[Canary]:
        """The canaries in the answer, whatever its status."""
        with taken_back():
            answer = ask(self.caller, call)
        return self.canaries(call, answer)

    def canaries(self, call: Call, answer: Any) -> set[Canary]:
        text = text_of(answer) + " ".join(answer.headers.values())
        return self.world.register.seen_in(text, call.sent)

    def unlike(self, call: Call, answer: Any) -> list[str]:
        found = []
        if self.wrong_status(call, answer.status_code):
            wanted = self.expected(call.address, call.method, call.relation)
            found.append(f"{call}: {answer.status_code} is not {wanted}")
        seen = self.canaries(call, answer)
        return found + [f"{call}: shows {c}" for c in leaked(self.person, self.user, seen)]
