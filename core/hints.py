"""What the form of a page says of choices beyond those it offers (`casework/forms/unlisted.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from core.forms import with_present

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.forms import BaseForm, Field

    from core.access import Actor

    F = TypeVar("F", bound=BaseForm)

hints: list[Callable[[Iterable[Field], Actor], None]] = []


def hinted(form: F, reader: Actor) -> F:
    """The form with what is said of its choices, and what its row says already among them."""
    with_present(form)
    for hint in hints:
        hint(form.fields.values(), reader)
    return form
