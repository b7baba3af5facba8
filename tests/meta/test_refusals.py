"""Every rule that refuses has one code, which stays while its words change."""

from __future__ import annotations

import ast
import re

import pytest
from django.conf import settings
from django.utils import translation

from core import refusals
from core.api.errors import CODES, OF_FIELDS, problem
from core.refusals import Words, gettext, gettext_lazy, ngettext, register, together
from core.services import Refused

FILED = "This charge is already filed."
SAY = "Say its sentence on the line of its code, or the day from which no rule says it."
# Words without a code, of what no program reads: the file an organisation is set up with.
NO_RULES = {"accounts/set_up.py": 6}


@pytest.fixture(scope="module")
def said(make):
    return make.refused()


def test_a_rule_without_a_code_is_found(said):
    assert sorted(said - refusals.CODES.keys()) == [], "`make words` gives each a code"


def test_what_was_published_is_said_still(said):
    """Who changes words changes them in the register as well; the code stays."""
    assert [e.code for e in register() if not e.gone and e.sentence not in said] == [], SAY
    assert [e.code for e in register() if e.gone and e.sentence in said] == []


def test_a_code_is_of_one_rule_alone():
    codes = [entry.code for entry in register()]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
    sentences = [entry.sentence for entry in register()]
    assert sorted({text for text in sentences if sentences.count(text) > 1}) == []
    assert set(codes) & (CODES.keys() | OF_FIELDS.keys()) == set()
    assert codes == sorted(codes), "`make words` sorts them"
    assert [c for c in codes if len(c) > 40 or not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", c)] == []


def test_words_are_made_by_rules():
    """A sentence of Django's gettext has no code, and mypy does not let it be refused with; here
    nobody makes words of it by hand."""
    by_hand = {}
    for app in settings.OUR_APPS:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            calls = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call))
            bare = [n for n in calls if ast.unparse(n.func) == "Words" and len(n.args) == 1]
            if bare and path != settings.BASE_DIR / "core" / "refusals.py":
                by_hand[str(path.relative_to(settings.BASE_DIR))] = len(bare)
    assert by_hand == NO_RULES


def test_what_is_new_gets_a_code_of_its_words(make):
    known = [refusals.Entry("this-is-late", "Late.")]
    made = make.coded({"This %(n)s hearing is too late.", "Late.", "Too late."}, known)
    assert [entry.code for entry in made] == ["hearing-too-late", "this-is-late", "too-late"]
    assert refusals.as_kept(made).splitlines()[:2] == [
        "code\tsentence\tgone",
        "hearing-too-late\tThis %(n)s hearing is too late.",
    ]


def test_the_code_is_the_same_in_each_language():
    with translation.override("hi"):
        hindi, later = gettext(FILED), Refused(gettext_lazy(FILED)).words
        told = problem(409, hindi)
    assert hindi == later != FILED
    assert hindi.code == later.code == told["code"] == "charge-already-filed"


def test_the_code_goes_with_what_is_made_of_the_words():
    words = gettext("At most %(most)s addresses.") % {"most": 3}
    assert (words, words.code) == ("At most 3 addresses.", "too-many-networks")
    assert together([words, "Take one away."]).code == words.code
    assert Refused(words).words.code == Refused(Refused(words).words).words.code == words.code
    two = "Nobody else manages the cases of %(office)s, where %(n)s is open. Give somebody else the"
    one = next(e for e in register() if e.sentence.startswith(two))
    assert ngettext(one.sentence, "several", 2).code == one.code


def test_what_no_rule_says_has_the_code_of_its_status():
    assert problem(409, Words("invented"))["code"] == "refused"
    assert problem(400, "x", {"a": [Words("x"), gettext(FILED)]})["codes"] == {
        "a": ["invalid", "charge-already-filed"]
    }
