"""A report is logged once, by whichever door it comes: the same form under the same key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from casework.models import Rescue
from core import idempotency
from intake import answers
from intake.services import log_rescue

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from intake.forms import RescueForm


def log_once(
    form: RescueForm, actor: User, *, then: Callable[[], object] = lambda: None
) -> idempotency.Answer:
    """Log what a valid form says, for a page or a phone. Raises `KeyReused`, `Refused`.

    `then`: what is done with it in the same step, also where it was logged before.
    """
    data: Any = form.data
    sent = {name: data.getlist(name) for name in data if name != "csrfmiddlewaretoken"}
    digest = idempotency.digest_of(b"page", orjson.dumps(sent, option=orjson.OPT_SORT_KEYS))

    def run() -> idempotency.Answer:
        logged = log_rescue(actor=actor, **form.report())
        return idempotency.Answer(201, answers.for_page(logged, actor))

    def is_open(receipt: object) -> bool:
        """Whether the case of an earlier receipt is open still, with what happened in it."""
        case = receipt["id"] if isinstance(receipt, dict) else None
        return bool(Rescue.objects.visible_to(actor).filter(case=case).exists())

    answer = idempotency.once(actor, form.cleaned_data["key"], digest, run, is_open=is_open)
    then()
    return answer
