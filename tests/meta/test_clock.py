"""Nobody asks for the day, or shows an hour, but by the clock of an office."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
OWN = ROOT / "core/days/clock.py"
# What tells a day without saying whose.
DAYS = {"localdate", "localtime", "utcnow", "template_localtime", "get_default_timezone"}
TODAY = {"date.today", "datetime.today"}
SQL = re.compile(r"\bcurrent_date\b|\bnow\(\)\s*::\s*date\b", re.IGNORECASE)
TAGS = re.compile(r"{%\s*now\b")
HOURS = re.compile(r"([\w.]+)\|(?:date|time):\"[^\"]*H:i")
# By the clock of the place already (`Jurisdiction.clock`), or hours on record.
OF_A_PLACE = {
    "arrest.arrested_at",
    "rescue.when",
    "referral.answer_at",
    "row.listed_at",
    "hearing.listed_at",
    "one.row.listed_at",
    "hour",
}


def _refused(source: str, *, counts: bool = False) -> list[str]:
    """What of a module tells a day by nobody's clock. `counts`: figures follow no reader either."""
    nodes = list(ast.walk(ast.parse(source)))
    found = [one for node in nodes for one in _in_code(node)]
    if counts:
        found += [n.arg for n in nodes if isinstance(n, ast.keyword) and "__date" in (n.arg or "")]
    texts = (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return found + [one for text in texts for one in SQL.findall(text)]


def _in_code(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "TruncDate":
        return [] if any(one.arg == "tzinfo" for one in node.keywords) else ["TruncDate"]
    if not isinstance(node, ast.Attribute | ast.Name):
        return []
    whole = ast.unparse(node)
    return [whole] if whole in TODAY or whole.rpartition(".")[2] in DAYS else []


def _shown(template: str) -> list[str]:
    hours = [what for what in HOURS.findall(template) if what not in OF_A_PLACE]
    return TAGS.findall(template) + hours


def _modules():
    for app in settings.OUR_APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts and path != OWN:
                yield path


def test_no_module_asks_for_a_day_but_by_the_clock_of_an_office():
    found = {
        str(path.relative_to(ROOT)): wrong
        for path in _modules()
        if (wrong := _refused(path.read_text(), counts=path.is_relative_to(ROOT / "reports")))
    }
    assert not found, "ask core.days.clock, or the place for its `today`"


def test_no_page_shows_a_day_or_an_hour_but_by_the_clock_of_an_office():
    found = {
        str(path.relative_to(ROOT)): wrong
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if (wrong := _shown(path.read_text()))
    }
    assert not found, "use this_day, this_moment, or the filter moment"


@pytest.mark.parametrize(
    "source",
    [
        "timezone.localdate()",
        "field.initial = timezone.localdate",
        "from django.utils.timezone import localdate\nlocaldate()",
        "timezone.localtime(moment)",
        "date.today()",
        "datetime.utcnow()",
        "TruncDate('created_at')",
        "cursor.execute('select current_date')",
        "cursor.execute('select now()::date')",
    ],
)
def test_the_check_refuses_one_that_is_added(source):
    assert _refused(source)


def test_the_check_refuses_figures_by_the_clock_of_the_reader():
    assert _refused("rows.filter(created_at__date=day)", counts=True)


@pytest.mark.parametrize("template", ['{% now "Y" %}', '{{ note.created_at|date:"j M Y, H:i" }}'])
def test_the_check_refuses_a_page_that_is_added(template):
    assert _shown(template)
