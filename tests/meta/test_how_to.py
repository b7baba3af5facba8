"""`docs/how-to/add-a-verb.md` is complete: followed on a copy, no sweep asks for more."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
PAGE = ROOT / "docs" / "how-to" / "add-a-verb.md"
LEFT = (".*", "var", "images", "static", "benchmarks", "migrations", "browser", "__pycache__")
# Asked of the copy by a process of its own, under a name for which no database is started.
ASK = """
import json, sys, django
sys.argv = ["manage.py", "spectacular"]
django.setup()
from drf_spectacular.generators import SchemaGenerator
from casework.api.urls import router
from tests.api.field_bodies import versioned_in_field
from tests.meta import test_deeds, test_doors, test_matrix
from tests.meta.routes import DECLARED
missing = test_matrix.undeclared() + test_matrix.wrongly_granted()
missing += test_doors.without() + test_deeds.unexplained() + test_deeds.wordless()
DECLARED.pop(("lead-take-up", "post"))
document = SchemaGenerator(patterns=router.urls).get_schema(request=None, public=True)
(paths,) = [said for path, said in document["paths"].items() if path.endswith("/take-up/")]
print(json.dumps({"missing": missing, "planted": test_matrix.undeclared(), "said": paths["post"]}))
"""


def edits(text):
    """The edits of the page: file, what stands there, what stands there then."""
    for block in re.findall(r"^```diff\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        name, _, body = block.partition("\n")
        for hunk in body.split("@@\n"):
            lines = hunk.splitlines()
            yield name, *("".join(f"{x[1:]}\n" for x in lines if x[0] in s) for s in (" -", " +"))


def follow(text, copy):
    """Make the edits, each at the one place its lines name; the files that were changed."""
    for name, before, after in edits(text):
        path = copy / name
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        assert there.count(before) == 1, f"{name}: these lines are not there once:\n{before}"
        path.write_text(there.replace(before, after), encoding="utf-8")
    return sorted({name for name, _before, _after in edits(text)})


def run(copy, *command):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "casework.conf.settings"}
    command = (sys.executable, *command)
    done = subprocess.run(
        command, check=False, cwd=copy, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.nightly
@pytest.mark.slow
def test_the_how_to_of_a_verb_is_complete(tmp_path):
    copy = shutil.copytree(ROOT, tmp_path / "copy", ignore=shutil.ignore_patterns(*LEFT))
    changed = follow(PAGE.read_text(encoding="utf-8"), copy)
    assert len(changed) > 10
    code = [name for name in changed if name.endswith(".py")]
    run(copy, "-m", "ruff", "check", *code)
    run(copy, "-m", "ruff", "format", "--check", *code)
    answer = json.loads(run(copy, "-c", ASK).splitlines()[-1])
    assert answer["missing"] == []
    assert answer["planted"] == ["lead-take-up post: is not in routes/"]
    assert answer["said"]["description"].startswith("Open a lead that was ended by mistake")
    assert {"200", "403", "404", "409", "412", "428"} <= answer["said"]["responses"].keys()


def test_lines_that_are_not_there_are_told(tmp_path):
    (tmp_path / "a.py").write_text("one\ntwo\n", encoding="utf-8")
    assert follow("```diff\na.py\n one\n+more\n```\n", tmp_path) == ["a.py"]
    assert (tmp_path / "a.py").read_text(encoding="utf-8") == "one\nmore\ntwo\n"
    with pytest.raises(AssertionError, match=r"a\.py: these lines are not there once"):
        follow("```diff\na.py\n three\n+more\n```\n", tmp_path)
