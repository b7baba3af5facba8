"""Signatures say what they take and give: few functions hold `Any`, and ever fewer."""

from __future__ import annotations

import pytest
from django.conf import settings

from benchmarks.size import Size, measure

MOST = 15  # of a hundred functions. When fewer hold it, lower this number.


def share():
    """Of a hundred functions of the product, how many hold `Any` in their signature."""
    lines = measure(settings.BASE_DIR).values()
    functions, with_any = (sum(line[at] for line in lines) for at in (2, 3))
    return 100 * with_any / functions


def test_few_signatures_hold_any():
    assert MOST - 1 < share() <= MOST


@pytest.mark.parametrize(
    ("signature", "holds"),
    [
        ("def f(row: Any): ...", 1),
        ("def f(*, row: Any = None): ...", 1),
        ("def f(*rows: Any): ...", 1),
        ("def f(**more: Any): ...", 1),
        ("def f(row, /) -> list[dict[str, Any]]: ...", 1),
        ("async def f() -> typing.Any: ...", 1),
        ("def f(stand: Anybody) -> dict[str, object]: ...", 0),
        ("def f(row) -> None:\n    found: Any = row", 0),
    ],
)
def test_any_in_a_signature_is_found(tmp_path, signature, holds):
    module = tmp_path / "module.py"
    module.write_text(signature)
    size = Size()
    size.read(module, {})
    assert (size.functions, size.any) == (1, holds)
