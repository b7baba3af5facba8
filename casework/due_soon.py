"""What is due in a case soon, in codes alone: the app that asks the record adds how it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from accounts.models import User
    from casework.models import Case

asked: list[Callable[[Case, User], Iterable[tuple[date, str]]]] = []
