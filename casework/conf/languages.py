"""Languages of the interface, by their own names: codes of BCP 47. `locale/` has their words."""

from django.conf.locale import LANG_INFO

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
# As numbers are typed; three languages that Django writes otherwise have `formats/` of their own.
DECIMAL_SEPARATOR, THOUSAND_SEPARATOR, NUMBER_GROUPING = ".", ",", 3
# In which somebody who grew up with the language has read the words through.
READ_BY_NATIVE_SPEAKERS = {"en"}
# Django has no words in Filipino, and so does not know it.
LANG_INFO.setdefault(
    "fil", {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"}
)
