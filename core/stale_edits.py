"""Two people at one record: what one typed beside what the other saved, and who that was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.days import clock
from core.days.spans import SpanField
from core.days.typed import say_day
from core.fields import EncryptedTextField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model
    from django.forms import BaseForm


@dataclass(frozen=True)
class Line:
    """One field: what was typed, and what stands now."""

    label: str
    typed: str
    stands: str


@dataclass(frozen=True)
class Both:
    """Everything that differs, and who changed it when."""

    lines: list[Line]
    changed: dict[str, Any]


def both_versions(form: BaseForm, fresh: object, current: Model) -> Both:
    """`fresh`: the same form, filled from the record as it stands."""
    lines = []
    for name in form.fields:
        field = form[name].field
        typed, stands = form[name].value(), _stands(name, fresh, current)
        pair = _said(field, typed), _said(field, stands)
        if pair[0] != pair[1]:
            lines.append(Line(str(field.label or name), pair[0], pair[1]))
    return Both(lines, changed(current))


def changed(current: Model) -> dict[str, object]:
    """Who changed it last, where the history knows, and when."""
    who = ""
    events: Any = getattr(current, "events", None)
    last = events.order_by("-pgh_id").first() if events is not None else None
    if last is not None and last.pgh_context:
        context = last.pgh_context
        context = json.loads(context) if isinstance(context, str) else context
        people: Any = get_user_model()._default_manager
        who = people.filter(pk=context.get("user")).values_list("name", flat=True).first() or ""
    return {"who": who, "at": getattr(current, "updated_at", None)}


def _stands(name: str, fresh: Any, current: Model) -> Any:
    """As the form shows it; else as the record has it, unless that is kept encrypted."""
    if name in fresh.fields and name in fresh.initial:
        return fresh[name].value()
    fields: dict[str, Any] = {field.name: field for field in current._meta.concrete_fields}
    field = fields.get(name)
    if field is None or field.is_relation or isinstance(field, EncryptedTextField):
        return None
    return getattr(current, name)


def _said(field: forms.Field, value: object) -> str:
    """A value in words: of choices their labels, of days the day."""
    if value in (None, "", [], ()):
        return ""
    if isinstance(field, forms.ChoiceField):
        labels = dict(_flat(field.choices))
        several = value if isinstance(value, list | tuple) else [value]
        texts = [str(field.prepare_value(choice)) for choice in several]
        return ", ".join(labels.get(text, text) for text in texts)
    if isinstance(field, SpanField):
        return field.in_words(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        value = _as_day(field, value)
    if isinstance(value, datetime):
        aware = timezone.is_aware(value)
        return clock.in_words(value) if aware else date_format(value, "j M Y, H:i")
    if isinstance(value, date):
        return say_day(value)
    return str(value).strip()


def _as_day(field: forms.Field, text: str) -> str | date:
    """What was typed is text; a day is said as a day, whoever typed it."""
    if not isinstance(field, forms.DateField):
        return text
    try:
        return field.to_python(text) or text
    except forms.ValidationError:
        return text


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    """Choices without their headings."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)
