"""What has no sheet, and why: every table of ours is here or in `sheets.py`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

LEFT_OUT: dict[Any, tuple[str, ...]] = {
    _(
        "What opens or closes a case to somebody is decided where the case lies, by the persons it"
        " takes: seal it, declare a conflict of interest, disclose it anew."
    ): (*("casework.Seal", "casework.Conflict", "casework.Disclosure", "casework.BreakGlass"),),
    _(
        "A case comes where it stands now. On which way it went between offices, and which question"
        " was put off until when, stays where it was decided."
    ): (*("casework.Transfer", "casework.Snooze"),),
    _(
        "The file of a document cannot travel in a cell: its line says the SHA-256, by which it is"
        " known again. Add the files by hand. A finding that a file is material of child abuse is"
        " of that file."
    ): ("casework.StoredFile", "casework.Recognition"),
    _(
        "Two records found to be one person come as one, under the record that is kept. Who said"
        " so, and what was compared, stays."
    ): (
        *("victims.VictimMerge", "victims.Match", "victims.Confirmation"),
        *("prosecutions.Merge", "prosecutions.OffenderMatch"),
    ),
    _(
        "What a name or a note said before it was corrected stays with the history of the place"
        " where that was done, as who read what does."
    ): (*("victims.FormerIdentity", "casework.FormerNote", "core.AuditEvent"),),
    _("Offices, accounts and their rights are made here first, by administrators."): (
        *("accounts.Office", "accounts.User", "accounts.Membership", "accounts.Invitation"),
        *("accounts.AccountChange", "accounts.ServiceAccount", "accounts.ApiKey"),
        *("accounts.Notice", "aftercare.ProviderStaff", "prosecutions.CalendarFeed"),
        "intake.Phone",
    ),
    _(
        "Places, sections of law, schemes and questionnaires are the same for everybody and are"
        " here before."
    ): (
        *("places.Jurisdiction", "places.JurisdictionClosure", "prosecutions.Provision"),
        *("instruments.Instrument", "aftercare.RehabilitationScheme", "aftercare.SchemeRate"),
    ),
    _("Figures are computed anew from the records; what was published or sent stays as it was."): (
        *(
            "reports.AnonymousRow",
            "reports.Snapshot",
            "reports.KeptIds",
            "reports.ReleaseProposal",
            "reports.Release",
            "reports.Schedule",
        ),
    ),
    _(
        "Custody that is only presumed after an arrest does not come with it: record the custody"
        " here."
    ): ("prosecutions.CustodyClock",),
    _(
        "How long records are kept, what is held back and what was erased is decided where the"
        " case lies: ask for the hold anew."
    ): (*("retention.Policy", "retention.LegalHold", "retention.Erasure", "retention.Tombstone"),),
    _("What the program keeps for its own work."): (
        *("casework.DerivedTask", "casework.AskAgain"),
        *("core.Job", "core.Heartbeat", "core.KeptList", "core.KeptCopy", "core.IdempotencyKey"),
        *("core.Draft", "intake.Box", "intake.BoxPart"),
        *("accounts.SavedView", "casework.OpenedCase"),
        *("core.Installation", "core.ChainLink", "core.ChainedEvent", "core.ChainAnchor"),
        *("backups.Backup", "backups.Drill"),
        *("casework.ReferenceCounter", "reports.DataChange", "reports.RowNumber"),
        "exchange.Imported",
        *("exchange.Export", "exchange.ExportedCase", "exchange.Webhook", "exchange.Delivery"),
        *("exchange.Attempt", "exchange.WorkbookImport"),
    ),
}
