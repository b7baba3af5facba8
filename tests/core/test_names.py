"""What can be a name, and which names a question finds, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names import NotAName, Question, check_name, check_question


@pytest.mark.parametrize(
    "name",
    ["Invented Name", "প্রিয়া দাস", "สมชาย", "សុខា", "王芳", "أمينة", "O’Neil-Ñúñez", "X", "Asha 2"],
)
def test_a_name_in_any_script_is_one(name):
    assert check_name(name) == name


def test_stray_blanks_go_and_letters_are_composed():
    assert check_name("  Jose\u0301 \u00a0 Cruz ") == "José Cruz"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "12345", "٣٣٣", "-", "?!", "a\0b", "a\x1bb", "\ud800", "a\udfff", "x" * 201, "😀"],
)
def test_what_cannot_be_a_name_is_refused_in_words(text):
    with pytest.raises(NotAName, match=r"^[A-Z].+\.$"):
        check_name(text)


def test_the_longest_name_is_one():
    assert check_name("x" * 200)


@pytest.mark.parametrize("text", ["a", "é", "a -", "ñ"])
def test_one_letter_would_list_everyone(text):
    with pytest.raises(NotAName, match="two letters"):
        check_question(text)


@pytest.mark.parametrize("text", ["an", "王", "Ł a"])
def test_two_letters_as_they_are_spelt_are_enough(text):
    assert check_question(text) == text


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("priya", "Priya Das"),
        ("PRIYA", "priya das"),
        ("das priya", "Priya Das"),
        ("riy", "Priya Das"),
        ("Núñez", "María José Núñez"),
        ("nunez maria", "María José Núñez"),
        ("José", "Jose\u0301"),
        ("straße", "Strasse"),
        ("priya", "প্রিয়া দাস"),
        ("প্রিয়া", "Priya"),
        ("প্রিয়া", "প্রিয়া দাস"),
        ("wang fang", "王芳"),
        ("sokha", "សុខា"),
    ],
)
def test_a_name_is_found_in_parts_and_across_scripts(asked, name):
    assert Question(asked).fits(name)


@pytest.mark.parametrize(
    ("asked", "name"),
    [("priya sen", "Priya Das"), ("priyas", "Priya Das"), ("দাস", "Priya"), ("王", "李")],
)
def test_another_name_is_not_found(asked, name):
    assert not Question(asked).fits(name)


@given(st.text(max_size=40))
def test_whatever_is_a_name_finds_itself(text):
    try:
        name = check_name(text)
    except NotAName:
        return
    assert check_name(name) == name
    assert Question(name).fits(name)
