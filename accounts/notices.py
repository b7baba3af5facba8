"""Tell people that something waits for them.

The words of every kind stand in one table. They are neutral: no name, no place, no kind of case,
for they are read on a lock screen and over a shoulder. Where a notice leads is the address of its
target, and only for a reader who may see that row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import Model
    from django.utils.functional import _StrPromise

    from accounts.models import User

WORDS: dict[str, _StrPromise] = {
    "change-asked": _("A change of an account waits for a second person."),
    "change-decided": _("A change of an account that you asked for was decided."),
    "role-given": _("You were given a role."),
    "role-taken": _("One of your roles was ended."),
    "account-off-boarded": _(
        "Your organisation’s provider closed an account here. Check that this was meant."
    ),
    "off-boarding-refused": _(
        "Your organisation’s provider was refused to close an account. Check why it asked."
    ),
    "provider-joined": _("You can now answer for an organisation here."),
    "provider-left": _("You no longer answer for an organisation here."),
    "key-issued": _("A key for a program was issued. If nobody asked for it, say so."),
    "keys-ended": _("Your password was reset, so your keys for programs ended. Ask for new ones."),
    "webhook-host-asked": _("Another host for messages to programs waits for a second person."),
    "webhook-made": _("A program you are responsible for is told of changes from now on."),
    "webhook-secret": _("A program you are responsible for needs the new secret of its messages."),
    "webhook-paused": _("A program could not be told of changes and will not be told again."),
    "account-linked": _(
        "Your account was linked to that of your organisation. If you did not do this, say so."
    ),
    "account-unlinked": _(
        "Your account is no longer linked to that of your organisation. If you did not expect this,"
        " say so."
    ),
    "collect-connected": _("ODK Collect delivers for you now. If you did not do this, say so."),
    "collect-ended": _("Your password was reset, so ODK Collect ended. Connect it again."),
    "second-factor-reset": _("Your second factor was reset. If you did not ask for this, say so."),
    "case-sealed": _("A case was sealed, and you are named in it."),
    "opening-asked": _("Opening a sealed case again waits for a second person."),
    "opening-decided": _("Opening a sealed case again, which you asked for, was decided."),
    "conflict-declared": _("Someone may no longer see a case of your office."),
    "cases-without-someone": _(
        "Someone in your office lost a role and is still on cases. Check who it is."
    ),
    "transfer-asked": _("Somebody asks you to take something over."),
    "transfer-decided": _("Your offer to hand over was answered."),
    "disclosure-proposed": _("A disclosure waits for a second person."),
    "disclosure-decided": _("A disclosure that you proposed was decided."),
    "disclosure-opened": _("You may now read something."),
    "answer-sent": _("Something was told or asked from outside and waits for your decision."),
    "answer-decided": _("Something you told or asked was decided."),
    "consent-withdrawn": _(
        "You may no longer use something you were told. Ask the person who told you."
    ),
    "referral-sent": _("Something was sent to you and waits for your answer."),
    "withdrawal-to-hear": _(
        "You may no longer use something you know. Confirm that you have read this."
    ),
    "plan-opened": _("You were named in something. Open it when nobody looks over your shoulder."),
    "task-given": _("You were given something to do."),
    "letter-asked": _("You sent yourself a letter. Open the link in it when it arrives."),
    "letter-arrived": _("Mail leaves from here and arrives."),
    "morning": _("Something needs you today."),
    "document-closed": _("Something was closed and waits for a second person."),
    "files-differ": _(
        "The nightly check found a problem. Ask the people who run the system to look."
    ),
    "files-unread": _("The nightly check could not read everything. Look at keys and disks."),
    "backup-failed": _("The nightly backup was not made. Look at Backups for the reason."),
    "drill-differs": _("A backup could not be restored as it was. Look at Backups."),
    "file-infected": _(
        "A file that came in is not safe to open. Ask the people who run the system."
    ),
    "reading-unusual": _("Somebody read or tried unusually much today. Open History."),
    "nobody-audits": _(
        "Nobody is an auditor, so nobody is told of unusual reading. Ask an administrator for one."
    ),
    "history-amiss": _("The chain of the history has a problem. Today says which."),
    "release-proposed": _("A table to be released waits for a second person."),
    "release-decided": _("A table to be released, which you proposed, was decided."),
    "outside-proposed": _("An outside address waits for a second person."),
    "outside-decided": _("An outside address that you proposed was confirmed or ended."),
    "figures-not-sent": _("Something that goes outside regularly was not sent."),
    "schedule-given": _("Something comes to you regularly from now on. You can stop it."),
    "report-ready": _("Something that comes to you regularly is ready."),
    "erasures-due": _("Something is due for erasure and waits for two persons."),
    "policy-proposed": _("A retention policy waits for a second person."),
    "policy-decided": _("A retention policy that you proposed was decided."),
    "law-proposed": _("A change of law waits for a second person."),
    "law-decided": _("A change of law that you proposed was decided."),
    "hold-asked": _("A legal hold waits for a second person."),
    "hold-decided": _("A legal hold that you asked for or asked to lift was decided."),
    "export-asked": _("An export waits for a second person."),
    "export-decided": _("An export you asked for was decided."),
    "export-ready": _("Something you asked for is ready. It is kept for a day."),
    "workbook-looked": _("Something you sent was checked. It waits for you for a day."),
    "workbook-taken": _("Something you sent was taken in."),
    "box-returned": _("Something you wrote on a phone could not be saved as it is. Open it."),
    "box-held": _("Something written on a phone waits for you."),
    "files-left-out": _("Something was enclosed that could not be kept."),
    "box-clock": _("The clock of your phone was wrong. Check when something happened."),
    "glass-broken": _("Somebody opened a case in an emergency."),
    "glass-justified": _("What you opened in an emergency was reviewed: justified."),
    "glass-unjustified": _("What you opened in an emergency was reviewed: not justified."),
}

# These lead to Today, whatever their target; a provider's is the list of what it received.
OF_TODAY = {"morning", "cases-without-someone", "referral-sent", "withdrawal-to-hear"}
OF_TODAY |= {"history-amiss"}


def tell(users: Iterable[Any], kind: str, *, target: Model) -> None:
    """Write a notice for each of these people, in the transaction of the deed.

    Told again while it is unseen, it stays one notice.
    """
    if kind not in WORDS:
        raise LookupError(f"No notice is called {kind}.")
    about = {"kind": kind, "target_type": target._meta.label, "target_id": target.pk}
    ids = {user.pk for user in users}
    Notice.objects.bulk_create(
        [Notice(user_id=pk, **about) for pk in sorted(ids)], ignore_conflicts=True
    )


def links(notices: Iterable[Notice], reader: User) -> dict[UUID, str]:
    """Where each leads, by its id; nowhere, if the reader may not see its target."""
    by_type: dict[str, dict[Any, list[Notice]]] = {}
    notices = list(notices)
    for notice in notices:
        by_type.setdefault(notice.target_type, {}).setdefault(notice.target_id, []).append(notice)
    today = reverse(settings.LOGIN_REDIRECT_URL)
    addresses: dict[Any, str] = {notice.pk: today for notice in notices if notice.kind in OF_TODAY}
    for label, about in by_type.items():
        model: Any = apps.get_model(label)
        if not hasattr(model, "get_absolute_url"):
            continue
        for row in model.objects.visible_to(reader).filter(pk__in=about):
            addresses |= {notice.pk: row.get_absolute_url() for notice in about[row.pk]}
    return addresses
