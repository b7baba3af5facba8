"""The submission where nothing is on record: every line is there, and none has a figure."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from reports.catalogue.submission import PUBLISHED

pytestmark = pytest.mark.django_db
NAMES = ("id", "what", "value", "k", "n", "published", "comparison", "agrees", "definition")
NAMES += ("as_of", "note")


def test_there_is_an_entry_for_each_published_line_and_no_figure_without_records():
    out = StringIO()
    call_command("report", "submission", stdout=out)
    found = json.loads(out.getvalue())["figures"]
    lines = [(one["id"], line["what"]) for one in PUBLISHED for line in one["published"]]
    assert [(one["id"], one["what"]) for one in found] == lines
    for one in found:
        assert set(NAMES) <= set(one)
        assert one["value"] is None, one
        assert one["agrees"] is None
        assert one["note"].endswith("No record says this as of this day.")
        assert one["definition"]
