"""Shapes of requests and answers. Shape only: rules live in services."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers


class Input(serializers.Serializer[Any]):
    """A request body. A field it does not know is refused by name, never dropped."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        errors: Any = {name[:80]: [_("There is no such field.")] for name in unknown[:20]}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as exc:
            raise serializers.ValidationError(exc.detail | errors) from None
        if errors:
            raise serializers.ValidationError(errors)
        return value


class VisibleRow(serializers.SlugRelatedField[Any]):
    """A reference to another row by id or code; rows out of the caller's scope do not exist."""

    default_error_messages = {
        "does_not_exist": _("Not found, or not open to you."),
        "invalid": _("Not found, or not open to you."),
    }

    def __init__(self, queryset: Any = None, by: str = "pk", **kwargs: Any) -> None:
        if queryset is not None:
            kwargs["queryset"] = queryset
        super().__init__(slug_field=by, **kwargs)

    def get_queryset(self) -> Any:
        queryset: Any = super().get_queryset()
        return queryset.visible_to(self.context["request"].user)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or "\0" in data:
            self.fail("invalid")
        try:
            return super().to_internal_value(data)
        except (ValueError, TypeError):  # pragma: no cover - SlugRelatedField turns these itself
            self.fail("invalid")

    def to_representation(self, obj: Any) -> Any:
        return str(super().to_representation(obj))


class VisibleRows(serializers.ManyRelatedField):
    """Several references, found with one query."""

    def __init__(
        self, queryset: Any, by: str = "pk", *, max_length: int = 50, **kwargs: Any
    ) -> None:
        self.by, self.max_length = by, max_length
        super().__init__(child_relation=VisibleRow(queryset, by), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, list) or len(data) > self.max_length:
            raise serializers.ValidationError(
                _("A list of at most %(count)s is expected.") % {"count": self.max_length}
            )
        if not data:
            return []
        visible: Any = self.child_relation.get_queryset()
        field = visible.model._meta.pk if self.by == "pk" else None
        wanted = list(dict.fromkeys(str(item) for item in data))
        try:
            keys = [field.to_python(key) for key in wanted] if field else wanted
        except Exception as exc:
            raise serializers.ValidationError(_("Not found, or not open to you.")) from exc
        rows = {
            str(getattr(row, self.by)): row for row in visible.filter(**{f"{self.by}__in": keys})
        }
        missing = [key for key in wanted if key not in rows]
        if missing:
            raise serializers.ValidationError(
                [_("%(key)s: not found, or not open to you.") % {"key": k[:40]} for k in missing]
            )
        return [rows[key] for key in wanted]


class Labelled(serializers.ChoiceField):
    """A code of a fixed list."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=getattr(choices, "choices", choices), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:40])
        return super().to_internal_value(data)


def shown_as(field: str) -> Any:
    """A related row, shown by its code or name instead of its id."""
    return serializers.SlugRelatedField(slug_field=field, read_only=True)
