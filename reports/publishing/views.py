"""What was released, what waits for a second person, and the steps between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.services import Refused
from core.sheets.spreadsheets import as_csv
from core.web import FormPage, Page
from reports.base import report_of
from reports.choices import asked_for
from reports.models import Snapshot
from reports.publishing.models import Release, ReleaseProposal
from reports.publishing.refusals import Refusals
from reports.publishing.services import (
    approve_release,
    read_proposal,
    withdraw_release,
)
from reports.publishing.tables import as_values, facts, on_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from core.access import ScopedQuerySet

MOST = 200


class Releases(Page):
    """The log, newest first; above it what waits, for those who decide."""

    permission = Perm.RELEASE_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        released = Release.objects.visible_to(self.actor).select_related("snapshot")
        waiting = ReleaseProposal.objects.visible_to(self.actor).waiting()
        context = {
            "registers": self.actor.has_perm(Perm.RELEASE_DECIDE),
            "releases": [_listed(row) for row in released.order_by("-released_at", "-id")[:MOST]],
            "waiting": [
                _listed(row)
                for row in waiting.select_related("snapshot").order_by("-created_at", "-id")[:MOST]
            ],
        }
        return render(request, "reports/releases.html", context)


def _listed(row: Any) -> Any:
    row.title = report_of(row.snapshot).title
    return row


class ReleasePage(Page):
    """A table as it left."""

    model = Release

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("snapshot", "proposed_by", "approved_by")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        release = self.target
        about = [*facts(release), (_("Released by"), release.approved_by.name)]
        context = {
            "release": release,
            "about": about,
            "asked": asked_for(release.table["params"]),
            "said_no": Refusals(self.actor, [release.snapshot]).since(release),
            "letters": release.proposal.letters.shown(),
        }
        return render(request, "reports/release.html", context | on_page(release.table))


class ReleaseCsv(Page):
    model = Release

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        table = self.target.table
        return as_csv(f"{table['report']}-{table['as_of']}.csv", as_values(table))


class ProposalPage(Page):
    """A proposal; while it waits, its table as it would leave now, or why it cannot any more."""

    model, service = ReleaseProposal, read_proposal

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("decided_by")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        proposal = self.target
        context = {
            "proposal": proposal,
            "about": facts(proposal),
            "letters": proposal.letters.shown(),
            "report": report_of(proposal.snapshot),
            "asked": asked_for(proposal.snapshot.params),
            "may_decide": proposal.proposed_by_id != self.actor.pk,
            "may_withdraw": self.actor.has_perm(Perm.RELEASE_PROPOSE),
        }
        return render(request, "reports/proposal.html", context | self._table(proposal))

    def _table(self, proposal: ReleaseProposal) -> dict[str, object]:
        if proposal.outcome:
            return {}
        try:
            return on_page(read_proposal(proposal, actor=self.actor).table)
        except Refused as refusal:
            return {"refusal": str(refusal)}


def described(row: Snapshot | ReleaseProposal) -> list[tuple[str, object]]:
    """Figures that somebody proposes to release, or what was proposed."""
    if isinstance(row, Snapshot):
        return [(_("Report"), report_of(row).title), *asked_for(row.params)]
    return [(_("Report"), report_of(row.snapshot).title), *facts(row)]


class ReleaseVerb(FormPage):
    """A step of a release, asked for on a page of its own."""

    template_name = "reports/verb.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = {"about": described(self.target), "back_url": self.target.get_absolute_url()}
        return super().get_context_data(**(context | kwargs))


class ApproveRelease(ReleaseVerb):
    """By hand: one goes on to what was released."""

    model, service = ReleaseProposal, approve_release
    submit_label = gettext_lazy("Release")

    def after(self) -> str:
        return str(self.given_back.release.get_absolute_url())


class WithdrawRelease(ReleaseVerb):
    """By hand: whoever proposes need not be among those who may read the proposal."""

    model, service = ReleaseProposal, withdraw_release
    submit_label = gettext_lazy("Withdraw")

    def after(self) -> str:
        return reverse("reports:releases")
