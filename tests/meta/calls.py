"""How every route is called: which row, which body, which form; about a case of every relation."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import resolve
from django.utils import timezone

from aftercare.models import Referral
from casework.models import Case, Disclosure, Seal
from tests import factories
from tests.api.care_bodies import previews
from tests.api.exchange_bodies import files
from tests.api.field_bodies import versioned_in_field
from tests.api.ledger_bodies import versioned
from tests.api.persons_bodies import completed
from tests.api.phone_bodies import of_boxes
from tests.api.place_bodies import changed_places
from tests.api.question_bodies import versioned_questions
from tests.api.release_bodies import versioned_releases
from tests.api.retention_bodies import versioned_retention
from tests.api.struck_bodies import struck
from tests.api.study_bodies import changed_studies
from tests.api.world import REPORT, creates
from tests.clients import needs_a_person
from tests.factories import care, justice, programs
from tests.meta.addresses import CODES, Address
from tests.meta.canaries import KEY, RECEIVED, Register
from tests.meta.forms import WORDS
from tests.meta.relations import RELATIONS, build
from tests.meta.rows import sent_referral, withdrawal_to
from tests.meta.tables import as_made, know_sizes, walled
from tests.whole import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Bodies = dict[str, list[tuple[str, Any]]]  # by route the addresses and what is sent there

# The relations of the issue, and those in which a wall once differed.
MAIN = (
    "own team",
    "own office",
    "other office",
    "sealed",
    "conflicted, on the team",
    "sealed and named",
    "disclosed",
    "disclosed in part",
    "disclosure expired",
    "glass broken",
    "glass over",
    "sealed, on the team, not named",
    "own team, ended",
    "team in another office",
)
# Of which the matrix has a case by day: the first of each outcome at each level.
ASKED = MAIN if WHOLE else MAIN[: MAIN.index("disclosed in part")]
# Bodies that name no row of a case: called once, whatever the relation.
WITHOUT_CASE = {"case-list", "report-run-list", "emergency-list", "htcds-import-list"}
WITHOUT_CASE |= {"htcds-import-preview", "htcds-export-list", "ctdc-export-list"}
WITHOUT_CASE |= {"workbook-import-list", "transfer-caseload"}
LEGS = [
    {"kind": "recruitment", "jurisdiction": "KH"},
    {"kind": "exploitation", "jurisdiction": "PH"},
]


@dataclass
class World:
    """A case for each relation, with a canary in every field, and what to send about it."""

    cases: dict[str, Case]
    register: Register
    bodies: dict[str, Bodies]
    provider: Any
    rows: dict[tuple[Any, str], list[Any]] = field(default_factory=dict)

    def of(self, model: Any, relation: str) -> list[Any]:
        """The rows of this table in the case of this relation."""
        return self.rows.get((model, relation), [])


def build_world(names: tuple[str, ...] = MAIN) -> World:
    cases = build(names)
    bodies = {name: by_route(case, factories.user("auditor")) for name, case in cases.items()}
    sent = [sent_referral(cases["other office"]) for _one in range(4)]
    for helped in sent[2:]:
        Referral.objects.filter(pk=helped.pk).update(status="accepted", answered_at=timezone.now())
    withdrawn = withdrawal_to(cases["other office"], sent[0].provider)
    bodies[RECEIVED] = answers(sent) | acknowledged(withdrawn)
    for make in (programs.backup, programs.drill):  # of no case, and made by no call
        make()
    open_seals(cases)
    know_sizes()  # before each of these rows is written once more
    world = World(cases, Register(), bodies, sent[0].provider)
    known = {case.pk: name for name, case in cases.items()}
    for model in walled():
        joined = {"case": "case__office", "office": "office"}
        whose = [path for name, path in joined.items() if hasattr(model, name)]
        rows = list(as_made(model.objects.select_related(*whose or [None])))
        relations = [relation_of(case, known) for case in cases_of(rows)]
        for number, row in enumerate(rows):
            if row in sent:
                Referral.objects.filter(pk=row.pk).update(provider=world.provider)
                row.refresh_from_db()
            if row in sent or row == withdrawn:
                relations[number] = RECEIVED
            world.rows.setdefault((model, relations[number]), []).append(row)
        world.register.plant(rows, relations)
    know_sizes()
    return world


def case_of(row: Any) -> Case:
    return cases_of([row])[0]


def cases_of(rows: Sequence[Any]) -> list[Case]:
    """Of each of these rows of one table its case; of a person the first."""
    if not rows or isinstance(rows[0], Case):
        return [*rows]
    if hasattr(rows[0], "case"):
        return [row.case for row in rows]
    rule, meta = type(rows[0]).access, rows[0]._meta
    own = "pk" if rule.own == "pk" else meta.get_field(rule.own).attname
    persons = [getattr(row, own) for row in rows]
    through = apps.get_model(rule.through).objects.filter(**{f"{rule.key}__in": persons})
    newest_first = through.select_related("case__office").order_by("-created_at")
    of = {getattr(link, f"{rule.key}_id"): link.case for link in newest_first}
    return [of[person] for person in persons]


def relation_of(case: Case, known: dict[Any, str]) -> str:
    """Of this case; those that bodies need beside it are nobody's own."""
    if case.pk in known:
        return known[case.pk]
    if case.sealed:
        return "sealed"
    return "own office" if case.office.code == "kolkata" else "other office"


def by_route(case: Case, user: Any) -> Bodies:
    """What the tests of the interface send, by the route it goes to; and what they leave out."""
    referral, suspect = factories.referral(case), factories.suspect(case)
    victim = factories.identity(case).victim
    bodies: dict[str, Any] = creates(case, user) | {
        f"cases/{case.pk}/": [{"programme": "osec"}],
        f"cases/{case.pk}/move/": [{"step": "assess"}],
        f"referrals/{referral.pk}/move/": [{"step": "withdraw"}],
        f"suspects/{suspect.pk}/name/": [{"name": "Invented Name"}],
        f"suspects/{suspect.pk}/death/": [{"died_on": "2026-10-02"}],
        f"networks/{justice.network(case).pk}/": [{"status": "dormant"}],
        f"corridors/{justice.corridor(case).pk}/": [{"legs": LEGS}],
        f"perpetrators/{suspect.perpetrator_id}/": [{"sex": "male"}],
        f"arrests/{factories.arrest(case).pk}/": [{"attribution": "own"}],
        f"custodies/{factories.custody(case).pk}/": [{"in_court_on": "2026-03-13"}],
        "calendar-feed/": [{}],
        f"judgments/{factories.judgment(case).pk}/correct-attribution/": [{"attribution": "own"}],
        f"identities/{victim.identity.pk}/": [{"full_name": "Invented Name"}],
        **_cared_for(case),
        f"cases/{case.pk}/close/": [{"reason": "goals_met", "override": WORDS}],
        f"cases/{case.pk}/reopen/": [{"reason": WORDS}],
        f"cases/{case.pk}/only-aftercare/": [{}],
        "rescue-reports/": [REPORT | {"case": str(case.pk)}],
        **_answered(case),
        **versioned(case),
        **_changed(case),
        **_corrected(case),
        **struck(case),
        **versioned_in_field(case),
        **versioned_questions(case),
        **completed(case),
        **changed_studies(),
        **changed_places(),
        f"views/{factories.saved_view(user).pk}/": [{"name": "Another"}],
    }
    return routed(bodies)


def _cared_for(case: Case) -> Bodies:
    """What changes a placement, a plan, a goal or an assessment, by the version that was read."""
    begun = care.assessment(case, status="begun")
    over = {"until": "2026-06-01", "ended_for": "planned"}
    bodies: dict[str, Any] = {
        f"providers/{factories.provider().pk}/": [{"places_any": 3}],
        f"placements/{care.placement(case).pk}/end/": [over],
        f"placements/{care.placement(case).pk}/correct/": [
            {"kind": "hospital", "since": "2026-03-20"}
        ],
        f"care-plans/{care.care_plan(case).pk}/close/": [
            {"closed_on": "2026-06-01", "closed_for": "declined"}
        ],
        f"goals/{care.goal(case).pk}/end/": [{"status": "met", "ended_on": "2026-06-01"}],
        f"assessments/{begun.pk}/answer/": [{"domain": "safety", "answers": {"abuse": 2}}],
        f"assessments/{care.assessment(case).pk}/move/": [{"step": "take_up"}],
    }
    return bodies


def _answered(case: Case) -> Bodies:
    """What ends a question or a matter, by the version that was read."""
    day = {"answered_on": "2026-06-01"}
    ended = {"ended": "dropped", "ended_on": "2026-06-01"}
    bodies: dict[str, Any] = {
        f"accusations/{justice.accusation(case).pk}/end/": [ended],
        f"answers/{justice.answer(case).pk}/accept/": [{}],
        f"answers/{justice.answer(case).pk}/refuse/": [{"reason": "Invented reason"}],
        f"assistance-requests/{justice.assistance_request(case).pk}/answer/": [
            day | {"answer": "given"}
        ],
        f"protective-measures/{justice.protective_measure(case).pk}/answer/": [
            day | {"answer": "granted"}
        ],
    }
    return bodies


def _changed(case: Case) -> Bodies:
    """What becomes of a charge that no court has decided, and of a sum written down wrongly."""
    charge, person = factories.charge(case), factories.involvement(case)
    ordered = factories.sentence(case)
    ordered.compensation, ordered.currency = 90000, "INR"
    ordered.save()
    paid = justice.compensation_payment(sentence=ordered)
    bodies: dict[str, Any] = {
        f"charges/{charge.pk}/plead/": [{"plea": "not_guilty", "pleaded_on": "2026-06-01"}],
        f"charges/{charge.pk}/amend/": [
            {"provision": str(factories.provision("5").pk), "amended_on": "2026-06-01"}
        ],
        f"charges/{charge.pk}/name-survivors/": [{"survivors": [str(person.pk)]}],
        f"compensation-payments/{paid.pk}/": [{"amount": "10.00"}],
        f"sentences/{ordered.pk}/share/": [
            {"shares": [{"survivor": str(person.pk), "amount": "40000.00"}]}
        ],
    }
    return bodies


def _corrected(case: Case) -> Bodies:
    """What was recorded of police and courts, put right."""
    sentence = factories.sentence(case)
    charge = str(sentence.judgment.decisions.get().charge_id)
    stage = justice.stage_reached(case, stage="evidence")
    rows: dict[str, tuple[Any, dict[str, Any]]] = {
        "suspects": (factories.suspect(case), {"role": "recruiter"}),
        "complaints": (factories.complaint(case), {"number": "17/2026"}),
        "police-reports": (justice.police_report(case), {"kind": "false"}),
        "prosecutions": (factories.prosecution(case), {"docket": "SC 7/2026"}),
        "stages-reached": (stage, {"reached_on": "2026-05-03"}),
        "charges": (factories.charge(case), {"offence_on": "2026-03-09"}),
        "judgments": (factories.judgment(case), {"decided_on": "2026-09-03"}),
        "appeals": (
            factories.appeal(judgment=factories.decision(case).judgment),
            {"appellant": "other"},
        ),
        "sentences": (factories.sentence(case), {"months": 96}),
        "corridor-legs": (justice.corridor_leg(case), {"kind": "transit"}),
        "assistance-requests": (justice.assistance_request(case), {"kind": "arrest"}),
        "protective-measures": (justice.protective_measure(case), {"kind": "screen"}),
        "accusations": (justice.accusation(case), {"offence": "theft"}),
    }
    bodies: dict[str, Any] = {
        f"{noun}/{row.pk}/": [body | {"reason": "typing"}] for noun, (row, body) in rows.items()
    }
    wrong = {"charges": [charge], "reason": "person"}
    free = factories.custody(case, ended_on="2026-06-01", ended="bail")
    because, member = {"reason": "typing"}, justice.network_member(case)
    held = [factories.hearing(case, result="held").pk for _ in range(2)]
    return bodies | {
        f"hearings/{held[0]}/correct-listing/": [{"purpose": "arguments"} | because],
        f"hearings/{held[1]}/take-back/": [because],
        f"networks/{member.network_id}/correct/": [{"identified_on": "2026-03-29"} | because],
        f"network-members/{member.pk}/correct/": [{"role": "financier"} | because],
        f"judgments/{sentence.judgment_id}/enter-in-error/": [wrong],
        f"custodies/{free.pk}/correct-end/": [{"sureties": 1} | because],
        f"hearings/{factories.hearing(case).pk}/take-off/": [because],
    }


def open_seals(cases: dict[str, Case]) -> None:
    """A seal on a case that is not sealed is one of former days."""
    for seal in Seal.objects.filter(case__in=cases.values(), case__level=1):
        seal.status, seal.asked_by, seal.opened_by = "opened", factories.user(), factories.user()
        seal.opened_at = timezone.now()
        seal.save()


def answers(sent: list[Any]) -> Bodies:
    """What a provider says to the referrals sent to it."""
    first, second, third, fourth = (f"received-referrals/{row.pk}" for row in sent)
    reason, told = {"reason": "No bed is free"}, {"text": "Invented progress"}
    helped = {f"{third}/complete/": [{}], f"{fourth}/note/": [told]}
    return routed({f"{first}/accept/": [{}], f"{second}/decline/": [reason]} | helped)


def acknowledged(row: Any) -> Bodies:
    """What a provider says to a consent that is withdrawn."""
    return routed({f"received-withdrawals/{row.pk}/acknowledge/": [{}]})


def own_bodies(case: Case, user: Any) -> Bodies:
    """What is sent about rows that belong to this person, or to nobody's case."""
    mine = list(user.memberships.values_list("pk", flat=True))
    of_others = previews() | files() | of_boxes(user) | versioned_retention(case)
    of_others |= versioned_releases(user)
    bodies = routed(creates(case, user) | of_others)
    user.memberships.exclude(pk__in=mine).delete()  # an office those bodies need, not this person
    Disclosure.objects.filter(case=case, user=user).delete()  # nor is this person told of the case
    return bodies


def routed(bodies: dict[str, Any]) -> Bodies:
    """By route the addresses and bodies."""
    found: Bodies = {}
    for path, several in bodies.items():
        sent = [(f"/api/v1/{path}", body) for body in several if body is not None]
        found.setdefault(resolve(f"/api/v1/{path}").view_name, []).extend(sent)
    return found


@dataclass(frozen=True)
class Call:
    """One call: to which route, about which relation, with what."""

    address: Address
    method: str
    path: str
    relation: str | None = None
    body: Any = None

    def __str__(self) -> str:
        about = f" ({self.relation})" if self.relation else ""
        return f"{self.method} {self.address.name}{about}"

    @property
    def sent(self) -> str:
        return self.path + json.dumps(self.body, default=str)


def calls(world: World, address: Address, method: str, relation: str) -> Iterator[Call]:
    """The calls of this method about the case of this relation."""
    if address.kind == "api" and method != "get":
        several = world.bodies[relation].get(address.name, [])
        for path, body in several:
            yield Call(address, method, here(world, address, path, relation), relation, body)
        if not address.keys and not several:
            yield Call(address, method, address.path(), relation)
        if several or not address.keys:
            return
    for row in world.of(address.model, relation) or [None]:
        key = getattr(row, "rescue_id" if address.name == "casework:narrative" else "pk", None)
        yield Call(address, method, address.path(key or uuid.uuid4()), relation)


def here(world: World, address: Address, path: str, relation: str) -> str:
    """The path, if its row is of this case; bodies that need a case of their own are sent here."""
    (key,) = KEY.findall(path) or [""]
    known = world.register.known.get(key)
    if not address.keys or (known and known.relation == relation):
        return path
    rows = world.of(address.model, relation)
    return path.replace(key, str(rows[0].pk if rows else uuid.uuid4()))


def is_about_cases(address: Address, method: str) -> bool:
    """Whether the answer depends on how one stands to a case."""
    if address.name in CODES or address.name in WITHOUT_CASE:
        return False
    if address.keys:
        return address.model in walled()
    return address.kind == "api" and method == "post" and address.model in walled()


def ask(caller: Any, call: Call) -> Any:
    """Send it: pages by session, the interface by key, but where only a session opens the case."""
    if call.address.kind == "page":
        send = getattr(caller.client, call.method)
        return send(call.path, call.body or {})
    relation = RELATIONS.get(call.relation)
    in_emergency = relation is not None and relation.glass is not None
    in_session = in_emergency or needs_a_person(call.method, call.path)
    by_key = {} if in_session else caller.headers
    headers = by_key | {"If-Match": '"1"'}
    body = "" if call.method == "get" else json.dumps(call.body or {})
    return caller.client.generic(
        call.method.upper(), call.path, body, content_type="application/json", headers=headers
    )
