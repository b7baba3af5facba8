"""Every address of the product, found by walking the resolver, and a way to call it."""

from __future__ import annotations

import io
import os
import time
import uuid
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from accounts import keys
from accounts.roles import Role
from aftercare.models import Referral
from core.api.viewsets import ServiceViewSet
from core.models import Job
from core.web import Page
from reports.maps import boundaries
from tests.clients import needs_a_person, taken_back
from victims.models import Withdrawal

if TYPE_CHECKING:
    from accounts.models import User

COLLECT = [f"intake:collect-{name}" for name in ("forms", "form", "manifest", "places", "submit")]
# Pages of django-allauth, kept by `tests/accounts/test_sign_in_pages.py`: who may open each.
SIGN_IN = {
    "mfa_authenticate": "the second factor of a sign-in",
    "mfa_login_webauthn": "signs in with a passkey",
    "account_reauthenticate": "step-up, by password where there is nothing else",
    "mfa_reauthenticate": "step-up, by code",
    "mfa_reauthenticate_webauthn": "step-up, by passkey",
    "mfa_index": "one's own ways to sign in",
    "mfa_activate_totp": "connects an app",
    "mfa_deactivate_totp": "disconnects it",
    "mfa_add_webauthn": "adds a passkey",
    "mfa_remove_webauthn": "removes one",
    "mfa_view_recovery_codes": "shows new recovery codes once",
    "mfa_generate_recovery_codes": "makes new ones",
    "account_change_password": "a new password",
    "usersessions_list": "one's own sessions",
    "account_reset_password": "asks for a link by mail",
    "account_reset_password_done": "says to look at the mail",
    "account_reset_password_from_key": "a new password, by that link",
    "account_reset_password_from_key_done": "says that it is changed",
}
AWAY = 120  # seconds; a screen locks after ten minutes
RECEIVED = (Referral, Withdrawal)  # what a provider sees of its own
APPS = os.environ.get("APPS", "").split()  # that changed; none: all are asked
METHODS = ("get", "post", "put", "patch", "delete")
# Pages and endpoints with a base of their own, each with its reason.
OTHERS = {
    "healthz": "asked by the load balancer; says ok",
    "readyz": "asked by the load balancer; says yes or no",
    "metrics": "asked by whoever watches the server, with a token; for anyone else not there",
    "offline-worker": "says on a device that there is no connection; the same to everybody",
    "login": "where one signs in",
    "account_login": "the same, by the name of django-allauth",
    "logout": "ends a session, with a CSRF token",
    "accounts:provider": "leads to the provider of identities, by a press; not there without one",
    "accounts:from-provider": "where it sends back to; not there without one",
    **dict.fromkeys(("scim-users", "scim-user", "scim-discovery"), "for a key of the provider"),
    **dict.fromkeys(("people:invitation", "people:accept"), "where an invitation leads"),
    "account_logout": "the same, by the name of django-allauth",
    **SIGN_IN,
    "accounts:lock": "hides the screen, also after the session has ended",
    "accounts:unlock": "opens a locked screen",
    "accounts:language": "in which language pages are, also for those who are not signed in",
    "accounts:stay": "keeps the session of someone who is typing; says nothing",
    "desk:live": "what is new while a page is open; asks its walls row by row",
    "api-schema": "a file of the repository, for those who are signed in",
    "api-docs": "drf-spectacular's view, for those who are signed in",
    "prosecutions:feed": "fetched by a calendar, the address is the secret",
    **dict.fromkeys(("intake:field", "intake:reading"), "opened offline; the same to everybody"),
    "intake:keep": "where a phone asks what it may still show; its signature says which it is",
    "intake:manifest": "its name and icon; the same to everybody",
    **dict.fromkeys(COLLECT, "for the password of an account of ODK Collect"),
    "intake:deliver": "where a phone delivers, its signature says which; answers a receipt",
}
# What anyone who is signed in may read, whatever the role.
SETS = ("instrument-list", "instrument-detail", "question-set-list", "question-set-detail")
LAWS = ("prosecutions:law", *("provision-list", "provision-detail"))
READINGS = ("language-reading-list", "language-reading-detail")
FOR_EVERYONE = {
    "styleguide": "components, no data",
    **dict.fromkeys(("api-schema", "api-docs"), "the shape of the API, no data"),
    "me": "who the caller is",
    **dict.fromkeys(("office-list", "office-detail"), "reference data"),
    **dict.fromkeys(("task-rule-list", "task-rule-detail"), "reference data: rules of tasks"),
    **dict.fromkeys(("jurisdiction-list", "jurisdiction-detail"), "reference data"),
    **dict.fromkeys(("agency-list", "agency-detail"), "reference data"),
    "aftercare:schemes": "reference data: schemes",
    **{f"rehabilitation-scheme-{how}": "reference data: schemes" for how in ("list", "detail")},
    **dict.fromkeys(SETS, "reference data: sets of questions"),
    **dict.fromkeys(("choice-list", "choice-detail"), "reference data: what codes are called"),
    **dict.fromkeys(READINGS, "reference data: who read which language"),
    **dict.fromkeys((*LAWS, "law-version-list", "law-version-detail"), "reference data: law"),
}
BOARD = "a dashboard is code, open to REPORT_VIEW"
# Addresses whose key is no id of a row: a key there is, and why it needs no row.
CODES = {
    "reports:report": ({"slug": "conviction-rate"}, "a report is code, open to REPORT_VIEW"),
    "report-detail": ({"slug": "conviction-rate"}, "a report is code, open to REPORT_VIEW"),
    "reports:board": ({"slug": "legal"}, BOARD),
    "reports:board-pdf": ({"slug": "legal"}, BOARD),
    "reports:board-csv": ({"slug": "legal", "code": "rate"}, BOARD),
    "reports:board-xlsx": ({"slug": "legal", "code": "rate"}, BOARD),
    "reports:shapes": ({"digest": boundaries().digest}, "shapes of places, no data"),
    "dashboard-detail": ({"slug": "legal"}, BOARD),
    "dashboard-compute": ({"slug": "legal"}, BOARD),
    "exchange:ask-list": ({"what": "suspects"}, "a list is code, open to EXPORT_MAKE"),
    "people:new-view": ({"listed": "cases"}, "a list is code; views of one's own"),
    "people:choose-columns": ({"listed": "cases"}, "a list is code; columns of one's own"),
    "people:letter-arrived": ({"token": "x"}, "signed, from a mail"),
    "mfa_remove_webauthn": ({"pk": 1}, "django-allauth counts; one's own only"),
    "account_reset_password_from_key": ({"uidb36": "0", "key": "x"}, "signed, from a mail"),
}
OF_WEBHOOKS = "webhooks subscribe webhook pause resume redeliver renew-secret"
OF_WEBHOOKS += " ask-host allow-host end-host"
OF_PLACES = "new-place places-table change-place choices choice new-choice change-choice"
OF_PLACES += " choices-table"
OF_SETS = "sets new-set set change-set write-question drop-question publish-set retire-set"
OF_SETS += " renew-set"
OF_QUESTIONS = "write-question drop-question publish retire renew"
OF_RELEASES = "propose-release proposal approve-release refuse-release withdraw-release outside"
OF_RELEASES += " propose-address outside-address confirm-address end-address"
RELEASING = [f"reports:{name}" for name in OF_RELEASES.split()]
RELEASING += [f"outside-address-{verb}" for verb in ("list", "detail", "confirm", "end")]
OF_PROPOSALS = "list detail table approve refuse withdraw"
RELEASING += [f"release-proposal-{verb}" for verb in OF_PROPOSALS.split()]
# Addresses a case manager has no business with: whose they are.
ASKED_BY = {
    "desk:trail": Role.AUDITOR,
    "desk:trail-file": Role.AUDITOR,
    "desk:unusual": Role.AUDITOR,
    "audit-event-unusual": Role.AUDITOR,
    "desk:chain": Role.AUDITOR,
    "audit-event-chain": Role.AUDITOR,
    "desk:people-file": Role.SYSTEM_ADMIN,
    "desk:setting-up": Role.SYSTEM_ADMIN,
    "prosecutions:send-answer": Role.PROSECUTOR,
    "places:merge-agency": Role.SYSTEM_ADMIN,
    **{f"places:{n}": Role.SYSTEM_ADMIN for n in ("merge-place", "draw-place")},
    "people:ask-letter": Role.SYSTEM_ADMIN,
    "people:letter-arrived": Role.SYSTEM_ADMIN,
    **dict.fromkeys(["people:list", "people:person"], Role.SYSTEM_ADMIN),
    "people:invite": Role.SYSTEM_ADMIN,
    "people:invite-again": Role.SYSTEM_ADMIN,
    "people:unlink": Role.SYSTEM_ADMIN,
    "people:withdraw-invitation": Role.SYSTEM_ADMIN,
    "people:ask-role": Role.SYSTEM_ADMIN,
    "people:end-role": Role.SYSTEM_ADMIN,
    "people:reset-second-factor": Role.SYSTEM_ADMIN,
    "people:disable": Role.SYSTEM_ADMIN,
    "people:changes": Role.SYSTEM_ADMIN,
    "people:confirm-change": Role.SYSTEM_ADMIN,
    "people:refuse-change": Role.SYSTEM_ADMIN,
    "people:withdraw-change": Role.SYSTEM_ADMIN,
    "people:programs": Role.SYSTEM_ADMIN,
    "people:open-program": Role.SYSTEM_ADMIN,
    "people:program": Role.SYSTEM_ADMIN,
    **dict.fromkeys(["people:issue-key", "people:rotate-key"], Role.SYSTEM_ADMIN),
    "people:revoke-key": Role.SYSTEM_ADMIN,
    **dict.fromkeys(["desk:task-rules", "desk:task-rule"], Role.SYSTEM_ADMIN),
    **dict.fromkeys(["desk:change-rule", "desk:reset-rule", "task-rule-reset"], Role.SYSTEM_ADMIN),
    **dict.fromkeys(["people:offices", "task-rule-try-change"], Role.SYSTEM_ADMIN),
    **dict.fromkeys(["people:new-office", "people:offices-table"], Role.SYSTEM_ADMIN),
    "people:office": Role.SYSTEM_ADMIN,
    "people:change-office": Role.SYSTEM_ADMIN,
    "people:take-practice-away": Role.SYSTEM_ADMIN,
    **{f"places:{n}": Role.SYSTEM_ADMIN for n in OF_PLACES.split()},
    **{f"questions:{n}": Role.SYSTEM_ADMIN for n in OF_SETS.split()},
    **{f"question-set-{n}": Role.SYSTEM_ADMIN for n in OF_QUESTIONS.split()},
    **{f"service-account-{n}": Role.SYSTEM_ADMIN for n in ("list", "detail", "issue-key")},
    **{f"key-{n}": Role.SYSTEM_ADMIN for n in ("list", "detail", "rotate", "revoke")},
    **{f"exchange:{n}": Role.SYSTEM_ADMIN for n in OF_WEBHOOKS.split()},
    **{f"webhook-host-{n}": Role.SYSTEM_ADMIN for n in ("list", "detail", "allow", "end")},
    "webhook-list": Role.SYSTEM_ADMIN,
    "webhook-detail": Role.SYSTEM_ADMIN,
    "webhook-pause": Role.SYSTEM_ADMIN,
    "webhook-resume": Role.SYSTEM_ADMIN,
    "webhook-renew-secret": Role.SYSTEM_ADMIN,
    "webhook-delivery-list": Role.SYSTEM_ADMIN,
    "webhook-delivery-detail": Role.SYSTEM_ADMIN,
    "webhook-delivery-redeliver": Role.SYSTEM_ADMIN,
    "backups:list": Role.SYSTEM_ADMIN,
    "backup-list": Role.SYSTEM_ADMIN,
    "backup-detail": Role.SYSTEM_ADMIN,
    "real-names": Role.SYSTEM_ADMIN,
    "drill-list": Role.SYSTEM_ADMIN,
    "drill-detail": Role.SYSTEM_ADMIN,
    "user-list": Role.SYSTEM_ADMIN,
    "user-detail": Role.SYSTEM_ADMIN,
    "user-disable": Role.SYSTEM_ADMIN,
    "user-held": Role.SYSTEM_ADMIN,
    "user-invite-again": Role.SYSTEM_ADMIN,
    "user-unlink": Role.SYSTEM_ADMIN,
    "user-reset-second-factor": Role.SYSTEM_ADMIN,
    "invitation-list": Role.SYSTEM_ADMIN,
    "invitation-detail": Role.SYSTEM_ADMIN,
    "invitation-withdraw": Role.SYSTEM_ADMIN,
    "membership-end": Role.SYSTEM_ADMIN,
    "account-change-list": Role.SYSTEM_ADMIN,
    "account-change-detail": Role.SYSTEM_ADMIN,
    "account-change-confirm": Role.SYSTEM_ADMIN,
    "account-change-refuse": Role.SYSTEM_ADMIN,
    "account-change-withdraw": Role.SYSTEM_ADMIN,
    "retention:propose-policy": Role.DATA_OFFICER,
    "retention:confirm-policy": Role.DATA_OFFICER,
    "retention:refuse-policy": Role.DATA_OFFICER,
    "retention-policy-confirm": Role.DATA_OFFICER,
    "retention-policy-refuse": Role.DATA_OFFICER,
    "match-ask": Role.DATA_OFFICER,
    "studies:publish-estimate": Role.DATA_OFFICER,
    "estimate-publish": Role.DATA_OFFICER,
    "victims:ask-confirmations": Role.DATA_OFFICER,
    **dict.fromkeys(RELEASING, Role.DATA_OFFICER),
    "casework:review-emergency": Role.SAFEGUARDING_LEAD,
    "emergency-review": Role.SAFEGUARDING_LEAD,
    "aftercare:received": Role.PROVIDER_PARTNER,
    "aftercare:accept": Role.PROVIDER_PARTNER,
    "aftercare:decline": Role.PROVIDER_PARTNER,
    "received-referral-list": Role.PROVIDER_PARTNER,
    "received-referral-detail": Role.PROVIDER_PARTNER,
    "received-referral-accept": Role.PROVIDER_PARTNER,
    "received-referral-decline": Role.PROVIDER_PARTNER,
    "received-referral-complete": Role.PROVIDER_PARTNER,
    "received-referral-note": Role.PROVIDER_PARTNER,
    "received-referral-notes": Role.PROVIDER_PARTNER,
    "aftercare:write-note": Role.PROVIDER_PARTNER,
    "aftercare:complete": Role.PROVIDER_PARTNER,
    "aftercare:acknowledge": Role.PROVIDER_PARTNER,
    "received-withdrawal-list": Role.PROVIDER_PARTNER,
    "received-withdrawal-detail": Role.PROVIDER_PARTNER,
    "received-withdrawal-acknowledge": Role.PROVIDER_PARTNER,
}


@dataclass(frozen=True)
class Address:
    name: str
    view: Any
    keys: tuple[str, ...]

    @property
    def kind(self) -> str:
        """page, api, other (in the list above), or unknown."""
        cls = getattr(self.view, "view_class", None) or getattr(self.view, "cls", None)
        if cls and issubclass(cls, Page):
            return "page"
        if cls and issubclass(cls, ServiceViewSet):
            return "api"
        return "other" if self.name in OTHERS else "unknown"

    @property
    def for_browsers(self) -> bool:
        """A stranger is sent to sign in; elsewhere the answer is 401."""
        return self.kind == "page" or self.name == "api-docs"

    @property
    def cls(self) -> Any:
        return self.view.cls if self.kind == "api" else self.view.view_class

    @property
    def declared(self) -> set[str]:
        """The methods someone wrote; `put` of Django's form views is nobody's intention."""
        if self.kind == "api":
            return set(self.view.actions) & set(METHODS)
        return {method for method in ("get", "post") if hasattr(self.cls, method)}

    @property
    def filters(self) -> Any:
        listed = getattr(self.cls, "listed", None)
        return listed.filters if listed else {}

    @property
    def model(self) -> Any:
        return self.cls.queryset.model if self.kind == "api" else getattr(self.cls, "model", None)

    @property
    def role(self) -> str:
        """The role that may open it."""
        return ASKED_BY.get(self.name, Role.CASE_MANAGER)

    @property
    def received(self) -> bool:
        """About a referral or a withdrawn consent, from the side of its provider."""
        return self.model in RECEIVED and self.role == Role.PROVIDER_PARTNER

    def path(self, pk: Any = None) -> str:
        if self.name in CODES:
            return reverse(self.name, kwargs=CODES[self.name][0])
        return reverse(self.name, kwargs=dict.fromkeys(self.keys, pk or uuid.uuid4()))

    def rows(self, user: User) -> Any:
        """The rows this person may open here."""
        if self.received:
            return self.model.objects.received_by(user)
        rows = self.model.objects.visible_to(user)
        return rows.filter(kind="report") if self.model is Job else rows


def addresses(resolver=None, prefix=""):
    """All of them, in the order of the resolver."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found += addresses(entry, space)
        elif not beside(entry.callback):
            names = (*entry.pattern.converters, *entry.pattern.regex.groupindex)
            name = f"{prefix}{entry.name or entry.pattern}"
            found.append(Address(name, entry.callback, tuple(dict.fromkeys(names))))
    return found


def beside(view):
    """The list and the create of a view once more (`core/api/routers.py`). What they
    are asked stands in `tests/api/test_beside.py`, `test_sync.py` and `test_bulk.py`."""
    return bool({"of_changes", "of_map", "of_many"} & getattr(view, "initkwargs", {}).keys())


def of_kind(*kinds):
    return [address for address in addresses() if address.kind in kinds]


def asked(*kinds):
    """Those that a sweep asks: all, or those of the apps that changed (`tests/quick.py`)."""
    several = of_kind(*kinds)
    return [a for a in several if not APPS or a.cls.__module__.partition(".")[0] in APPS]


class Caller:
    """One person, by session on pages and by key below /api/, where a key will do."""

    def __init__(self, user=None):
        self.client = Client(raise_request_exception=False)
        self.headers, self.user, self.since = {}, user, time.monotonic()
        if user:
            self.client.force_login(user)
            self.headers = {"Authorization": f"Bearer {keys.make(user)[1]}"}

    def stay(self):
        """Use the session, which locks by itself: what a call that is rolled back does not."""
        if self.user and time.monotonic() - self.since > AWAY:
            self.client.force_login(self.user)
            self.since = time.monotonic()

    def call(self, method, path, **fields):
        api = path.startswith("/api/")
        kind = {"content_type": "application/json"} if api and method != "get" else {}
        by_key = api and not needs_a_person(method, path)
        return getattr(self.client, method)(
            path, fields or None, headers=self.headers if by_key else {}, **kind
        )

    def look(self, path):
        """What is answered; neither a read in the history nor a version of the session stays."""
        with taken_back():
            return self.call("get", path)


def text_of(answer):
    """What an answer shows, also where it is given out part by part."""
    if not hasattr(answer, "given_out"):
        answer.given_out = read(b"".join(answer) if answer.streaming else answer.content)
    return answer.given_out


def read(content):
    """The text of a page, of a workbook, and of a sheet of paper."""
    if content.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(content) as paper:
            return "\n".join(page.get_textpage().get_text_bounded() for page in paper)
    return _unpacked(content) if content.startswith(b"PK") else content.decode()


def _unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


def own_id(address, user):
    """The id with which this person would open this address."""
    if not address.keys or address.model is None:
        return None
    row = address.rows(user).first()
    if row is None:
        return uuid.uuid4()
    return row.rescue_id if address.name == "casework:narrative" else row.pk
