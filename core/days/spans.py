"""A span of time that people say in years and months, and that is kept in months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise


def in_years(months: int) -> str:
    """“7 years, 6 months”."""
    years, rest = divmod(months, 12)
    parts = [ngettext("%(n)s year", "%(n)s years", years) % {"n": years}] if years else []
    if rest or not years:
        parts.append(ngettext("%(n)s month", "%(n)s months", rest) % {"n": rest})
    return ", ".join(parts)


class SpanInput(forms.MultiWidget):
    """Two boxes. That of the months has the name of the field, so that months alone will do."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        box = {"min": 0, "inputmode": "numeric", "autocomplete": "off"}
        super().__init__({"years": forms.NumberInput(box), "": forms.NumberInput(box)}, attrs)

    def decompress(self, value: int | None) -> list[int | None]:
        return [None, None] if value is None else [*divmod(value, 12)]

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, object] | None = None,
        renderer: object = None,
    ) -> SafeString:
        context = self.get_context(name, value, attrs)
        years, months = context["widget"]["subwidgets"]
        parts = [(years, _("years")), (months, _("months"))]
        return render_to_string("components/span.html", {"parts": parts})


class SpanField(forms.MultiValueField):
    """Years and months, given back as months; nothing where both are empty."""

    def __init__(
        self,
        *,
        label: StrOrPromise,
        most: int,
        required: bool = False,
        help_text: StrOrPromise = "",
        initial: int | None = None,
    ) -> None:
        self.most = most
        boxes = [forms.IntegerField(min_value=0, max_value=n) for n in (most // 12, most)]
        super().__init__(
            boxes,
            label=label,
            required=required,
            help_text=help_text,
            initial=initial,
            require_all_fields=False,
            widget=SpanInput(),
        )
        for box in boxes:
            box.required = False

    def compress(self, data_list: Sequence[int | None]) -> int | None:
        if not data_list:
            return None
        years, months = (part or 0 for part in data_list)
        if (span := 12 * years + months) > self.most:
            words = gettext_lazy("This is longer than %(most)s.")
            raise forms.ValidationError(words, params={"most": in_years(self.most)})
        return span

    def in_words(self, value: object) -> str:
        """What was typed, or what is kept; nothing for what is no span."""
        span: object = value
        if isinstance(value, list):
            try:
                span = self.clean(value)
            except forms.ValidationError:
                return ", ".join(str(part) for part in value if part)
        return in_years(span) if isinstance(span, int) else ""
