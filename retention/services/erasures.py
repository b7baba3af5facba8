"""What has had its time, and survivors who are to be erased: two persons confirm, one may undo it
for thirty days or keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from casework.models import Case, Document, Note
from casework.services.cases import require_content
from casework.services.opening import holding_on, require_reason
from core import audit
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, Stale, service
from core.verbs.arguments import Column
from places.models import Jurisdiction
from retention.enums import (
    BEFORE,
    LAW_LENGTH,
    REASON_LENGTH,
    UNDER_WAY,
    UNDO_DAYS,
    ErasureStatus,
)
from retention.models import Erasure, Tombstone
from victims.models import Involvement

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

MOST = 200
Law = Annotated[
    str,
    Column(
        length=300,
        label=gettext_lazy("Legal source"),
        help=gettext_lazy("The law that gives this right, with its section. Leave names out."),
    ),
]
Papers = Annotated[
    Sequence[Document],
    Column(
        label=gettext_lazy("Documents about this survivor alone"),
        help=gettext_lazy(
            "They are erased with their files. Records that are also about others stay."
        ),
    ),
]
Notes = Annotated[
    Sequence[Note],
    Column(
        label=gettext_lazy("Notes about this survivor alone"),
        help=gettext_lazy(
            "Write a new note about several people without the name, and tick the old one."
        ),
    ),
]
UNSAID: dict[str, Any] = {
    "first_by": None,
    "first_at": None,
    "second_by": None,
    "second_at": None,
    "not_before": None,
}


@service(Perm.ERASURE_DECIDE, fresh=True, label=gettext_lazy("Erase this survivor"))
def propose_erasure(
    involvement: Involvement,
    *,
    legal_source: Law,
    documents: Papers = (),
    notes: Notes = (),
    actor: User,
) -> Erasure:
    """Propose to erase one survivor from every case. The cases, and everybody else in them,
    stay. Two persons confirm; the erasure follows thirty days after the second."""
    case = involvement.case
    require_content(case, actor)
    if len(legal_source.strip()) < LAW_LENGTH:
        raise Refused(_("Name the law or the decision it is based on."), "legal_source")
    papers = {"documents": documents, "notes": notes}
    for name, chosen in papers.items():
        if any(paper.case_id != case.pk for paper in chosen):
            raise Refused(_("This belongs to another case."), name)
    person = involvement.victim.merged_into_id or involvement.victim_id
    if Erasure.objects.filter(of_person=person, status__in=UNDER_WAY).exists():
        raise Refused(_("This has already been proposed."))
    require_not_held(case.pk, person)
    erasure: Erasure = Erasure.objects.create(
        of_case=case.pk,
        of_person=person,
        papers=[paper.pk for chosen in papers.values() for paper in chosen],
        country=Jurisdiction.objects.get(code=case.jurisdiction.country),
        due_on=clock.today(),
        basis=legal_source.strip(),
    )
    tell(holding_on(case, Perm.ERASURE_DECIDE).exclude(pk=actor.pk), "erasures-due", target=erasure)
    audit.record("erasure.asked", erasure, actor=actor, part=str(involvement.pk))
    return erasure


@service(Perm.ERASURE_DECIDE, fresh=True, label=gettext_lazy("Confirm the erasure"))
def confirm_erasure(erasure: Erasure, *, version: int, actor: User) -> Erasure:
    """Confirm that a case or a survivor be erased; two persons must. Thirty days after the
    second, rows, files and former values are erased. With a case go the persons who are in no
    other case; with a survivor, their parts in every case. This cannot be undone."""
    current = _now(erasure, version, actor)
    if current.status not in (ErasureStatus.PROPOSED, ErasureStatus.ONCE):
        raise Refused(_("This has already been confirmed."))
    if current.of_case:
        require_not_held(current.of_case, current.of_person)
    now = timezone.now()
    if current.status == ErasureStatus.PROPOSED:
        return _write(
            current, actor, "first", status=ErasureStatus.ONCE, first_by=actor, first_at=now
        )
    if current.first_by_id == actor.pk:
        raise Refused(_("A second person must confirm, not the one who already did."))
    return _write(
        current,
        actor,
        "second",
        status=ErasureStatus.CONFIRMED,
        second_by=actor,
        second_at=now,
        not_before=now + timedelta(days=UNDO_DAYS),
    )


@service(Perm.ERASURE_DECIDE, label=gettext_lazy("Take back the erasure"))
def undo_erasure(erasure: Erasure, *, version: int, actor: User) -> Erasure:
    """Take back a confirmed erasure before it is carried out; one person is enough. It is on
    the list again, for two persons."""
    current = _now(erasure, version, actor)
    if current.status not in (ErasureStatus.ONCE, ErasureStatus.CONFIRMED):
        raise Refused(_("Nobody has confirmed it yet."))
    return _write(current, actor, "undone", status=ErasureStatus.PROPOSED, **UNSAID)


@service(Perm.ERASURE_DECIDE, label=gettext_lazy("Keep it longer"))
def keep_case(
    erasure: Erasure,
    *,
    version: int,
    kept_until: Annotated[date, Column(ahead=True, needed=True)],
    kept_for: Annotated[str, Column(length=1000, needed=True)],
    actor: User,
) -> Erasure:
    """Keep records that were to be erased until a later day, with a reason. They are proposed
    again after that day."""
    current = _now(erasure, version, actor)
    require_reason(kept_for, REASON_LENGTH, "kept_for")
    if kept_until <= clock.today():
        raise Refused(_("Enter a day in the future."), "kept_until")
    return _write(
        current,
        actor,
        "kept",
        status=ErasureStatus.KEPT,
        kept_by=actor,
        kept_until=kept_until,
        kept_for=kept_for,
        **UNSAID,
    )


@service(Perm.RETENTION_VIEW)
def read_due(*, actor: User) -> dict[str, Any]:
    """What has had its time, what is kept longer, and what is left of what was erased."""
    rows = Erasure.objects.visible_to(actor).exclude(status=ErasureStatus.ERASED)
    due = list(rows.order_by("due_on", "pk")[:MOST])
    cases = {
        case.pk: case
        for case in Case.objects.visible_to(actor).filter(pk__in=[row.of_case for row in due])
    }
    audit.read_rows(
        "erasure.due", "retention.Erasure", [row.pk for row in due], actor=actor, shown=cases
    )
    stones = Tombstone.objects.visible_to(actor).select_related("country")
    return {
        "due": [{"row": row, "label": _label(row, cases.get(row.of_case))} for row in due],
        "stones": stones.order_by("-erased_on", "-id")[:MOST],
    }


def _label(row: Erasure, case: Case | None) -> str:
    if case:
        return case.reference
    return row.get_of_kind_display() if row.of_kind else gettext("Gone")


@dataclass(frozen=True)
class About:
    """What of it this reader may see: the case, and what is told of the survivor."""

    case: Case | None
    told: list[tuple[Any, Any]]


@service(Perm.RETENTION_VIEW)
def read_erasure(erasure: Erasure, *, actor: User) -> About:
    """Whom and what it is about, as far as it is still there."""
    case: Case | None = Case.objects.visible_to(actor).filter(pk=erasure.of_case).first()
    lines: list[tuple[Any, Any]] = [(gettext("Case"), case.reference)] if case else []
    ids = [erasure.of_case]
    if case and erasure.of_person:
        parts = Involvement.objects.visible_in(case, actor).filter(victim=erasure.of_person)
        papers = Document.objects.visible_in(case, actor).filter(pk__in=erasure.papers)
        notes = len(erasure.papers) - len(papers)
        lines += [(gettext("Survivor, in every case"), part.code) for part in parts]
        lines += [
            (gettext("Documents that go as well"), ", ".join(paper.code for paper in papers))
        ] * bool(papers)
        lines += [(gettext("Notes that go as well"), notes)] * bool(notes)
        ids.append(erasure.of_person)
    audit.read("erasure.read", erasure, actor=actor, shown=ids)
    return About(case, lines)


def require_not_held(case: Any, person: Any = None) -> None:
    if is_held(case, person):
        raise Refused(
            _(
                "This case is under a legal hold. Nothing of it can be erased until the hold is"
                " lifted."
            )
            if person is None
            else _(
                "A case of this survivor is under a legal hold. Nothing can be erased until the"
                " hold is lifted."
            )
        )


def is_held(case: Any, person: Any = None) -> bool:
    """A case; or, of a person, any case. Asked of the database, which sees every hold."""
    name, key = ("is_held", case) if person is None else ("person_is_held", person)
    with connection.cursor() as cursor:
        cursor.execute(f"select retention_{name}(%s)", [key])
        return bool(cursor.fetchone()[0])


def _now(erasure: Erasure, version: int, actor: User) -> Erasure:
    current: Erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if current.of_kind and not actor.has_perm(Perm.POLICY_DECIDE):
        raise PermissionDenied(Perm.POLICY_DECIDE)  # of no one's cases
    if current.status not in BEFORE:
        raise Refused(
            _("It is being erased.")
            if current.status == ErasureStatus.ERASING
            else _("This has already been decided.")
        )
    if current.version != version:
        raise Stale(current)
    return current


def _write(current: Erasure, actor: User, deed: str, **values: Any) -> Erasure:
    for name, value in values.items():
        setattr(current, name, value)
    current.keep(*values)
    if deed == "first":
        audit.record("erasure.confirmed_once", current, actor=actor)
    elif deed == "second":
        audit.record("erasure.confirmed", current, actor=actor)
    elif deed == "undone":
        audit.record("erasure.undone", current, actor=actor)
    else:
        audit.record("erasure.kept", current, actor=actor)
    return current
