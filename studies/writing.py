"""A row is written only as its constraints allow; what they say is said of its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.refusals import gettext as _
from core.refusals import of_django
from core.services import Refused, amend
from studies.belonging import require_own, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from studies.models.numbers import NumberRecord

M = TypeVar("M", bound="NumberRecord")


def add(row: M, actor: User) -> M:
    """Write a new row of the actor's. Raises `Refused` with the words of the rule it breaks."""
    settle(row, actor)
    require_own(row, actor)
    check(row)
    _written(lambda: row.save(force_insert=True))
    return row


def change(row: M, version: int, actor: User, **changes: object) -> M:
    """Change a row of the actor's if it is still of this version. Raises `Refused`, `Stale`."""
    require_own(row, actor)
    wanted = type(row)._default_manager.get(pk=row.pk)
    for name, value in changes.items():
        setattr(wanted, name, value)
    check(wanted)
    kept: M = _written(
        lambda: amend(row, version, **{name: getattr(wanted, name) for name in changes})
    )
    return kept


def check(row: NumberRecord) -> None:
    """Strip the text of a row and hold the row against its rules. Raises `Refused`."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str):
            setattr(row, field.attname, value.strip())
    try:
        row.full_clean()
    except ValidationError as exc:
        name, problems = next(iter(exc.error_dict.items()))
        names = {field.name for field in row._meta.concrete_fields}
        at = next((code for code in (name, problems[0].code) if code in names), None)
        raise Refused(of_django(problems[0]), at) from None


def _written(write: Callable[[], object]) -> Any:
    """What two people write at once is refused as what one writes twice."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        raise Refused(_("Somebody else has just saved the same.")) from None
