"""Looking is an act: what a page showed of cases is recorded in the transaction that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.list_views import page_of
from accounts.permissions import Perm
from casework.at_hand import note_opened
from casework.models import Task
from casework.services.cases import require_content
from core import audit
from core.models import AuditEvent, ChainLink
from core.refusals import gettext as _
from core.services import Refused, service
from desk.case.file import OVERVIEW, case_page
from desk.case.rescue import rescue_page
from desk.case.rescue_history import rescue_history
from desk.case.summary import Summary
from desk.case.timeline import ON_A_PAGE, timeline
from desk.closing.readiness import Unmet, unmet
from desk.going import Ways, ways
from desk.lists.cases import case_list
from desk.lists.to_do import long_overdue_of, to_do_list
from desk.search import Hits, find, question
from desk.survivor.hub import survivor_page
from desk.survivor.ledger import Ledger
from desk.today.page import today
from desk.today.setting_up import SettingUp, setting_up
from desk.trail.chain import chain
from desk.trail.events import described
from desk.trail.filters import TrailFilter
from desk.trail.readers import readers_of_case, readers_of_person
from desk.trail.unusual import unusual
from victims.models import Involvement
from victims.services.basis import share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from casework.models import Case, Rescue

    Query = Mapping[str, str]

# Of Today, each row of one case.
PARTS = ("tonight", "recent_rescues", "my_cases", "disclosed", "tasks", "snoozed")


@service(Perm.CASE_VIEW)
def read_case(case: Case, *, page: str = OVERVIEW, actor: User) -> dict[str, Any]:
    """One page of a case, as this reader may see it; it is at hand from now on."""
    case.pinned = note_opened(case, actor)
    context = case_page(case, actor, page)
    ids = [*context.pop("told", ())]
    ids += (context.get("borders") or {}).get("cases", ())
    ids += [note["id"] for note in (context.get("notes") or {}).get("notes", ())]
    content = context["can_see_content"]
    audit.read("case.read", case, actor=actor, shown=ids, content=content, page=page)
    return context


@service(Perm.RESCUE_VIEW)
def read_rescue(rescue: Rescue, *, actor: User) -> dict[str, Any]:
    """The page of a rescue."""
    context = rescue_page(rescue, actor)
    audit.read("rescue.read", rescue, actor=actor, shown=context.pop("shown"))
    return context


@service(Perm.RESCUE_VIEW)
def read_rescue_history(rescue: Rescue, *, actor: User) -> list[dict[str, object]]:
    """What was changed in the record of a rescue, for programs."""
    audit.read("rescue.history", rescue, actor=actor)
    return rescue_history(rescue, actor)


@service(Perm.CASE_VIEW)
def read_timeline(
    case: Case, *, kind: str = "", cursor: str = "", item: str = "", limit: int = 0, actor: User
) -> dict[str, Any]:
    """One page of what happened in a case, and at its head what is listed."""
    size = limit or ON_A_PAGE
    page = timeline(case, actor, kind=kind, cursor=cursor, item=item, size=size)
    parts = [row["person"] for row in (*page["ahead"], *page["items"]) if row["person"]]
    people = Involvement.objects.visible_to(actor).filter(pk__any_of=parts)
    seen = [pk for pair in people.values_list("pk", "victim") for pk in pair]
    audit.read("timeline.read", case, actor=actor, shown=seen)
    return page


@service(Perm.CASE_VIEW)
def read_case_list(query: Mapping[str, str], *, actor: User) -> dict[str, Any]:
    """One page of the list of cases."""
    page = case_list(actor, query)
    ids = [row.id for row in page["cases"]]
    audit.read_rows("case.list", "casework.Case", ids, actor=actor)
    return page


@service(Perm.CASE_CLOSE)
def read_readiness(case: Case, *, actor: User) -> list[Unmet]:
    """What must be settled before a case is closed."""
    require_content(case, actor)
    audit.read("case.readiness", case, actor=actor)
    return unmet(case, actor)


@service(Perm.CASE_VIEW)
def read_summary(case: Case, *, whom: str = "", actor: User) -> dict[str, object]:
    """A case on one sheet, as it is printed: for our own work, or for somebody outside."""
    summary = Summary(case, actor, whom)
    sheet = summary.shown()
    people = [pk for row in summary.people for pk in (row.pk, row.victim_id)]
    seen: dict[str, Any] = {"shown": people, "whom": whom, "left_out": summary.left_out}
    audit.read("case.summarised", case, actor=actor, **seen)
    return sheet


@service(Perm.CONSENT_KEEP)
def give_summary(case: Case, *, whom: str, actor: User) -> dict[str, object]:
    """Give the sheet of a case to somebody outside: written down for each survivor on it, on the
    strength of the consent that a withdrawal calls back."""
    require_content(case, actor)
    summary = Summary(case, actor, whom)
    if not whom:
        raise Refused(_("Choose who it is printed for."), "for")
    if not summary.people:
        raise Refused(_("Nobody in this case has agreed to that, so there is no file."))
    survivors = summary.untold
    for person in survivors:
        share(person, summary.purpose, summary.recipient, actor=actor)
    audit.record("summary.given", case, actor=actor, whom=whom, people=len(survivors))
    return read_summary(case, whom=whom, actor=actor)


@service(Perm.CASE_VIEW)
def search(text: str, *, actor: User) -> list[Hits]:
    """Find what fits among all that is open to this reader. What was typed is kept nowhere."""
    kinds = find(question(text), actor)
    hits = [hit for kind in kinds for hit in kind.hits]
    cases = list(dict.fromkeys(hit.case for hit in hits))
    ids = [hit.id for hit in hits]
    audit.read_rows("search.asked", "casework.Case", cases, actor=actor, shown=ids)
    return kinds


@service(Perm.REFERRAL_VIEW)
def read_ledger(person: Involvement, *, actor: User) -> dict[str, object]:
    """What a survivor is owed, was paid and claimed, and her journeys."""
    ledger = Ledger(person, actor)
    page = ledger.shown()
    rows = [row["row"].pk for row in page["journeys"]]
    seen = [person.victim_id, person.case_id, *rows, *ledger.kept]
    audit.read("ledger.read", person, actor=actor, shown=seen)
    return page


@service(Perm.READERS_VIEW)
def read_case_readers(case: Case, query: Query, *, path: str, actor: User) -> dict[str, object]:
    """Who saw this case. Asking is recorded, too."""
    page = readers_of_case(case, actor, query, path)
    audit.read("readers.read", case, actor=actor)
    return page


@service(Perm.READERS_VIEW)
def read_person_readers(
    person: Involvement, query: Query, *, path: str, actor: User
) -> dict[str, object]:
    """Who saw this survivor."""
    page = readers_of_person(person, actor, query, path)
    audit.read("readers.read", person, actor=actor)
    return page


@service(Perm.VICTIM_VIEW)
def read_survivor(person: Involvement, *, actor: User) -> dict[str, object]:
    """The page of a survivor, from one case."""
    page = survivor_page(person, actor)
    audit.read("survivor.read", person, actor=actor, shown=page["others"])
    return page


@service(Perm.AUDIT_VIEW)
def read_trail(query: Query, *, actor: User) -> dict[str, object]:
    """One page of the whole trail, for an auditor."""
    page = page_of(TrailFilter(query, user=actor))
    ids = [event.pk for event in page.rows]
    audit.read_rows("audit.read", AuditEvent._meta.label, ids, actor=actor)
    return {"list": page, "events": described(page.rows)}


@service(Perm.AUDIT_VIEW)
def read_unusual(*, actor: User) -> list[dict[str, object]]:
    """Who read or tried more today than work explains."""
    findings = unusual(actor)
    audit.read_rows("audit.unusual", AuditEvent._meta.label, [], actor=actor)
    return findings


@service(Perm.CHAIN_VIEW)
def read_chain(*, actor: User) -> dict[str, object]:
    """How far the history is chained, and which head left this machine when."""
    facts = chain()
    audit.read_rows("audit.chain", ChainLink._meta.label, [], actor=actor)
    return facts


@service(Perm.SESSION_LOCK)
def read_today(*, actor: User) -> dict[str, Any]:
    """Today of this person."""
    page = today(actor)
    ids = [row["id"] for part in PARTS[:2] for row in page.get(part, ())]
    cases = [row["case"] for part in PARTS for row in page.get(part, ())]
    cases += [entry.case.pk for entry in page.get("at_hand", ())]
    audit.read_rows("today.read", "casework.Rescue", ids, actor=actor, shown=cases)
    return page


@service(Perm.SESSION_LOCK)
def read_ways(*, actor: User) -> Ways:
    """Where this person can go from everywhere."""
    context = ways(actor)
    cases = [entry.case.pk for entry in context["at_hand"]]
    audit.read_rows("ways.read", "casework.Case", cases, actor=actor)
    return context


@service(Perm.PEOPLE_MANAGE)
def read_setting_up(*, actor: User) -> SettingUp:
    """What the organisation needs before its first case, and what of it is there."""
    state = setting_up(actor)
    audit.read_rows("setting_up.read", "accounts.Office", [], actor=actor)
    return state


@service(Perm.SESSION_LOCK)
def read_to_do(query: Query, *, actor: User) -> dict[str, object]:
    """One page of all that needs this person."""
    page = to_do_list(actor, query)
    ids = [row["id"] for row in page["tasks"]]
    cases = [row["case"] for row in page["tasks"]]
    audit.read_rows("task.read", Task._meta.label, ids, actor=actor, shown=cases)
    return page


@service(Perm.TASK_VIEW)
def read_long_overdue(kind: str, *, actor: User) -> dict[str, object] | None:
    """What is long overdue of one kind; nothing where this person is not asked by it."""
    fold = long_overdue_of(actor, kind)
    rows = fold["tasks"] if fold else []
    ids, cases = [row["id"] for row in rows], [row["case"] for row in rows]
    audit.read_rows("task.read", Task._meta.label, ids, actor=actor, shown=cases)
    return fold
