"""Gather the words of the interface and bring the catalogues up to date: `make words`.

A rule that refuses in new words gets a code in `docs/refusals.tsv`, made of them: make it better
before it is published. What was translated stays; what is new is empty until somebody translates
it in `<language>/LC_MESSAGES/django.po`; what nobody says any longer goes. Names of months,
days and countries are those of CLDR. Then each catalogue is compiled, so that a machine that serves
needs no tool. Run at development time only: Babel is no part of the product.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import django
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils import dates, translation
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.refusals import Entry

HERE = Path(__file__).parent
ROOT = HERE.parent
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
}
# How many forms a counted word has, and which of them goes with a number. Some languages say none
# as they say one; but where the form of one gives no figure (“once”), it would be wrong of none.
ONE_FORM, TWO_FORMS = (1, "0"), (2, "(n != 1)")
PLURALS = dict.fromkeys(("km", "my", "th"), ONE_FORM)
# The same in each file and at each time, so that a difference is one of words.
HEAD = {
    "project": "Casework",
    "header_comment": "# Words of Casework, gathered by `make words`. Translate under msgstr.",
    "copyright_holder": "the authors of Casework",
    "last_translator": "",
    "language_team": "",
    "creation_date": datetime(2026, 11, 30, tzinfo=UTC),
    "revision_date": datetime(2026, 11, 30, tzinfo=UTC),
    "charset": "utf-8",
    "fuzzy": False,
}
# What a code goes without.
SMALL = re.compile(
    r"\b(a|an|and|are|at|be|been|by|for|has|have|in|is|it|its|of|on|or|say|than|that|the|their|them|"
    r"then|there|they|this|to|was|were|with|you|your)\b|%\(\w+\)s"
)
Words = dict[tuple[str | None, str], tuple[str | tuple[str, str], set[str]]]


def languages() -> list[str]:
    """All but English, in which the words are written."""
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def path_of(language: str) -> Path:
    return HERE / language / "LC_MESSAGES" / "django.po"


def gathered() -> Words:
    """By context and English: the English, with its plural if it has one, and where it is said."""
    words: Words = {}

    def note(said: str | tuple[str, str], file: str, context: str | None = None) -> None:
        key = said if isinstance(said, str) else said[0]
        known, files = words.setdefault((context, key), (said, set()))
        if isinstance(known, str):  # counted in one place, not in another
            words[context, key] = (said, files)
        files.add(file)

    for app in (*settings.OUR_APPS, "templates"):
        for path in sorted((ROOT / app).rglob("*")):
            if path.suffix in {".py", ".html", ".js", ".txt"}:
                file = str(path.relative_to(ROOT))
                for function, said in _said_in(path):
                    context = said[0] if "pgettext" in function else None
                    parts = said[1:] if context else said
                    note(parts[0] if len(parts) == 1 else (parts[0], parts[1]), file, context)
    for said, file, context in _said_elsewhere():
        note(said, file, context)
    return words


def _said_in(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Which function is called, with which words: a context and a plural among them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is no word of a tag is blotted out; Python minds how that is indented.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    found = []
    for _line, function, said, _notes in extract_python(
        BytesIO(text.encode()), list(KEYWORDS), [], {"encoding": "utf-8"}
    ):
        texts = (said,) if isinstance(said, str) else tuple(text for text in said or () if text)
        if texts and (len(texts) > 1 or "pgettext" not in function):  # else it stands elsewhere
            found.append((function, texts))
    return found


def _said_elsewhere() -> list[tuple[str, str, str | None]]:
    """What is put into words in no call: the verbs, the stages of courts, the
    questions that are shipped, words of Django."""
    import_module("casework.conf.urls")  # which knows every verb
    from core.services import SERVICES  # noqa: PLC0415 - once apps are ready
    from places.countries import CONTEXT, IN_ENGLISH  # noqa: PLC0415 - once apps are ready
    from prosecutions.stages import StageTable  # noqa: PLC0415 - once apps are ready

    verbs = [(v.lead, f"{v.run.__module__.replace('.', '/')}.py") for v in SERVICES if v.label]
    tables = StageTable.shipped().values()
    stages = [
        (stage.label, "prosecutions/stages.py") for t in tables for stage in t.stages.values()
    ]
    shipped = "instruments/data/neutral-1.json"
    domains = json.loads((ROOT / shipped).read_text(encoding="utf-8"))["domains"]
    parts = [part for domain in domains for part in (domain, *domain["items"])]
    django_words = [(text, "django") for text in (*_of_days(), *OF_FORMS)]
    return [
        *((said, file, None) for said, file in (*verbs, *stages, *django_words)),
        *((part["label"], shipped, "assessment") for part in parts),
        *((name, "places/countries.py", CONTEXT) for name in IN_ENGLISH.values()),
    ]


def _of_days() -> list[str]:
    names = (dates.MONTHS, dates.MONTHS_3, dates.WEEKDAYS, dates.WEEKDAYS_ABBR)
    return [str(name) for row in names for name in row.values()]


OF_FORMS = (
    "This field is required.",
    *("Enter a valid value.", "Enter a valid date.", "Enter a valid time."),
    *("Enter a valid date/time.", "Enter a valid email address.", "Enter a valid URL."),
    *("Enter a number.", "Enter a whole number.", "Enter a list of values."),
    "Select a valid choice. That choice is not one of the available choices.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "The submitted file is empty.",
    "No file was submitted. Check the encoding type on the form.",
    "Null characters are not allowed.",
)


def cldr(language: str) -> dict[tuple[str | None, str], str]:
    """Months and days as the language writes them beside a number, in our calendar; countries;
    how several are said in a row. By context and English."""
    from places.countries import CONTEXT, IN_ENGLISH  # noqa: PLC0415 - once apps are ready

    locale = Locale.parse(language)
    months, days = locale.months["format"], locale.days["format"]
    names = {
        **{str(name): months["wide"][n] for n, name in dates.MONTHS.items()},
        **{str(name): months["abbreviated"][n] for n, name in dates.MONTHS_3.items()},
        **{str(name): days["wide"][n] for n, name in dates.WEEKDAYS.items()},
        **{str(name): days["abbreviated"][n] for n, name in dates.WEEKDAYS_ABBR.items()},
    }
    of_countries = {  # Filipino says & for its “at”: a sign of markup
        (CONTEXT, name): locale.territories.get(code, name).replace("&", "at")
        for code, name in IN_ENGLISH.items()
    }
    rows = locale.list_patterns["standard"]
    of_lists = {
        ("list", "%(before)s, %(next)s"): rows["middle"].format("%(before)s", "%(next)s"),
        ("list of two", "%(first)s and %(last)s"): rows["2"].format("%(first)s", "%(last)s"),
        ("end of a list", "%(before)s and %(last)s"): rows["end"].format("%(before)s", "%(last)s"),
    }
    return {(None, name): word for name, word in names.items()} | of_countries | of_lists


def updated(language: str, words: Words) -> Catalog:
    """The catalogue of a language as it is, for the words of today."""
    with path_of(language).open("rb") as file:
        known = read_po(file, locale=language)
    locale = Locale.parse(language)
    new = Catalog(locale, **HEAD)
    given = cldr(language)
    for (context, key), (said, files) in sorted(
        words.items(), key=lambda row: (row[0][1], row[0][0] or "")
    ):
        before = known.get(key, context)
        string = before.string if before and before.id == said else ""
        places = [(file, None) for file in sorted(files)]
        new.add(said, given.get((context, key), string), places, context=context)
    new._num_plurals, new._plural_expr = PLURALS.get(language, TWO_FORMS)
    return new


def written(catalog: Catalog) -> bytes:
    text = BytesIO()
    write_po(text, catalog, width=0, sort_output=False, omit_header=False, include_lineno=False)
    return text.getvalue()


def compiled(catalog: Catalog) -> bytes:
    text = BytesIO()
    write_mo(text, catalog)
    return text.getvalue()


def refused() -> set[str]:
    """The sentences of rules: those said by a function of `core.refusals`."""
    paths = [path for app in settings.OUR_APPS for path in (ROOT / app).rglob("*.py")]
    return {text for path in paths for text in _of_rules(path.read_text(encoding="utf-8"))}


def _of_rules(code: str) -> Iterator[str]:
    if "refusals" not in code:
        return
    nodes = [*ast.walk(ast.parse(code))]
    imports = [n for n in nodes if isinstance(n, ast.ImportFrom) and n.module == "core.refusals"]
    ours = {alias.asname or alias.name for node in imports for alias in node.names}
    ours = {name for name in ours if name in KEYWORDS} | {f"refusals.{name}" for name in KEYWORDS}
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ours:
            yield ast.literal_eval(node.args[0])


def coded(sentences: Iterable[str], known: list[Entry]) -> list[Entry]:
    """The register, with a code for what is new: the first words of it."""
    from core.refusals import Entry  # noqa: PLC0415 - once there are settings

    codes, entries = {entry.code for entry in known}, list(known)
    for sentence in sorted(set(sentences) - {entry.sentence for entry in known}):
        code = "-".join(re.findall("[a-z0-9]+", SMALL.sub("", sentence.lower()))[:5])
        while code in codes:
            code += "-too"
        codes.add(code)
        entries.append(Entry(code, sentence))
    return sorted(entries)


ON_SHARES = ROOT / "docs" / "how-to" / "translate.md"
SHARES = re.compile(
    r"(?<=<!-- shares: made by `make words` -->\n).*?(?=<!-- /shares -->)", re.DOTALL
)


def shares(catalogs: dict[str, Catalog]) -> str:
    """Of each language, how much is translated, and where its terms come from: for the guide."""
    from accounts.services.languages import terms_of  # noqa: PLC0415 - once apps are ready

    lines = [
        "| Language | Translated | Terms of a law or convention | Terms |",
        "|---|---|---|---|",
    ]
    for language, catalog in catalogs.items():
        said = [message for message in catalog if message.id]
        share = 100 * sum(all(_strings(message)) for message in said) / len(said)
        sourced, terms = terms_of(language)
        name = Locale.parse(language).get_language_name("en")
        lines.append(f"| {name} | {share:.4g} % | {sourced} | {terms} |")
    lines.append(f"\nOf more than {len(said) // 100 * 100} sentences and words.")  # seldom another
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    from core.refusals import REGISTER, as_kept, register  # noqa: PLC0415 - once there are settings

    entries = coded(refused(), register())
    REGISTER.write_text(as_kept(entries), encoding="utf-8")
    words = gathered()
    catalogs = {language: updated(language, words) for language in languages()}
    for language, catalog in catalogs.items():
        path = path_of(language)
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
    table = shares(catalogs)
    told = ON_SHARES.read_text(encoding="utf-8")
    ON_SHARES.write_text(SHARES.sub(lambda _old: table, told), encoding="utf-8")
    sys.stdout.write(table)


def _strings(message: object) -> tuple[str, ...]:
    string = message.string  # type: ignore[attr-defined]
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.conf.settings")
    django.setup()
    with translation.override(None):
        main()
