"""A verb: one permission, one named actor, one transaction, one line of history.

Pages, API, Celery and the shell all call the same object, so none can skip a rule.
"""

from __future__ import annotations

import inspect
import re
from contextvars import ContextVar
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, context, refusals
from core.refusals import Worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from core.refusals import Words

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)
M = TypeVar("M", bound=models.Model)
SERVICES: list[Service[Any, Any]] = []
_within: ContextVar[bool] = ContextVar("within_a_service", default=False)


class Refused(Worded):
    """A step the rules do not allow; the message is safe to show.

    `words` say which rule it is, to programs as well (`core.refusals`). `field`: which of the
    values given is at fault, where it is one of them alone.
    """

    def __init__(self, words: Words, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


class Stale(Exception):
    """The row changed since the person read it."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(_("Someone else changed this record while you were working on it."))
        self.current = current


class StepUp(PermissionDenied):
    """The verb needs a second factor shown a moment ago. Keys of programs cannot show one."""

    def __init__(self) -> None:
        super().__init__(_("First confirm that it is you."))


class Service(Generic[P, R_co]):
    def __init__(
        self,
        run: Callable[P, R_co],
        permission: str,
        *,
        fresh: bool = False,
        label: StrOrPromise = "",
        begins: bool = False,
    ) -> None:
        taken = inspect.signature(run).parameters
        actor = taken.get("actor")
        if actor is None or actor.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{run.__qualname__} must take a keyword-only actor")
        self.run, self.permission, self.fresh, self.label = run, permission, fresh, label
        self.begins = begins
        self.takes_version = "version" in taken  # of the row, as it was read
        update_wrapper(self, run)
        SERVICES.append(self)

    @property
    def summary(self) -> str:
        """What it says of itself, but for what it raises."""
        return re.split(r"\s+Raises\s", inspect.getdoc(self.run) or "")[0]

    @property
    def lead(self) -> str:
        """The first paragraph of it, on one line."""
        return " ".join(self.summary.partition("\n\n")[0].split())

    def check(self, actor: Any) -> None:
        if not actor.has_perm(self.permission):
            raise PermissionDenied(self.permission)
        if self.fresh and not confirmed():
            raise StepUp

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        self.check(kwargs["actor"])
        # A verb within a verb succeeds or fails with it: one savepoint, of the outermost.
        token = _within.set(True)
        try:
            with (
                transaction.atomic(savepoint=token.old_value is not True),
                audit.required(self.run.__qualname__),
            ):
                return self.run(*args, **kwargs)
        finally:
            _within.reset(token)


def confirmed() -> bool:
    """Whether the person of this request showed a second factor within the last minutes."""
    at = context.confirmed_at.get()
    return at is not None and timezone.now() - at < settings.STEP_UP_WITHIN


def service(
    permission: str, *, fresh: bool = False, label: StrOrPromise = "", begins: bool = False
) -> Callable[[Callable[P, R_co]], Service[P, R_co]]:
    """Declare a function as a verb that needs this permission; `fresh`: and a step-up; `label`:
    what people call it, on its page; `begins`: new work, of which a closed case takes none."""
    return lambda run: Service(run, permission, fresh=fresh, label=label, begins=begins)


def as_it_stands(row: M) -> M:
    """The row of now, locked. Refused if somebody deleted it since it was read."""
    current = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if current is None:
        raise Refused(refusals.gettext("This record was deleted while you were working on it."))
    return current


def amend(row: M, version: int, **changes: object) -> M:
    """Change a row only if it is still the version the person saw. Raises `Stale`."""
    current = as_it_stands(row)
    if current.version != version:  # type: ignore[attr-defined]
        raise Stale(current)
    for name, value in changes.items():
        setattr(current, name, value)
    current.version += 1  # type: ignore[attr-defined]
    current.save(update_fields=[*changes, "version", "updated_at"])
    return current
