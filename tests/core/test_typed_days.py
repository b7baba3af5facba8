"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.utils import translation

from core.days.typed import read_day, say_day
from core.forms import DayField, TypedDay

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/3/2026", (2026, 3, 12)),  # the day before the month
        ("3.12.26", (2026, 12, 3)),
        ("12-3-98", (1998, 3, 12)),
        ("12 Mar 2026", (2026, 3, 12)),
        ("12 sept. 2026", (2026, 9, 12)),
        ("1 January, 2026", (2026, 1, 1)),
        (" 2026-03-12 ", (2026, 3, 12)),
        ("१२/३/२०२६", (2026, 3, 12)),
        ("១២/៣/២០២៦", (2026, 3, 12)),
        ("Today", (2026, 11, 29)),
        ("yesterday", (2026, 11, 28)),
        ("tomorrow", (2026, 11, 30)),
        ("12/3", (2027, 3, 12)),  # nearer than the last one
        ("20 Nov", (2026, 11, 20)),
        ("29/2", (2028, 2, 29)),
    ],
)
def test_it_is_the_day_that_was_meant(text, day):
    today = date(2027, 11, 29) if text == "29/2" else TODAY
    assert read_day(text, today=today) == date(*day)


def test_of_what_has_happened_it_is_the_last_one():
    assert read_day("12/3", today=TODAY, ahead=False) == date(2026, 3, 12)
    assert read_day("30/11", today=TODAY, ahead=False) == date(2025, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "31/2/2026",
        "13/13",
        "0/1/2026",
        "12",
        "soon",
        "12 Ma 2026",
        "12 Xyz 2026",
        "1/2/3/4",
        "²/3",
        "20260301",
    ],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the words
        read_day(text, today=TODAY)


def test_a_day_of_birth_wants_its_year():
    for text in ("12/3", "12/3/45", "12 Mar 09"):  # of 45 nobody knows which era counted it
        with pytest.raises(ValueError, match=text.casefold()):
            read_day(text, today=TODAY, ahead=False, year=True)
    assert read_day("12 Mar 2009", today=TODAY, ahead=False, year=True) == date(2009, 3, 12)


def test_what_is_shown_is_taken_back_in_every_month_and_language():
    for language in ("en", "hi", "km", "fr"):
        with translation.override(language):
            for month in range(1, 13):
                day = date(2026, month, 3)
                assert read_day(say_day(day), today=TODAY) == day, language


class Form(forms.Form):
    on = DayField()
    next_on = TypedDay(required=False)


def test_the_box_shows_words_and_knows_the_day_there():
    form = Form(initial={"on": date(2026, 3, 2)})
    form.fields["on"].today = TODAY
    html = str(form["on"])
    assert 'value="2 Mar 2026"' in html
    assert 'data-day="2026-11-29"' in html
    assert 'data-max="2026-11-29"' in html
    assert str(form["on"]) == html  # shown once more it is the same
    assert "data-max" not in str(form["next_on"])


def test_what_was_typed_is_understood_or_refused_at_its_field():
    good = Form({"on": "2.3.2026", "next_on": ""})
    assert good.is_valid()
    assert good.cleaned_data == {"on": date(2026, 3, 2), "next_on": None}
    bad = Form({"on": "2nd of March"})
    assert bad.errors == {"on": ["Enter a day, such as 12 Mar 2026 or 12/3."]}
    assert 'value="2nd of March"' in str(bad["on"])
