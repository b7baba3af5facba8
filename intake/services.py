"""What arrives in one piece and touches several apps.

Logging a rescue makes a draft referral for each ticked need of each person brought to safety,
since consent and answers are of one person. One draft for the whole group, split later, would need
a second kind of row, and somebody who remembers to split it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from aftercare.services.referrals import draft_referrals
from casework.services.cases import open_case
from casework.services.plans import carry_out_plan
from casework.services.rescues import record_rescue, register_site
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from intake.choices import for_form
from prosecutions.services.namesakes import Namesake, survivors_arrested
from prosecutions.services.suspects import Arrested, record_arrests
from questions.services.replies import answer_questions
from victims.services.survivors import Person, add_survivors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from accounts.models import User
    from aftercare.models import Referral
    from casework.models import Case, Rescue, RescuePlan, Site
    from places.models import Agency, Jurisdiction
    from prosecutions.models import Arrest
    from questions.asking import Answers
    from questions.models import QuestionSet, Reply
    from victims.models import Involvement


@service(Perm.RESCUE_LOG)
def offer_choices(entered: Mapping[str, Any], *, case: str = "", actor: User) -> dict[str, Any]:
    """What the form offers this officer; the sites and cases among it are shown, so recorded."""
    offered = for_form(actor, entered, case)
    places = [*offered["places"], *offered["more_sites"]]
    ids = list(dict.fromkeys(place["id"] for place in places if "id" in place))
    cases = list(dict.fromkeys(place["case"] for place in places if "case" in place))
    audit.read_rows("rescue.form", "casework.Site", ids, actor=actor, shown=cases)
    return offered


@dataclass(frozen=True)
class LoggedRescue:
    """Everything one report made, and the survivors of the case whose names were arrested."""

    rescue: Rescue
    people: list[Involvement]
    arrests: list[Arrest]
    referrals: list[Referral]
    namesakes: list[Namesake]
    replies: list[Reply]


@service(Perm.RESCUE_LOG)
def log_rescue(
    *,
    occurred_at: datetime,
    jurisdiction: Jurisdiction,
    programme: str,
    case: Case | None = None,
    site: Site | None = None,
    more_sites: Sequence[Site] = (),
    new_sites: Sequence[str] = (),
    agencies: Sequence[Agency] = (),
    people: Sequence[Person] = (),
    arrests: Sequence[Arrested] = (),
    needs: Sequence[str] = (),
    narrative: str = "",
    plan: RescuePlan | None = None,
    replies: Sequence[tuple[QuestionSet, Answers]] = (),
    actor: User,
) -> LoggedRescue:
    """Log a rescue with people, arrests, needs and answers to own questions: all of it or nothing.

    Opens the case when none is named. At `more_sites` of the case it was as well, and at sites of
    the kinds of `new_sites`, which are added to it. Names come later, with consent."""
    sites = list(dict.fromkeys([*([site] if site else []), *more_sites]))
    case = _case_of(case, sites) or _opened(programme, jurisdiction, actor)
    rescue = record_rescue(
        case,
        occurred_at=occurred_at,
        jurisdiction=jurisdiction,
        sites=sites + _added(case, new_sites, jurisdiction, actor),
        agencies=agencies,
        narrative=narrative,
        actor=actor,
    )
    _carried_out(plan, rescue, actor)
    survivors = add_survivors(rescue, people=people, actor=actor) if people else []
    made = record_arrests(rescue, arrested=arrests, actor=actor) if arrests else []
    drafts = _drafted(rescue, survivors, needs, actor)
    audit.record("rescue.logged", rescue, actor=actor, people=len(people), arrests=len(arrests))
    same = _namesakes(rescue, arrests, actor)
    return LoggedRescue(rescue, survivors, made, drafts, same, _answered(rescue, replies, actor))


def _opened(programme: str, jurisdiction: Jurisdiction, actor: User) -> Case:
    case: Case = open_case(programme=programme, jurisdiction=jurisdiction, actor=actor)
    return case


def _drafted(
    rescue: Rescue, people: list[Involvement], needs: Sequence[str], actor: User
) -> list[Referral]:
    """A referral of each person to each need."""
    if not (needs and people):
        return []
    return draft_referrals(rescue, people=people, needs=needs, actor=actor)


def _answered(
    rescue: Rescue, replies: Sequence[tuple[QuestionSet, Answers]], actor: User
) -> list[Reply]:
    """The organisation's own questions about it. A refusal says which of the sets it is about."""
    made = []
    for at, (asked, answers) in enumerate(replies):
        given: Any = {"question_set": asked, "about": rescue.pk, "answers": answers}
        try:
            made.append(answer_questions(rescue.case, **given, actor=actor))
        except Refused as refusal:
            field = refusal.field and f"replies[{at}].{refusal.field}"
            raise Refused(refusal.words, field) from None
    return made


def _carried_out(plan: RescuePlan | None, rescue: Rescue, actor: User) -> None:
    """What was planned is history of the case now."""
    if plan is not None:
        carry_out_plan(plan, version=plan.version, rescue=rescue, actor=actor)


def _namesakes(rescue: Rescue, arrests: Sequence[Arrested], actor: User) -> list[Namesake]:
    """Survivors of the case who bear the name of somebody arrested."""
    names = [person.name for person in arrests if person.name]
    return survivors_arrested(rescue.case, names=names, actor=actor) if names else []


def _case_of(case: Case | None, sites: Sequence[Site]) -> Case | None:
    """The case named, or that of the sites: all belong to one."""
    case = case or (sites[0].case if sites else None)
    if case and any(site.case_id != case.pk for site in sites):
        raise Refused(
            _("The sites belong to different cases. Log a separate rescue for each case.")
        )
    return case


def _added(case: Case, kinds: Sequence[str], place: Jurisdiction, actor: User) -> list[Site]:
    """Sites nobody had recorded before: known by their kind until somebody writes more."""
    return [register_site(case, kind=kind, jurisdiction=place, actor=actor) for kind in kinds]
