"""What `make quick` chooses, and that the night leaves nothing out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.local.paths import ROOT
from tests import nightly, quick, whole
from tests.meta.sweep import CALLERS

HEARINGS = Path("prosecutions/services/hearings.py")


def test_a_changed_module_asks_its_tests_first_and_never_those_below():
    found = [str(path) for path in quick.tests_for([HEARINGS])]
    assert found[0].startswith("tests/prosecutions/")
    near = found.index("tests/prosecutions/test_hearings.py")
    far = found.index("tests/prosecutions/test_custody_clock.py")
    assert near < far < found.index("tests/meta/test_endpoints.py")
    assert not [path for path in found if path.startswith(("tests/casework/", "tests/core/"))]


@pytest.mark.parametrize(
    ("file", "app"),
    [
        ("casework/models/cases.py", "casework"),
        ("templates/aftercare/plan.html", "aftercare"),
        ("templates/components/people.html", "desk"),
        ("templates/dashboards/board.html", "reports"),
    ],
)
def test_a_page_belongs_to_the_app_that_shows_it(file, app):
    assert quick.apps_of([Path(file)]) == [app]


def test_what_stands_above_is_what_may_use_it():
    assert set(quick.above(["victims"])) >= {"aftercare", "prosecutions", "desk", "reports"}
    assert not {"casework", "core", "victims"} & set(quick.above(["victims"]))


@pytest.mark.parametrize("processes", [0, 2])
@pytest.mark.parametrize(("each", "word"), [("pass", "passed"), ("assert False", "failed")])
@pytest.mark.by_turns(4)
def test_when_the_time_is_up_no_further_test_begins(tmp_path, processes, each, word):
    (tmp_path / "test_many.py").write_text(
        f"import pytest\n@pytest.mark.parametrize('n', range(400))\ndef test(n): {each}"
    )
    options = [*quick.OPTIONS, f"-n{processes}", f"--rootdir={tmp_path}", "-c/dev/null"]
    # Plugins that libraries bring along start by themselves; this run needs one.
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", quick.UNTIL: "0"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "xdist", *options, tmp_path],
        cwd=ROOT,
        env={**os.environ, **alone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "the time is up; `make test` asks the rest" in done.stdout, done.stdout + done.stderr
    assert int(re.search(rf"(\d+) {word}", done.stdout)[1]) == max(processes, 1)
    assert done.returncode == (word == "failed")


def test_words_alone_ask_nothing():
    assert quick.tests_for([Path("README.md"), Path("docs/tests.md")]) == []


def test_every_part_of_the_night_has_its_line():
    page = (ROOT / "docs" / "tests.md").read_text(encoding="utf-8")
    missing = [part for part in nightly.parts() if f"| `{part}` |" not in page]
    assert missing == []


def left_to_the_night():
    """The tests that are marked so, by file and name; of a whole file the file."""
    for path in sorted(ROOT.glob("tests/*/test_*.py")):
        text, file = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
        if re.search(r"^pytestmark = .*pytest\.mark\.nightly", text, re.MULTILINE):
            yield file
        marked = r"^@pytest\.mark\.nightly\n(?:@.*\n)*def (\w+)"
        yield from (f"{file}::{name}" for name in re.findall(marked, text, re.MULTILINE))


def test_what_only_the_night_asks_is_named():
    page = (ROOT / "docs" / "tests.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(tests/[^`]+)` \| (?!one in)", page, re.MULTILINE)
    assert named == sorted(left_to_the_night())
    assert len(named) > 10


def by_turns():
    """The tests of whose cases a landing asks some, with one in how many."""
    for path in sorted(ROOT.glob("tests/*/test_*.py")):
        marked = r"^@pytest\.mark\.by_turns\((\d+)\)\ndef (\w+)"
        for number, name in re.findall(marked, path.read_text(encoding="utf-8"), re.MULTILINE):
            yield f"{path.relative_to(ROOT)}::{name}", int(number)


def test_of_what_a_landing_asks_by_turns_the_share_is_named():
    page = (ROOT / "docs" / "tests.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(tests/[^`]+)` \| one in (\d+) \|", page, re.MULTILINE)
    assert [(test, int(number)) for test, number in named] == sorted(by_turns())
    every = [path.read_text(encoding="utf-8") for path in ROOT.glob("tests/*/test_*.py")]
    marks = re.findall(r"^ *@pytest\.mark\.by_turns\(", "\n".join(every), re.MULTILINE)
    assert len(marks) == len(named)  # each stands right above its test


class Item:
    """A case of a test, as pytest collects it."""

    def __init__(self, nodeid, **marks):
        self.nodeid, self.marks = nodeid, marks

    def get_closest_marker(self, name):
        return self.marks.get(name)


def test_of_the_cases_of_a_test_some_have_their_turn_and_all_at_night(monkeypatch):
    third = pytest.mark.by_turns(3).mark
    cases = [Item(f"a.py::test_a[{number}]", by_turns=third) for number in range(8)]
    plain, night = Item("a.py::test_b"), Item("a.py::test_c", nightly=pytest.mark.nightly.mark)
    monkeypatch.setattr(whole, "WHOLE", False)
    left = whole.left([*cases, plain, night])
    assert len(left) in (5 + 1, 6 + 1)
    assert night in left
    assert plain not in left
    assert left == whole.left([*cases, plain, night])
    assert whole.left(cases[4:5]) == []
    monkeypatch.setattr(whole, "WHOLE", True)
    assert whole.left([*cases, plain, night]) == []


def test_the_parts_of_the_matrix_ask_everybody():
    chosen = [role for roles in nightly.ROLES for role in roles.split(" or ")]
    assert all(sum(role in caller for role in chosen) == 1 for caller in CALLERS)


def test_whatever_asks_more_at_night_is_in_a_part():
    asked = {word for command in nightly.parts().values() for word in command}
    text = {path.relative_to(ROOT): path.read_text() for path in ROOT.glob("tests/*/test_*.py")}
    more = [
        path for path, words in text.items() if re.search(r"@given|by_turns\(|tests\.whole", words)
    ]
    assert len(more) > 90
    assert not [path for path in more if not {str(path), str(path.parent)} & asked]
    # By a module that it shares with others.
    assert "tests/prosecutions/test_striking_doors.py" in asked
    assert "tests/desk/test_rules.py" in asked
