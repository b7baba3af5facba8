"""Files and functions stay short, and no module is called by what it is not about."""

from __future__ import annotations

import ast

import pytest
from django.conf import settings

from core.web import FormPage, Page
from tests.meta.addresses import of_kind

ROOT = settings.BASE_DIR
LINES, TEST_LINES, FUNCTION_LINES = 300, 400, 40
MOST_ABOVE = 3  # classes of ours above a page: what it is said to be is composed, not inherited
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}
# What a newcomer cannot guess: a module, function or class is called by a noun of its subject.
NO_NOUN = {"found", "said", "shown", "told", "asked", "known", "kept", "given", "beside", "one"}
NO_NOUN |= {"waiting", "matter", "sounding", "finding", "discretion", "divergence"}
PRONOUNS = {"found", "said", "shown", "told", "one"}
A_NOUN_THERE = [
    "studies/models/programmes.py: Finding"
]  # what an evaluation found: the word for it


def sources():
    """Our Python by path below the root; migrations are the record of a day and exempt."""
    for top in (*settings.OUR_APPS, "tests", "benchmarks"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def too_long(name, text):
    """A file or a function nobody reads to its end."""
    lines, most = len(text.splitlines()), TEST_LINES if name.startswith("tests/") else LINES
    found = [f"{name}: {lines} lines"] if lines > most else []
    if name.startswith("benchmarks/"):  # a raw twin of a service is one list of statements
        return found
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{name}: {node.name} has {length} lines")
    return found


def nameless(names):
    """Modules and packages called by a word that fits everything."""
    return [n for n in names if SAYS_NOTHING & {*n.removesuffix(".py").split("/")}]


def no_nouns(name, text):
    """The module and what it defines itself, where they are called by a word of no subject."""
    module = name.rpartition("/")[2].removesuffix(".py")
    defines = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    names = [module, *(node.name for node in ast.parse(text).body if isinstance(node, defines))]
    return [f"{name}: {each}" for each in names if each.lower() in NO_NOUN]


def no_noun_held(name, text):
    """Where a variable has such a name; what a class holds or callers name is another matter."""
    functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef))
    names = [node for each in functions for node in ast.walk(each) if isinstance(node, ast.Name)]
    held = {(n.lineno, n.id) for n in names if isinstance(n.ctx, ast.Store) and n.id in PRONOUNS}
    return [f"{name}:{line} {each}" for line, each in sorted(held)]


def test_files_and_functions_are_short():
    assert [line for name, text in sources() for line in too_long(name, text)] == []


def ours_above(page):
    return [
        cls for cls in page.__mro__[1:] if cls.__module__.partition(".")[0] in settings.OUR_APPS
    ]


def test_few_classes_stand_above_a_page():
    pages = {address.cls for address in of_kind("page")}
    assert len(pages) > 200
    deep = {
        f"{page.__module__}.{page.__name__}": len(ours_above(page))
        for page in pages
        if len(ours_above(page)) > MOST_ABOVE
    }
    assert deep == {}


def test_a_page_that_is_too_deep_is_found():
    verb = type("Verb", (FormPage,), {"__module__": "desk.views.cases"})
    row_verb = type("RowVerb", (verb,), {"__module__": "desk.views.cases"})
    assert ours_above(type("Answer", (row_verb,), {})) == [row_verb, verb, FormPage, Page]


def test_modules_are_named_by_their_subject():
    names = [name for name, _text in sources()]
    assert len(names) > 150
    assert nameless(names) == []


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("core/a.py", "\n" * 301, ["core/a.py: 301 lines"]),
        ("core/a.py", "\n" * 300, []),
        ("tests/a.py", "\n" * 400, []),
        ("tests/a.py", "\n" * 401, ["tests/a.py: 401 lines"]),
        ("core/a.py", "def long():\n" + "    pass\n" * 40, ["core/a.py: long has 41 lines"]),
        (
            "core/a.py",
            "class A:\n  async def f():\n" + "    pass\n" * 40,
            ["core/a.py: f has 41 lines"],
        ),
        ("core/a.py", "def fits():\n" + "    pass\n" * 39, []),
    ],
)
def test_what_is_too_long_is_found(name, text, finding):
    assert too_long(name, text) == finding


def test_modules_functions_and_classes_are_called_by_a_noun():
    ours = [(name, text) for name, text in sources() if not name.startswith(("tests/", "bench"))]
    assert [line for name, text in ours for line in no_nouns(name, text)] == A_NOUN_THERE


def test_a_name_that_is_no_noun_is_found():
    text = "class Found: ...\ndef told(): ...\ndef found_by_name():\n    said = 1\n"
    assert no_nouns("core/kept.py", text) == ["core/kept.py: kept"] + [
        f"core/kept.py: {name}" for name in ("Found", "told")
    ]


def test_variables_are_nouns():
    ours = [(name, text) for name, text in sources() if not name.startswith(("tests/", "bench"))]
    assert [line for name, text in ours for line in no_noun_held(name, text)] == []


def test_a_variable_that_is_no_noun_is_found():
    text = "def f(told):\n    said = [one for one in told]\n    rows = said\n"
    assert no_noun_held("core/a.py", text) == ["core/a.py:2 one", "core/a.py:2 said"]


def test_a_name_that_says_nothing_is_found():
    names = ["core/utils.py", "casework/helpers/dates.py", "core/common_law.py"]
    assert nameless(names) == names[:2]
