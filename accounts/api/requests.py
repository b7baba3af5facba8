"""Requests of the API, as far as the type checker asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request

if TYPE_CHECKING:
    from accounts.models import User


class SignedIn(Request):
    """A request that passed the permission of its view: somebody is signed in."""

    if TYPE_CHECKING:
        user: User
