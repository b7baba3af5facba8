"""Status changes as a table: one row per transition, one function that applies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext

from core import audit
from core.refusals import Words, together
from core.refusals import gettext as _
from core.services import Refused, Stale

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from django.utils.functional import _StrPromise
    from django_stubs_ext import StrOrPromise

    from core.access import Actor

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Transition(Generic[M]):
    name: str
    label: str | _StrPromise
    sources: Set[str]
    target: str | Callable[[M], str]  # a function, where the record says how it goes on
    permission: str
    blocked: Callable[[M], Words | None] = lambda _row: None
    manual: bool = True  # False: only a service takes this step, as part of something larger

    def refusal(self, row: M, status: str, user: Actor) -> Words | None:
        """Say why not, or nothing."""
        if status not in self.sources:
            words = _("“%(step)s” is not possible now: the status is “%(status)s”.")
            reason = words % {"step": self.label, "status": _label(row, status)}
            hint = gettext("It is possible from: %(from)s.") % {"from": self._from(row)}
            return together([reason, hint])
        if not user.has_perm(self.permission):
            return _("Your role may not do this: %(step)s.") % {"step": self.label}
        return self.blocked(row)

    def _from(self, row: M) -> str:
        """The statuses it starts from, in the order of a life."""
        known = row._meta.get_field("status").flatchoices  # type: ignore[union-attr]
        return ", ".join(str(label) for value, label in known if value in self.sources)


def _label(row: models.Model, status: str) -> StrOrPromise:
    return dict(row._meta.get_field("status").flatchoices).get(status, status)  # type: ignore[union-attr]


class Workflow(Generic[M]):
    def __init__(self, *steps: Transition[M]) -> None:
        self.steps = {step.name: step for step in steps}
        self.manual = {step.name: step for step in steps if step.manual}

    def available(self, row: M, user: Actor) -> list[Transition[M]]:
        """The steps to offer this person now: the buttons on the page, the links in the API."""
        status = row.status  # type: ignore[attr-defined]
        return [s for s in self.manual.values() if s.refusal(row, status, user) is None]

    def explained(self, row: M, user: Actor) -> list[tuple[Transition[M], str]]:
        """Every step of somebody's own, and why it cannot be taken now: nothing where it can."""
        status = row.status  # type: ignore[attr-defined]
        mine = [step for step in self.manual.values() if user.has_perm(step.permission)]
        return [(step, step.refusal(row, status, user) or "") for step in mine]

    def move(self, row: M, step: str, *, actor: Actor, version: int | None = None) -> M:
        """Take a step because someone pressed its button."""
        if step not in self.manual:
            raise Refused(_("There is no such step."))
        return self.apply(row, step, actor=actor, version=version)

    @transaction.atomic
    def apply(
        self, row: M, name: str, *, actor: Actor, version: int | None = None, **facts: object
    ) -> M:
        """Take a step; `facts` are fields that change with it, in the same write."""
        step = self.steps[name]
        row = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if version is not None and row.version != version:  # type: ignore[attr-defined]
            raise Stale(row)
        before = row.status  # type: ignore[attr-defined]
        if refusal := step.refusal(row, before, actor):
            raise Refused(refusal)
        after = step.target(row) if callable(step.target) else step.target
        row.status, row.version = after, row.version + 1  # type: ignore[attr-defined]
        for field, value in facts.items():
            setattr(row, field, value)
        row.save(update_fields=["status", "version", "updated_at", *facts])
        noun = row._meta.model_name
        audit.record(f"{noun}.{name}", row, actor=actor, before=before, after=after)
        return row
