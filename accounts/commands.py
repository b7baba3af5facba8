"""A command of the shell acts as a person, by the verbs of the pages: same right, same history."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.models import User
from core.context import acting_as, confirmed_at
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def acting(username: str) -> Iterator[User]:
    """Act as this person within the block. What is refused ends the command with the reason."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no user {username}.")
    # Whoever has a shell here needs no second factor: the key of the data lies beside it.
    token = confirmed_at.set(timezone.now())
    try:
        with acting_as(user.pk):
            yield user
    except PermissionDenied:
        raise CommandError(f"{username} may not do this.") from None
    except Refused as refusal:
        raise CommandError(str(refusal)) from None
    except OSError:
        raise CommandError("This file cannot be read or written.") from None
    finally:
        confirmed_at.reset(token)
