"""Languages of the interface, by their own names: codes of BCP 47. `locale/` has their words."""

from django.conf.locale import LANG_INFO

# Of languages for which Django has no numbers of its own; where it has others, `formats/` does.
from casework.conf.formats.en.formats import (  # noqa: F401 - settings
    DECIMAL_SEPARATOR,
    NUMBER_GROUPING,
    THOUSAND_SEPARATOR,
)

LANGUAGES = [
    ("en", "English"),
    ("hi", "हिन्दी"),
    ("bn", "বাংলা"),
    ("km", "ខ្មែរ"),
    ("th", "ไทย"),
    ("my", "မြန်မာ"),
    ("fil", "Filipino"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ur", "اردو"),
]
# Django has no words in Filipino, and so does not know it.
LANG_INFO.setdefault(
    "fil", {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"}
)
