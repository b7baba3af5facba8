"""The trail in words: what was done, to which kind of record, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import AuditKind
from victims.enums import NameReason

if TYPE_CHECKING:
    from core.models import AuditEvent

ACTIONS = {
    "answer.repeated": gettext_lazy("Sent the same form again and got its answer again"),
    "appeal.filed": gettext_lazy("Recorded an appeal"),
    "appeal.withdrawn": gettext_lazy("Recorded that an appeal was withdrawn"),
    "arrest.recorded": gettext_lazy("Recorded an arrest"),
    "arrests.recorded": gettext_lazy("Recorded arrests"),
    "audit.read": gettext_lazy("Read the history"),
    "audit.unusual": gettext_lazy("Looked for unusual reading"),
    "breakglass.counted": gettext_lazy("Counted what an emergency opening was used for"),
    "breakglass.end": gettext_lazy("Ended an emergency opening"),
    "breakglass.list": gettext_lazy("Read the list of emergency openings"),
    "breakglass.opened": gettext_lazy("Opened the case in an emergency"),
    "breakglass.review": gettext_lazy("Reviewed an emergency opening"),
    "case.assess": gettext_lazy("Began to assess the case"),
    "case.assigned": gettext_lazy("Put someone on the team of the case"),
    "case.corrected": gettext_lazy("Corrected the case"),
    "case.investigate": gettext_lazy("Began to investigate the case"),
    "case.list": gettext_lazy("Saw it in a list of cases"),
    "case.named": gettext_lazy("Named someone on the sealed case"),
    "case.opened": gettext_lazy("Opened the case"),
    "case.plan_rescue": gettext_lazy("Began to plan a rescue"),
    "case.prosecute": gettext_lazy("Brought the case before a court"),
    "case.read": gettext_lazy("Read the page of the case"),
    "case.rescued": gettext_lazy("Moved the case on after a rescue"),
    "case.sealed": gettext_lazy("Sealed the case"),
    "case.unnamed": gettext_lazy("Took someone off the sealed case"),
    "change.asked": gettext_lazy("Asked for a change of an account"),
    "change.confirmed": gettext_lazy("Confirmed a change of an account"),
    "change.refused": gettext_lazy("Refused a change of an account"),
    "changes.listed": gettext_lazy("Read the changes of accounts that wait"),
    "charge.filed": gettext_lazy("Recorded a charge"),
    "complaint.recorded": gettext_lazy("Recorded a complaint"),
    "conflict.declared": gettext_lazy("Declared a conflict of interest"),
    "conflict.lifted": gettext_lazy("Lifted a conflict of interest"),
    "custody.began": gettext_lazy("Recorded custody"),
    "custody.ended": gettext_lazy("Recorded a release"),
    "disclosure.confirm": gettext_lazy("Confirmed a disclosure"),
    "disclosure.end": gettext_lazy("Ended a disclosure"),
    "disclosure.proposed": gettext_lazy("Proposed a disclosure"),
    "disclosure.refuse": gettext_lazy("Refused a disclosure"),
    "feed.begun": gettext_lazy("Made a calendar feed"),
    "feed.stopped": gettext_lazy("Stopped a calendar feed"),
    "hearing.corrected": gettext_lazy("Corrected the result of a hearing"),
    "hearing.feed": gettext_lazy("Fetched the calendar of hearings"),
    "hearing.listed": gettext_lazy("Listed a hearing"),
    "hearing.moved": gettext_lazy("Changed a listed hearing"),
    "hearing.recorded": gettext_lazy("Recorded the result of a hearing"),
    "identity.corrected": gettext_lazy("Corrected a name or contacts"),
    "identity.recorded": gettext_lazy("Recorded a name or contacts"),
    "identity.revealed": gettext_lazy("Saw a name or contacts"),
    "invitation.accepted": gettext_lazy("Accepted an invitation"),
    "invitation.made": gettext_lazy("Invited someone"),
    "invitation.withdrawn": gettext_lazy("Withdrew an invitation"),
    "judgment.recorded": gettext_lazy("Recorded a judgment"),
    "key.issued": gettext_lazy("Issued a key for a program"),
    "locked": gettext_lazy("Locked the screen"),
    "names.searched": gettext_lazy("Searched for a name and found records"),
    "narrative.opened": gettext_lazy("Read the notes of a rescue"),
    "notice.all_seen": gettext_lazy("Marked all notices as seen"),
    "notice.seen": gettext_lazy("Marked a notice as seen"),
    "password_changed": gettext_lazy("Changed the password"),
    "people.listed": gettext_lazy("Read the list of accounts"),
    "perpetrators.merged": gettext_lazy("Merged two records of one offender"),
    "person.disabled": gettext_lazy("Disabled an account"),
    "person.read": gettext_lazy("Read the page of an account"),
    "prosecution.docket": gettext_lazy("Read the docket"),
    "prosecution.opened": gettext_lazy("Recorded a prosecution"),
    "readers.read": gettext_lazy("Looked at who saw it"),
    "recovery_codes_renewed": gettext_lazy("Made new recovery codes"),
    "referral.accept": gettext_lazy("Accepted a referral"),
    "referral.answered_accept": gettext_lazy("Accepted a referral"),
    "referral.answered_decline": gettext_lazy("Declined a referral"),
    "referral.begin": gettext_lazy("Began the help a referral asked for"),
    "referral.complete": gettext_lazy("Completed a referral"),
    "referral.decline": gettext_lazy("Declined a referral"),
    "referral.send": gettext_lazy("Sent a referral"),
    "referral.sent": gettext_lazy("Sent a referral"),
    "referral.withdraw": gettext_lazy("Withdrew a referral"),
    "referrals.drafted": gettext_lazy("Drafted referrals"),
    "referrals.received": gettext_lazy("Read the referrals sent to a provider"),
    "report.behind": gettext_lazy("Looked at the records behind a figure"),
    "report.cancelled": gettext_lazy("Stopped a report"),
    "report.requested": gettext_lazy("Asked for a report"),
    "rescue.form": gettext_lazy("Opened the form of a rescue, which offers it"),
    "rescue.logged": gettext_lazy("Logged a rescue"),
    "rescue.recorded": gettext_lazy("Recorded a rescue"),
    "role.ended": gettext_lazy("Ended a role"),
    "seal.ask": gettext_lazy("Asked to open a sealed case again"),
    "seal.confirm": gettext_lazy("Opened a sealed case again"),
    "seal.refuse": gettext_lazy("Kept a case sealed"),
    "seal.withdraw": gettext_lazy("Withdrew the question to open a sealed case"),
    "second_factor_added": gettext_lazy("Added a second factor"),
    "second_factor_failed": gettext_lazy("Gave a wrong second factor"),
    "second_factor_removed": gettext_lazy("Removed a second factor"),
    "sentence.recorded": gettext_lazy("Recorded a sentence"),
    "service.recorded": gettext_lazy("Recorded a service"),
    "sessions_ended": gettext_lazy("Ended sessions"),
    "sign_in_failed": gettext_lazy("Tried to sign in, without success"),
    "sign_in_limited": gettext_lazy("Tried to sign in too often"),
    "signed_in": gettext_lazy("Signed in"),
    "signed_out": gettext_lazy("Signed out"),
    "site.registered": gettext_lazy("Added a site"),
    "stepped_up": gettext_lazy("Confirmed again who it is"),
    "survivors.added": gettext_lazy("Added survivors"),
    "suspect.added": gettext_lazy("Added a suspect"),
    "suspect.named": gettext_lazy("Named a suspect"),
    "today.read": gettext_lazy("Read Today"),
    "unlock_failed": gettext_lazy("Failed to unlock the screen"),
}
# What every kind of record has, by the second part of the action.
SEEN = {
    "form": gettext_lazy("Opened a form about it"),
    "list": gettext_lazy("Read it in a list, by a program"),
    "retrieve": gettext_lazy("Read it by itself, by a program"),
}
RECORDS = {
    "accounts.AccountChange": gettext_lazy("Change of an account"),
    "accounts.ApiKey": gettext_lazy("Key of a program"),
    "accounts.Invitation": gettext_lazy("Invitation"),
    "accounts.Membership": gettext_lazy("Role"),
    "accounts.Notice": gettext_lazy("Notice"),
    "accounts.User": gettext_lazy("Account"),
    "aftercare.Provider": gettext_lazy("Provider"),
    "aftercare.Referral": gettext_lazy("Referral"),
    "aftercare.ServiceRecord": gettext_lazy("Service"),
    "casework.Assignment": gettext_lazy("Team"),
    "casework.BreakGlass": gettext_lazy("Emergency opening"),
    "casework.Case": gettext_lazy("Case"),
    "casework.Disclosure": gettext_lazy("Disclosure"),
    "casework.Conflict": gettext_lazy("Conflict of interest"),
    "casework.Narrative": gettext_lazy("Notes of a rescue"),
    "casework.Rescue": gettext_lazy("Rescue"),
    "casework.RescueAgency": gettext_lazy("Agency at a rescue"),
    "casework.RescueSite": gettext_lazy("Site of a rescue"),
    "casework.Seal": gettext_lazy("Seal of a case"),
    "casework.Site": gettext_lazy("Site"),
    "casework.SitePlace": gettext_lazy("Exact place"),
    "core.AuditEvent": gettext_lazy("History"),
    "core.IdempotencyKey": gettext_lazy("Answer to a form"),
    "core.Job": gettext_lazy("Run of a report"),
    "prosecutions.Appeal": gettext_lazy("Appeal"),
    "prosecutions.Arrest": gettext_lazy("Arrest"),
    "prosecutions.Charge": gettext_lazy("Charge"),
    "prosecutions.ChargeDecision": gettext_lazy("Decision on a charge"),
    "prosecutions.Complaint": gettext_lazy("Complaint"),
    "prosecutions.ComplaintSuspect": gettext_lazy("Suspect of a complaint"),
    "prosecutions.CalendarFeed": gettext_lazy("Calendar feed"),
    "prosecutions.Custody": gettext_lazy("Custody"),
    "prosecutions.Hearing": gettext_lazy("Hearing"),
    "prosecutions.Judgment": gettext_lazy("Judgment"),
    "prosecutions.Perpetrator": gettext_lazy("Offender, by name"),
    "prosecutions.Prosecution": gettext_lazy("Prosecution"),
    "prosecutions.Sentence": gettext_lazy("Sentence"),
    "prosecutions.Suspect": gettext_lazy("Suspect"),
    "reports.Snapshot": gettext_lazy("Figures"),
    "victims.Consent": gettext_lazy("Consent"),
    "victims.FormerIdentity": gettext_lazy("Former name or contacts"),
    "victims.Identity": gettext_lazy("Name, birth date, contacts, documents"),
    "victims.Involvement": gettext_lazy("Survivor, by code and age"),
    "victims.Victim": gettext_lazy("Survivor, by code and age"),
}


def deed(event: AuditEvent) -> str:
    """What was done, in a sentence without its subject."""
    if event.kind == AuditKind.DENIAL:
        asked = event.action.startswith("403")
        return (
            _("Asked for what the role may not do")
            if asked
            else _("Asked for what is not open to them")
        )
    known = ACTIONS.get(event.action) or SEEN.get(event.action.rpartition(".")[2])
    return str(known or event.action)


def record_of(event: AuditEvent) -> str:
    return str(RECORDS.get(event.target_type, event.target_type))


def reason_of(event: AuditEvent) -> str:
    """Why, where a reason had to be chosen."""
    return str(dict(NameReason.choices).get(event.detail.get("reason", ""), ""))
