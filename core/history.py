"""History of values, written by the database at statement level.

Encrypted columns are left out: a name must be erasable, and history is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pghistory

from core.access import Nobody
from core.fields import EncryptedTextField

if TYPE_CHECKING:
    from django.db import models

M = TypeVar("M", bound="type[models.Model]")


def tracked(model: M) -> M:
    """Keep every inserted and every changed row of this table."""
    secret = [f.name for f in model._meta.fields if isinstance(f, EncryptedTextField)]
    track: Any = pghistory.track(
        pghistory.InsertEvent("added"),
        pghistory.UpdateEvent("changed"),
        exclude=secret,
        context_id_field=None,  # type: ignore[arg-type]  # documented, missing from its types
        attrs={
            "access": Nobody(),
            "append_only": True,
            "names": getattr(model, "names", ()),
        },
    )
    result: M = track(model)
    return result
