"""Bodies about people's accounts: invitations, roles, changes that wait, notices."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests import factories
from tests.accounts.phone import connect
from tests.api.phone_bodies import of_phones
from tests.factories import exports, programs


def of_accounts(user: Any) -> dict[str, tuple[Any, Any]]:
    why, other = {"reason": "Invented reason"}, {"reason": "Another reason"}
    role = why | {"office": "kolkata", "role": "auditor"}
    new = role | {"name": "Invented Name", "email": "invented@example.org"}
    asked = [factories.account_change() for _ in range(3)]
    invited, gone = factories.invitation(), factories.invitation()
    person, key = factories.user(), factories.api_key(factories.service_account().user)
    paused = programs.webhook(paused_at=timezone.now(), paused_for="by_hand")
    program = {"name": "Invented Program", "purpose": "Invented", "owner": str(person.pk)}
    program["run_by"] = "house"
    return {
        "invitations/": tuple(new | {"username": f"new.{person.pk}.{n}"} for n in "ab"),
        f"invitations/{invited.pk}/withdraw/": (why, other),
        f"users/{gone.user_id}/invite-again/": ({}, None),
        f"users/{person.pk}/reset-second-factor/": (why, other),
        **_leaving(why, other),
        "account-changes/": tuple(
            role | {"user": str(factories.user().pk), "role": given}
            for given in ("auditor", "legal_officer")
        ),
        f"account-changes/{asked[0].pk}/confirm/": ({}, None),
        f"account-changes/{asked[1].pk}/refuse/": ({}, None),
        f"account-changes/{asked[2].pk}/withdraw/": ({}, None),
        "service-accounts/": tuple(
            program | {"username": f"program.{person.pk}.{n}"} for n in "ab"
        ),
        f"keys/{key.pk}/revoke/": ({}, None),
        f"webhooks/{programs.webhook().pk}/pause/": ({}, None),
        f"webhooks/{paused.pk}/resume/": ({}, None),
        f"webhook-deliveries/{programs.delivery().pk}/redeliver/": ({}, None),
        f"exports/{exports.export().pk}/allow/": ({}, None),
        f"exports/{exports.export().pk}/refuse/": ({}, None),
        f"exports/{exports.export(user).pk}/withdraw/": ({}, None),
        f"workbook-imports/{exports.workbook_import(user).pk}/end/": ({}, None),
        f"notices/{factories.notice(user).pk}/seen/": ({}, None),
        "notices/see-all/": ({}, None),
        **(_of_words() | _of_views(user) | of_phones(user)),
        "me/choose-office/": ({"office": "kolkata"}, None),
        "me/choose-language/": ({"language": "en"}, None),
    }


def _leaving(why: Any, other: Any) -> dict[str, tuple[Any, Any]]:
    """What is taken away."""
    linked = factories.link().user
    connect(linked)
    return {
        f"users/{factories.user().pk}/disable/": (why, other),
        f"users/{linked.pk}/unlink/": ({}, None),
        f"memberships/{factories.membership().pk}/end/": (why, other),
    }


def _of_words() -> dict[str, tuple[Any, Any]]:
    reading = factories.language_reading()
    return {
        "language-readings/": ({"language": "bn"}, {"language": "hi"}),
        f"language-readings/{reading.pk}/take-back/": ({}, None),
    }


def _of_views(user: Any) -> dict[str, tuple[Any, Any]]:
    """Ways of looking at lists."""
    return {
        "views/": (
            {"listed": "cases", "name": "Invented", "query": "status=lead", "columns": ["status"]},
            {"listed": "sites", "name": "Invented", "office": "kolkata"},
        ),
        "views/choose-columns/": tuple(
            {"listed": "cases", "columns": [c]} for c in ("team", "next")
        ),
        f"views/{factories.saved_view(user).pk}/remove/": ({}, None),
    }
