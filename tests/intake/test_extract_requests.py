"""What a phone sends that is no request for what it may keep."""

from __future__ import annotations

import pytest

from tests.intake.phone import Device
from tests.intake.test_extracts import ask, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(field_officer):
    return Device(field_officer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"held": "x"},
        {"held": ["x"]},
        {"held": [5]},
        {"held": None},
        {"held": [""] * 60},
        {"asked": 0},
        {"asked": True},
        {"asked": 2**53},
        {"asked": "1"},
        {"after": 5},
        {"lacks": ["x"]},
        {"phone": 5},
        {"phone": "x"},
    ],
)
def test_what_is_no_request_is_refused(phone, wrong):
    assert ask(phone, **({"asked": 1} | wrong)).status_code in (400, 401)


def test_bytes_that_are_no_request_are_refused(phone):
    for body in (b"", b"[]", b"5", b"{", b"x" * 5000):
        assert send(phone, body, "").status_code == 400
