"""Languages people are met in, by their own names. Codes of ISO 639, as BCP 47 writes them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
