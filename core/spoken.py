"""Languages people are met in, by their own names. Codes of ISO 639, as BCP 47 writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

LANGUAGES = {
    "en": "English",
    "hi": "हिन्दी",
    "bn": "বাংলা",
    "km": "ខ្មែរ",
    "th": "ไทย",
    "my": "မြန်မာ",
    "fil": "Filipino",
    "ceb": "Cebuano",
    "es": "Español",
    "fr": "Français",
    "ne": "नेपाली",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "ur": "اردو",
    "sw": "Kiswahili",
    "mul": _("Another, through an interpreter"),
}
SPOKEN = {code: name for code, name in LANGUAGES.items() if code != "mul"}
CHOICES = list(SPOKEN.items())


def in_own_names(codes: Iterable[str]) -> SafeString:
    """Each marked as its language, so that it is read aloud as that."""
    rows = [(code if code in SPOKEN else "", LANGUAGES.get(code, code)) for code in codes if code]
    return format_html_join(", ", '<bdi lang="{}">{}</bdi>', rows)
