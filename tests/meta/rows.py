"""Rows in a state the sweeps need and no factory makes: sent, finished, somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import Notice
from aftercare.services.showing import shown_to_provider
from core.models import Job, JobState
from exchange.models import Export, WorkbookImport
from reports.models import ReleaseProposal, Schedule, Snapshot
from reports.params import parse
from reports.readers import counts_only, lasting_key, rows_key, scope_key
from tests import factories
from tests.factories import exports, persons, releases

if TYPE_CHECKING:
    from accounts.models import User
    from aftercare.models import Provider, Referral
    from casework.models import Case
    from victims.models import Withdrawal


def sent_referral(case: Case | None = None, to: Provider | None = None) -> Referral:
    """A referral that waits for its provider's answer, sent on a consent that is live."""
    referral = factories.referral(case)
    referral.provider, referral.status = to or factories.provider(), "sent"
    referral.sent_at, referral.shown = timezone.now(), shown_to_provider(referral)
    referral.save()
    persons.consent(referral.involvement)
    return referral


def withdrawal_to(case: Case | None = None, to: Provider | None = None) -> Withdrawal:
    """A consent that is withdrawn, of which this provider has not heard yet."""
    to = to or factories.provider()
    return persons.withdrawal(case, recipient_kind="provider", recipient_id=to.pk)


def snapshot_of(user: User, key: Any = scope_key) -> Snapshot:
    """Figures made of the rows this person's figures are made of, and kept as theirs are."""
    closed = lasting_key(user) if key is scope_key and counts_only(user) else ""
    return factories.snapshot(scope_key=key(user), closed_for=closed, params=parse({}).as_json())


def proposal_for(user: User) -> ReleaseProposal:
    """A table somebody wants to let out, of the rows this person's figures are made of."""
    return releases.release_proposal(snapshot=snapshot_of(user, rows_key))


def finished_run(user: User) -> Job:
    """A report this person asked for, computed."""
    snapshot = snapshot_of(user)
    return Job.objects.create(
        kind="report",
        parameters={"report": snapshot.report, "params": snapshot.params},
        state=JobState.DONE,
        requested_by=user,
        result={"snapshot": str(snapshot.pk)},
    )


def of_others(model: Any, own_office: Any, other_office: Any) -> dict[str, Any]:
    """Rows that belong to other people: one of another office, one of the own."""
    strangers = {
        "foreign": factories.user("case_manager", other_office),
        "colleague": factories.user("auditor", own_office),
    }
    make = {
        Job: finished_run,
        Snapshot: snapshot_of,
        Notice: factories.notice,
        ReleaseProposal: proposal_for,
        Schedule: releases.schedule,
        Export: lambda user: exports.export(user, decision="not_needed"),
        WorkbookImport: exports.workbook_import,
    }[model]
    return {relation: make(user) for relation, user in strangers.items()}
