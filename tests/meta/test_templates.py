"""Templates are read as other source is: lines that end, and one element a line."""

from __future__ import annotations

import re

import pytest
from django.template import engines

from core.local.paths import ROOT

LONGEST = 160
COMMENT = re.compile(r"\{#.*?#\}")
# What stands inside a sentence, and a control with its label: several may share a line.
INLINE = (
    "a|abbr|b|bdi|br|button|code|del|em|i|input|kbd|label|option|output|progress|s|select|small"
    "|span|strong|svg|time|u|use"
)
# Behind the last word of a button a browser draws a gap, though the word is for the ear.
GAP = re.compile(r"(?<=</span>)\n\s*(?:</a>|</button>|</summary>)")
OPENED = re.compile(rf"<(?!(?:{INLINE})\b)[a-z]")


def _wrong(source: str) -> list[str]:
    """Each line that is too long, or opens a second element that is not inline."""
    return [
        f"{number}: {line.strip()[:80]}"
        for number, line in enumerate(source.splitlines(), 1)
        if len(line) > LONGEST or len(OPENED.findall(COMMENT.sub("", line))) > 1
    ]


def test_templates_have_one_element_a_line():
    found = {
        str(path.relative_to(ROOT)): wrong
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (wrong := _wrong(path.read_text()))
    }
    assert not found, "break the line beside a block, at a space, or between two attributes"


def _gaps(source: str) -> list[str]:
    """The end of each line that leaves one."""
    before = (source[: found.start()].rpartition("\n")[2] for found in GAP.finditer(source))
    return [line.strip()[-80:] for line in before if 'class="vh"' in line]


def test_a_button_is_as_wide_as_its_words():
    found = {
        str(path.relative_to(ROOT)): gaps
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (gaps := _gaps(path.read_text()))
    }
    assert not found, "close the link or button on the line of its hidden words"
    assert _gaps('<a class="btn">\n  Send<span class="vh"> S-1</span>\n</a>')


@pytest.mark.parametrize(
    "source",
    [
        "<ul><li>{{ row }}</li>",
        "{% for row in rows %}<p>{{ row }}</p><p>{{ row.more }}</p>{% endfor %}",
        "<p>" + "word " * 40 + "</p>",
    ],
)
def test_the_check_refuses_one_that_is_added(source):
    assert _wrong(source)


@pytest.mark.parametrize(
    "source",
    [
        "<ul>\n  <li>{{ row }}</li>\n</ul>",
        '<p><a href="{{ url }}"><b>{{ name }}</b></a> {{ words }}</p>',
        '{# Inside <ul class="todo"> and <li>. #}',
    ],
)
def test_the_check_lets_a_sentence_be(source):
    assert not _wrong(source)


def test_indentation_is_not_sent():
    """It is kept where it means something: never at the start of a line."""
    page = engines["django"].get_template("components/card.html").render({"title": "Words"})
    assert "Words" in page
    assert not re.search(r"^[ \t]", page, re.MULTILINE)
