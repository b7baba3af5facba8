"""Catalogues of the languages: gathered, whole, sound, and compiled."""

from __future__ import annotations

import ast
import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from core.languages import listed
from core.local.paths import ROOT

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|%%|\{[a-z_]+\}|\b(?:TIME|COUNT|SECONDS)\b")
# What is written in a template is not escaped: a sign more could end an attribute, or begin a tag.
MARKUP = re.compile(r"</?[a-z][^>]*>|&[a-z#0-9]+;|[<>&\"]")
SAY = {"django.utils.translation", "core.refusals"}
EAGER = {"gettext", "ngettext", "pgettext"}
# Words that only stand between others.
JOINT = re.compile(
    "about|an|and|are|as|at|but|by|for|from|in|is|of|on|or|than|that|the|to|until|with"
)
# For programs, or in English to whoever runs the system.
NO_WORDS = {
    *("core/chain/anchors.py", "core/keys/field_keys.py", "core/wall/policies.py"),
    *("accounts/set_up.py", "intake/collect/questions.py"),
}
MOST = 70_000  # bytes of the letters of one script


@pytest.fixture(scope="module")
def words(make):
    with translation.override(None):
        return make.gathered()


@pytest.fixture(scope="module", params=OTHERS)
def catalog(request, make):
    with make.path_of(request.param).open("rb") as file:
        return read_po(file, locale=request.param)


def messages(catalog):
    return [message for message in catalog if message.id]


def forms(message):
    """Of a message each English form with what is said in its place."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    one, many = message.id
    return [
        (many if n or len(message.string) == 1 else one, said)
        for n, said in enumerate(message.string)
    ]


def test_words_are_gathered(catalog, words):
    there = {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in messages(catalog)}
    assert there == set(words), "make words gathers them"


def test_nothing_is_left_in_english(catalog):
    left = [m.id for m in messages(catalog) if not all(said for _id, said in forms(m))]
    assert left == [], "translate these in locale/, then make words"


def test_placeholders_and_markup_are_those_of_the_english(catalog):
    wrong = []
    for message in messages(catalog):
        for english, said in forms(message):
            parts = [set(PLACEHOLDER.findall(text)) for text in (english, said)]
            marks = [sorted(MARKUP.findall(text)) for text in (english, said)]
            if said and (parts[0] != parts[1] or marks[0] != marks[1]):
                wrong.append((english, said))
    assert wrong == []


def test_what_is_served_is_what_is_written(catalog, make):
    with translation.override(None):
        path = make.path_of(str(catalog.locale))
        assert make.compiled(catalog) == path.with_suffix(".mo").read_bytes(), "make words"


def test_the_guide_says_how_much_is_translated(make):
    catalogs = {}
    for language in OTHERS:
        with make.path_of(language).open("rb") as file:
            catalogs[language] = read_po(file, locale=language)
    (said,) = make.SHARES.findall(make.ON_SHARES.read_text(encoding="utf-8"))
    assert said == make.shares(catalogs), "make words counts"


def test_a_term_is_usual_or_of_a_text_that_is_named():
    """And each text that is named has terms."""
    rows = (ROOT / "locale" / "texts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    texts = {tuple(row.split("\t")[:2]) for row in rows}
    used = set()
    for language in OTHERS:
        path = ROOT / "locale" / language / "glossary.tsv"
        for row in path.read_text(encoding="utf-8").splitlines()[1:]:
            source = row.split("\t")[2]
            if not source.startswith("usual"):
                text, comma, article = source.partition(", ")
                assert comma, row
                assert article, row
                used.add((language, text))
    assert used == texts


def test_no_word_is_said_before_its_reader_is_known():
    """Where a module is loaded nobody reads yet: words there are lazy."""
    early = []
    for app in settings.OUR_APPS:
        for path in (ROOT / app).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {
                alias.asname or alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and node.module in SAY
                for alias in node.names
                if alias.name in EAGER
            }
            early += [f"{path.relative_to(ROOT)}:{line}" for line in _said_on_loading(tree, names)]
    assert early == []


def _said_on_loading(tree, names):
    """Lines on which one of these functions is called outside of the body of a function."""
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id in names:
        yield tree.lineno
    for name, value in ast.iter_fields(tree):
        if name == "body" and isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                yield from _said_on_loading(node, names)


def test_an_early_word_is_found():
    tree = ast.parse("A = _('said')\nB = lambda: _('later')\ndef c(d=_('early')):\n    _('later')")
    assert list(_said_on_loading(tree, {"_"})) == [1, 3]


def test_no_word_only_joins_others(words):
    """Other languages put the value elsewhere, or say it by the ending of a word."""
    glue = [key for _context, key in words if JOINT.fullmatch(key) or key.endswith(",")]
    assert glue == [], "say the whole with placeholders; several in a row: core.languages.listed"


def test_no_row_is_joined_by_a_word():
    joined = []
    for app in settings.OUR_APPS:
        for path in (ROOT / app).rglob("*.py"):
            file = str(path.relative_to(ROOT))
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if file not in NO_WORDS and any(map(_joins, ast.walk(tree))):
                joined.append(file)
    assert joined == []


def _joins(node):
    """`" and ".join(…)`, `_("of").join(…)`, `f" {_('of')} ".join(…)`, `get_text_list(…)`."""
    if not isinstance(node, ast.Call):
        return False
    if not isinstance(node.func, ast.Attribute):
        return isinstance(node.func, ast.Name) and node.func.id == "get_text_list"
    by = node.func.value
    if node.func.attr != "join" or isinstance(by, ast.Name):
        return False
    if isinstance(by, ast.Constant):
        return isinstance(by.value, str) and bool(JOINT.fullmatch(by.value.strip()))
    return isinstance(by, ast.Call | ast.JoinedStr) and "_(" in ast.unparse(by)


def test_a_joint_is_found():
    bad = ('" and ".join(a)', "_('of').join(a)", "f\" {_('of')} \".join(a)", "get_text_list(a)")
    good = ("', '.join(a)", "'; '.join(_(b) for b in a)", "joint.join(a)", "''.join(a)")
    assert [any(map(_joins, ast.walk(ast.parse(code)))) for code in (*bad, *good)] == [
        *([True] * len(bad)),
        *([False] * len(good)),
    ]


@pytest.mark.parametrize(
    ("code", "row"), [("en", "a, b and c"), ("es", "a, b y c"), ("th", "a b และc")]
)
def test_several_are_said_as_the_language_says_them(code, row):
    with translation.override(code):
        assert [listed("abc"[:n]) for n in (0, 1, 3)] == ["", "a", row]
        assert listed("ab") == {"en": "a and b", "es": "a y b", "th": "aและb"}[code]


def test_letters_of_a_script_are_light():
    files = sorted((ROOT / "static" / "fonts").glob("noto-*.woff2"))
    assert len(files) == 6
    assert [file.name for file in files if file.stat().st_size > MOST] == []
