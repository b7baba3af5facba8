"""What the documents name exists: files, links, make targets, environment, roles."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings

from accounts.roles import Role
from core.database.roles import ROLES
from desk.rules import RULES
from prosecutions.checks.warnings import CHECKS

ROOT = settings.BASE_DIR
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
SUFFIXES = (".py", ".md", ".sql", ".yml", ".toml", ".lock", ".json", ".css", ".html", ".txt")
# Named and not in the repository, each with its reason.
ELSEWHERE = {
    "var/": "made when Casework runs",
    ".venv/": "made by make",
    "workflow.py": "a file of that name in an app",
    "urls.py": "a file of that name in an app",
    "enums.py": "a file of that name in an app",
    "calls.py": "a file of the partner, made by the example that names it",
}
# Read, and not for those who run Casework, each with its reason.
NOT_DOCUMENTED = {"CASEWORK_VENV": "tests of the installer, which must not touch the real .venv"}


def prose(text):
    """The page without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)


def dead_links(page, text):
    targets = [t.partition("#")[0] for t in LINK.findall(text)]
    return [t for t in targets if t and ":" not in t and not (page.parent / t).exists()]


def is_path(word):
    return bool(PATH.fullmatch(word)) and (word.endswith(SUFFIXES) or "/" in word)


def absent(text):
    """Paths in backticks at which there is nothing, in the repository's own parts."""
    tops = {path.name for path in ROOT.iterdir()}
    return [
        word
        for word in CODE.findall(prose(text))
        if is_path(word)
        and word not in ELSEWHERE
        and (word.endswith(SUFFIXES) or word.partition("/")[0] in tops)
        and not any(ROOT.glob(word))
    ]


def untested(text):
    """Tests in backticks that are not there: `tests/a.py::test_b`, `::test_c` of the same file."""
    path, gone = "", []
    for word in CODE.findall(text):
        before, _, name = word.partition("::")
        path = before or path
        if re.fullmatch(r"tests/[\w/]+\.py", path):
            file, name = ROOT / path, name.partition("[")[0]
            there = file.read_text(encoding="utf-8") if file.is_file() else ""
            if not there or (name and f"def {name}(" not in there):
                gone.append(word)
    return gone


def targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def unknown_targets(text):
    named = re.findall(r"(?:^|[`\s])make ([a-z-]+)(?=[\s`.;,)]|$)", code_of(text))
    return [name for name in named if name not in targets()]


def code_of(text):
    """Everything that stands in blocks and backticks, line by line."""
    blocks = re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL)
    return "\n".join([*blocks, *CODE.findall(prose(text))])


def documented():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^([A-Z][A-Z_]+)=", text, re.MULTILINE))


def read():
    """Names that our own code asks the environment for."""
    sources = [ROOT / "casework" / "conf" / "env.py", *(ROOT / "core" / "local").glob("*.py")]
    asks = r"""(?:read\.\w+\(|environ\.get\(|environ\[|env\.get\()\s*["']([A-Z][A-Z_]+)["']"""
    return {name for path in sources for name in re.findall(asks, path.read_text(encoding="utf-8"))}


def named_anywhere():
    """Names in code, Compose and Makefile that can give a documented value its effect."""
    sources = [
        ROOT / "docker-compose.yml",
        ROOT / "Makefile",
        *(ROOT / "casework" / "conf").glob("*.py"),
        *(ROOT / "core").rglob("*.py"),
    ]
    words = set(re.findall(r"[A-Z][A-Z_]+", "\n".join(p.read_text("utf-8") for p in sources)))
    # Put together by provision_roles.
    return words | {f"{role.upper()}_PASSWORD" for role in ROLES}


def roles_in(text):
    table = text.partition("| Role |")[2].partition("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in table]


def unlisted_decisions():
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    pages = [p.name for p in (ROOT / "docs" / "adr").glob("0*.md")]
    return [name for name in pages if f"| {name[:4]} | [" not in index or f"]({name})" not in index]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_what_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    assert dead_links(page, text) == []
    assert absent(text) == []
    assert unknown_targets(text) == []
    assert untested(text) == []


def test_every_value_that_is_read_is_documented_and_the_other_way_round():
    assert len(read()) > 12
    assert read() - documented() - NOT_DOCUMENTED.keys() == set()
    assert documented() - named_anywhere() == set()


def test_the_table_of_roles_is_that_of_the_code():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert roles_in(readme) == [str(role.label) for role in Role]


def test_decisions_are_few_in_the_index_in_order_and_fit_a_page():
    assert unlisted_decisions() == []
    pages = sorted((ROOT / "docs" / "adr").glob("0*.md"))
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d{4}) \|", index, re.MULTILINE) == [p.name[:4] for p in pages]
    assert len(pages) <= 20  # the reason of one rule stands in its module
    for page in pages:
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 60, page.name


def test_what_code_says_of_decisions_exists():
    """Their pages by path, in docstrings and comments; numbers alone are of no page."""
    sources = [p for app in settings.OUR_APPS for p in (ROOT / app).rglob("*.py")]
    named = {
        (path.name, page)
        for path in sources
        for page in re.findall(r"docs/adr/[\w.-]*", path.read_text(encoding="utf-8"))
    }
    assert [name for name in named if not (ROOT / name[1].rstrip(".")).is_file()] == []
    assert named


def test_the_list_of_changes_is_read_to_its_end():
    assert len((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()) <= 100


def test_no_exception_is_left_over():
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [word for word in ELSEWHERE if f"`{word}`" not in text] == []
    assert NOT_DOCUMENTED.keys() - read() == set()


# Planted faults


@pytest.mark.parametrize(
    ("sweep", "text", "finding"),
    [
        (absent, "See `core/nowhere.py`.", ["core/nowhere.py"]),
        (absent, "See `tests/nowhere/`.", ["tests/nowhere/"]),
        (absent, "See `core/access.py`, `a/b`, `user.name` and `docs/adr/`.", []),
        (absent, "```\n`core/nowhere.py`\n```", []),
        (untested, "`tests/nowhere.py::test_a`", ["tests/nowhere.py::test_a"]),
        (untested, "`tests/meta/test_docs.py::test_a[b]`", ["tests/meta/test_docs.py::test_a[b]"]),
        (untested, "`tests/meta/test_docs.py`, `::test_a`", ["::test_a"]),
        (untested, "`tests/meta/test_docs.py::test_a_dead_link_is_found`", []),
        (unknown_targets, "Call `make coffee`.", ["coffee"]),
        (unknown_targets, "```sh\nmake runn\n```", ["runn"]),
        (unknown_targets, "`PORT=8001 make run`, `make test ARGS='-k name'`, make tea", []),
        (roles_in, "| Role | Sees |\n|---|---|\n| King | all |\n\n| x |", ["King"]),
    ],
)
def test_a_planted_fault_is_found(sweep, text, finding):
    assert sweep(text) == finding


def test_a_dead_link_is_found():
    text = "[a](nowhere.md) [b](README.md#top) [c](https://example.org/x) [d](#here)"
    assert dead_links(ROOT / "README.md", text) == ["nowhere.md"]


def test_the_numbers_that_are_told_are_those_of_the_code():
    """Of the rules of the to-do list, the warnings, and the countries whose statutes are data."""
    laws = json.loads((ROOT / "prosecutions" / "data" / "provisions.json").read_text("utf-8"))
    told = " ".join((ROOT / "CHANGELOG.md").read_text("utf-8").split())
    assert f"what {len(RULES)} rules ask" in told
    words = {10: "ten", 27: "twenty-seven"}
    assert f"**Please check**: {words[len(CHECKS)]} warnings" in told
    assert f"Statutes of {words[len({law['jurisdiction'] for law in laws})]} countries" in told
