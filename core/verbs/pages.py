"""Pages of which nothing is to be said but the verb.

    page(record_study)
    page(answer_claim, "claims/<uuid:pk>/answer/", form_class=ClaimAnswerForm)
    page(strike, "charges/<uuid:pk>/strike/", name="strike-charge", model=Charge)

The title is the label of the verb, the lead its first paragraph, the form that of the verb; its
signature says what it is done to, and whether it makes or changes (`core/web.py`). What stands
above the form and beside the row is said by the model (`describe`, `shown_with`).

Without an address it is made of what the tables are called in addresses (`plural`). The name of an
address is that of the verb. What differs has a class of its own beside the others; what it is said
to be here are values of the class, never methods.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from django.urls import path

from core.verbs.arguments import given_back, type_of

if TYPE_CHECKING:
    from django.urls import URLPattern

    from core.services import Service


def page(
    base: Any, verb: Service[..., object], address: str = "", *, name: str = "", **attributes: Any
) -> URLPattern:
    """The page of this verb, of this kind, at its address."""
    row, *_rest = inspect.signature(verb.run).parameters.values()
    called = verb.run.__name__
    word, _line, noun = called.partition("_")
    if row.kind is row.KEYWORD_ONLY:
        name = name or f"new_{noun}"
        address = address or f"{given_back(verb).plural}/new/"
    else:
        table = attributes.setdefault("model", type_of(verb, row.annotation))
        last = word if verb.takes_version else "" if address else f"{given_back(verb).plural}/new"
        address = address or f"{table.plural}/<uuid:pk>/{last}/"
    attributes |= {"service": verb, "__module__": verb.run.__module__}  # of the app of its verb
    view: Any = type(called.title().replace("_", ""), (base,), attributes)
    return path(address, view.as_view(), name=(name or called).replace("_", "-"))
