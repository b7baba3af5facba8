"""Commands that act as a user."""

from __future__ import annotations

from django.core.management.base import CommandError

from accounts.models import User


def user_of(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no user {username}.")
    return user
