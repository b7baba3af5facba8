"""Catalogues of the languages: gathered, whole, sound, and compiled."""

from __future__ import annotations

import ast
import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from core.local.paths import ROOT

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|%%|\{[a-z_]+\}|\b(?:TIME|COUNT|SECONDS)\b")
# What is written in a template is not escaped: a sign more could end an attribute, or begin a tag.
MARKUP = re.compile(r"</?[a-z][^>]*>|&[a-z#0-9]+;|[<>&\"]")
SAY = {"django.utils.translation", "core.refusals"}
EAGER = {"gettext", "ngettext", "pgettext"}
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


def test_letters_of_a_script_are_light():
    files = sorted((ROOT / "static" / "fonts").glob("noto-*.woff2"))
    assert len(files) == 6
    assert [file.name for file in files if file.stat().st_size > MOST] == []
