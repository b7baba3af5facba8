"""A table leaves: one person proposes, a second one lets it out, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.database.turns import one_at_a_time
from core.refusals import gettext as _
from core.services import Refused, service
from reports.publishing.draft import draft
from reports.publishing.keys import Detail
from reports.publishing.models import Release, ReleaseProposal, Verdict
from reports.readers import rows_key

if TYPE_CHECKING:
    from reports.models import Snapshot
    from reports.publishing.draft import Draft


@service(Perm.RELEASE_PROPOSE, label=gettext_lazy("Propose a release"))
def propose_release(
    snapshot: Snapshot,
    *,
    level: str,
    by_programme: bool,
    recipient: str,
    reason: str,
    actor: User,
) -> ReleaseProposal:
    """Propose that figures be released. Counts from 1 to 10 are hidden, and others from which they
    could be worked out. Survivors who said no to figures that leave are not counted in it. A second
    person lets the table out.
    """
    figures = draft(snapshot, Detail(level, by_programme), actor)
    proposal, asked = ReleaseProposal.objects.get_or_create(
        snapshot=snapshot,
        level=level,
        by_programme=by_programme,
        recipient=recipient,
        outcome="",
        defaults={"reason": reason, "digest": figures.digest, "proposed_by": actor},
    )
    if not asked:
        raise Refused(_("This has already been proposed and waits for a second person."))
    tell(_deciders(snapshot, actor), "release-proposed", target=proposal)
    audit.record("release.proposed", proposal, actor=actor, snapshot=str(snapshot.pk))
    return proposal


@service(Perm.RELEASE_DECIDE)
def read_proposal(proposal: ReleaseProposal, *, actor: User) -> Draft:
    """Show the table as it would leave now."""
    audit.read("release.previewed", proposal, actor=actor)
    return draft(proposal.snapshot, proposal.detail, actor)


@service(Perm.RELEASE_DECIDE, fresh=True, label=gettext_lazy("Release a table"))
def approve_release(proposal: ReleaseProposal, *, actor: User) -> ReleaseProposal:
    """Let a table out, as the second person. What has left cannot be taken back."""
    one_at_a_time("reports_release")  # each is held against those before it
    current = _waiting(proposal)
    _require_second_person(current, actor)
    if not current.proposed_by.has_perm(Perm.RELEASE_PROPOSE):
        raise Refused(_("The person who proposed this may no longer do so. Propose it again."))
    figures = draft(current.snapshot, current.detail, actor)
    if figures.digest != current.digest:
        raise Refused(
            _(
                "Another table has been released since, so this one would look different now. "
                "Propose it again."
            )
        )
    decided = _decide(current, Verdict.APPROVED, actor)
    release = Release.objects.create(
        proposal=decided,
        proposed_by=decided.proposed_by,
        approved_by=actor,
        table=figures.table,
        suppressed=figures.suppressed,
        totals=figures.totals,
        **{name: getattr(decided, name) for name in ("snapshot", *COPIED)},
    )
    audit.record("release.approved", release, actor=actor, proposal=str(decided.pk))
    return decided


COPIED = ("level", "by_programme", "recipient", "reason", "digest")


@service(Perm.RELEASE_DECIDE, label=gettext_lazy("Refuse a release"))
def refuse_release(proposal: ReleaseProposal, *, actor: User) -> ReleaseProposal:
    """Refuse a release, as the second person. Nothing leaves; the one who proposed it is told."""
    current = _waiting(proposal)
    _require_second_person(current, actor)
    decided = _decide(current, Verdict.REFUSED, actor)
    audit.record("release.refused", decided, actor=actor)
    return decided


@service(Perm.RELEASE_PROPOSE, label=gettext_lazy("Withdraw a release"))
def withdraw_release(proposal: ReleaseProposal, *, actor: User) -> ReleaseProposal:
    """Withdraw a proposal. Nothing leaves."""
    decided = _decide(_waiting(proposal), Verdict.WITHDRAWN, actor)
    audit.record("release.withdrawn", decided, actor=actor)
    return decided


def _deciders(snapshot: Snapshot, actor: User) -> list[User]:
    """Those who decide and whose own figures are made of the same rows."""
    holding = User.objects.holding(Perm.RELEASE_DECIDE).exclude(pk=actor.pk)
    return [user for user in holding if rows_key(user) == snapshot.scope_key]


def _waiting(proposal: ReleaseProposal) -> ReleaseProposal:
    """The proposal as it stands now, locked until the commit."""
    rows = ReleaseProposal.objects.select_for_update(of=("self",))
    current: ReleaseProposal = rows.select_related("snapshot", "proposed_by").get(pk=proposal.pk)
    if current.outcome:
        raise Refused(_("This has already been decided."))
    return current


def _require_second_person(proposal: ReleaseProposal, actor: User) -> None:
    if actor.pk == proposal.proposed_by_id:
        raise Refused(_("A second person must decide, not the one who proposed."))


def _decide(proposal: ReleaseProposal, outcome: str, actor: User) -> ReleaseProposal:
    ReleaseProposal.objects.filter(pk=proposal.pk).update(
        outcome=outcome,
        decided_by=actor,
        decided_at=Now(),
        updated_at=Now(),
        version=F("version") + 1,
    )
    proposal.refresh_from_db()
    tell({proposal.proposed_by} - {actor}, "release-decided", target=proposal)
    return proposal
