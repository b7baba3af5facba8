"""Pages of which nothing is to be said but the verb.

    page(record_study), page(correct_visit, form_class=CorrectVisitForm)

The signature says what the page is about and the rest: a verb on no row makes one (`NewPage`), one
that asks for a version changes its row (`ChangePage`), any other adds a row to another (`AddPage`).
The form is that of the verb, the title its label, the lead its first line. The address is made of
what the tables are called in addresses, its name is that of the verb. What differs has a class of
its own beside the others; what it is said to be here are values of the class, never methods.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from django.urls import path

from core.verbs import given_back, type_of
from studies.views.pages import AddPage, ChangePage, NewPage

if TYPE_CHECKING:
    from django.urls import URLPattern

    from core.services import Service


def page(verb: Service[..., Any], **said: Any) -> URLPattern:
    """The page of this verb at its address."""
    row, *_rest = parameters = inspect.signature(verb.run).parameters.values()
    called = verb.run.__name__
    word, _line, noun = called.partition("_")
    made = given_back(verb)
    base: Any
    if row.kind is row.KEYWORD_ONLY:
        base, address, name = NewPage, f"{made.plural}/new/", f"new_{noun}"
    else:
        table = type_of(verb, row.annotation)
        said["model"], name = table, called
        base, address = ChangePage, f"{table.plural}/<uuid:pk>/{word}/"
        if "version" not in {one.name for one in parameters}:
            base, address = AddPage, f"{table.plural}/<uuid:pk>/{made.plural}/new/"
    view: Any = type(called.title().replace("_", ""), (base,), {"service": verb, **said})
    return path(address, view.as_view(), name=name.replace("_", "-"))
