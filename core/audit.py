"""The only door to the audit trail: intentions, reads of content, refusals, sign-ins."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.context import request_id
from core.models import AuditEvent, AuditKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

_written: ContextVar[int] = ContextVar("audit_events_written", default=0)


class Unaudited(AssertionError):
    """A service changed data without saying so."""


def _event(kind: str, action: str, actor: Any, target: Model | None, detail: Any) -> AuditEvent:
    return AuditEvent(
        kind=kind,
        action=action,
        actor_id=getattr(actor, "pk", None),
        target_type=target._meta.label if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        case_id=_case_of(target),
        request_id=request_id.get(),
        detail=detail,
    )


def _case_of(target: Model | None) -> Any:
    if target is None:
        return None
    return target.pk if target._meta.label == "casework.Case" else getattr(target, "case_id", None)


def record(action: str, target: Model, *, actor: Any, **detail: Any) -> None:
    """Someone did something. In the transaction of the deed."""
    _written.set(_written.get() + 1)
    _event(AuditKind.INTENTION, action, actor, target, detail).save(force_insert=True)


def read(action: str, target: Model, *, actor: Any, **detail: Any) -> None:
    """Someone was shown content. In the transaction that read it, before bytes leave."""
    _written.set(_written.get() + 1)
    _event(AuditKind.READ, action, actor, target, detail).save(force_insert=True)


def read_rows(action: str, label: str, ids: Iterable[Any], *, actor: Any) -> None:
    """Someone was shown a list: one row with the ids, not one row each."""
    _written.set(_written.get() + 1)
    event = _event(AuditKind.READ, action, actor, None, {"ids": [str(pk) for pk in ids]})
    event.target_type = label
    event.save(force_insert=True)


def denied(action: str, *, actor: Any, target_id: str = "", **detail: Any) -> None:
    """A refusal, kept on a connection of its own: the request's transaction is rolled back."""
    event = _event(AuditKind.DENIAL, action, actor, None, detail)
    event.target_id = target_id[:40]
    event.save(force_insert=True, using=settings.ASIDE_DATABASE)


def sign_in(action: str, *, actor: Any, **detail: Any) -> None:
    """A sign-in, a sign-out or a failed try, on the same separate connection."""
    _event(AuditKind.SIGN_IN, action, actor, None, detail).save(
        force_insert=True, using=settings.ASIDE_DATABASE
    )


@contextmanager
def required(name: str) -> Iterator[None]:
    """Refuse to finish a verb that recorded nothing."""
    before = _written.get()
    yield
    if _written.get() == before:
        raise Unaudited(f"{name} finished without recording an audit event")
