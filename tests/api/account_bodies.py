"""Bodies about people's accounts: invitations, roles, changes that wait, notices."""

from __future__ import annotations

from typing import Any

from tests import factories


def of_accounts(user: Any) -> dict[str, tuple[Any, Any]]:
    why, other = {"reason": "Invented reason"}, {"reason": "Another reason"}
    role = why | {"office": "kolkata", "role": "auditor"}
    new = role | {"name": "Invented Name", "email": "invented@example.org"}
    asked = [factories.account_change() for _ in range(3)]
    invited, gone = factories.invitation(), factories.invitation()
    person = factories.user()
    return {
        "invitations/": tuple(new | {"username": f"new.{person.pk}.{n}"} for n in "ab"),
        f"invitations/{invited.pk}/withdraw/": (why, other),
        f"users/{gone.user_id}/invite-again/": ({}, None),
        f"users/{person.pk}/reset-second-factor/": (why, other),
        f"users/{factories.user().pk}/disable/": (why, other),
        f"memberships/{factories.membership().pk}/end/": (why, other),
        "account-changes/": tuple(
            role | {"user": str(factories.user().pk), "role": given}
            for given in ("auditor", "legal_officer")
        ),
        f"account-changes/{asked[0].pk}/confirm/": ({}, None),
        f"account-changes/{asked[1].pk}/refuse/": ({}, None),
        f"account-changes/{asked[2].pk}/withdraw/": ({}, None),
        f"notices/{factories.notice(user).pk}/seen/": ({}, None),
    }
