"""Where one can go from everywhere: cases at hand, pages, and what one may begin.

A page of its own shows it; `Ctrl` and `K` open the same on any page (`static/js/palette.js`). Each
way is offered to whoever holds what its page asks for, and to nobody else: a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.at_hand import AtHand, at_hand

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from accounts.models import User


@dataclass(frozen=True)
class Way:
    """A page by the name of its address. `needs`: the permission that it asks for."""

    label: StrPromise
    name: str
    needs: str

    @property
    def url(self) -> str:
        return reverse(self.name)


BEGIN = (
    Way(_("Log a rescue"), "intake:log-rescue", Perm.RESCUE_LOG),
    Way(_("Open a case"), "casework:open-case", Perm.CASE_OPEN),
    Way(_("Find a person by name"), "victims:search", Perm.IDENTITY_VIEW),
    Way(_("Add a provider"), "aftercare:register-provider", Perm.PROVIDER_MANAGE),
    Way(_("Ask for an export"), "exchange:ask-export", Perm.EXPORT_MAKE),
    Way(_("Move in with a workbook"), "exchange:take-workbook", Perm.CASE_IMPORT),
    Way(_("Begin a study"), "studies:new-study", Perm.STUDY_KEEP),
    Way(_("Invite a person"), "people:invite", Perm.PEOPLE_MANAGE),
    Way(_("Make an account for a program"), "people:open-program", Perm.KEY_ISSUE),
)
PAGES = (
    Way(_("Today"), "desk:today", Perm.SESSION_LOCK),
    Way(_("To do"), "desk:to-do", Perm.SESSION_LOCK),
    Way(_("Cases"), "desk:cases", Perm.CASE_VIEW),
    Way(_("Survivors"), "desk:survivors", Perm.VICTIM_VIEW),
    Way(_("Suspects"), "desk:suspects", Perm.SUSPECT_VIEW),
    Way(_("Docket"), "prosecutions:docket", Perm.PROSECUTION_VIEW),
    Way(_("Cause list"), "prosecutions:cause-list", Perm.PROSECUTION_VIEW),
    Way(_("Hearings"), "desk:hearings", Perm.PROSECUTION_VIEW),
    Way(_("Hearings in your calendar"), "prosecutions:calendar", Perm.HEARING_FEED),
    Way(_("Sites"), "casework:sites", Perm.SITE_VIEW),
    Way(_("Networks"), "prosecutions:networks", Perm.SUSPECT_VIEW),
    Way(_("Providers"), "aftercare:providers", Perm.REFERRAL_VIEW),
    Way(_("Referrals"), "desk:referrals", Perm.REFERRAL_VIEW),
    Way(_("Referrals sent to you"), "aftercare:received", Perm.REFERRAL_ANSWER),
    Way(_("Handing over"), "casework:transfers", Perm.TRANSFER_VIEW),
    Way(_("Emergency openings"), "casework:emergencies", Perm.GLASS_VIEW),
    Way(_("Duplicates: survivors"), "victims:duplicates", Perm.MATCH_VIEW),
    Way(_("Duplicates: offenders"), "prosecutions:duplicates", Perm.MATCH_VIEW),
    Way(_("Asked of case managers"), "victims:confirmations", Perm.CONFIRMATION_VIEW),
    Way(_("Dashboards"), "reports:boards", Perm.REPORT_VIEW),
    Way(_("Reports"), "reports:dashboard", Perm.REPORT_VIEW),
    Way(_("Regular reports"), "reports:schedules", Perm.SCHEDULE_KEEP),
    Way(_("Releases"), "reports:releases", Perm.RELEASE_VIEW),
    Way(_("Outside addresses"), "reports:outside", Perm.RELEASE_DECIDE),
    Way(_("Studies"), "studies:studies", Perm.REPORT_VIEW),
    Way(_("Exports"), "exchange:exports", Perm.EXPORT_VIEW),
    Way(_("How long records are kept"), "retention:retention", Perm.RETENTION_VIEW),
    Way(_("History"), "desk:trail", Perm.AUDIT_VIEW),
    Way(_("Unusual today"), "desk:unusual", Perm.AUDIT_VIEW),
    Way(_("Chain of the history"), "desk:chain", Perm.CHAIN_VIEW),
    Way(_("Setting up"), "desk:setting-up", Perm.PEOPLE_MANAGE),
    Way(_("People"), "people:list", Perm.PEOPLE_VIEW),
    Way(_("Programs"), "people:programs", Perm.KEY_ISSUE),
    Way(_("Offices"), "people:offices", Perm.OFFICE_KEEP),
    Way(_("Task rules"), "desk:task-rules", Perm.RULE_KEEP),
    Way(_("Laws in force"), "prosecutions:laws", Perm.SESSION_LOCK),
    Way(_("Places"), "places:places", Perm.AGENCY_KEEP),
    Way(_("Courts and agencies"), "places:agencies", Perm.AGENCY_KEEP),
    Way(_("Lists of choices"), "places:choices", Perm.CHOICE_KEEP),
    Way(_("Own questions"), "questions:sets", Perm.QUESTIONS_KEEP),
    Way(_("Messages to programs"), "exchange:webhooks", Perm.WEBHOOK_MANAGE),
    Way(_("Backups"), "backups:list", Perm.BACKUP_VIEW),
    Way(_("Notices"), "people:notices", Perm.NOTICE_SEE),
    Way(_("Phones"), "intake:phones", Perm.PHONE_KEEP),
    Way(_("Views of lists"), "people:views", Perm.VIEW_KEEP),
)


class Ways(TypedDict):
    at_hand: list[AtHand]
    begin: list[Way]
    pages: list[Way]
    can_search: bool


def ways(user: User) -> Ways:
    """What the reader may open; two statements."""
    return {
        "at_hand": at_hand(user),
        "begin": [way for way in BEGIN if user.has_perm(way.needs)],
        "pages": [way for way in PAGES if user.has_perm(way.needs)],
        "can_search": user.has_perm(Perm.CASE_VIEW),
    }
