"""Figures on paper: the words of a page, set by typst as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import typst

HERE = Path(__file__).parent


def as_pdf(sheet: str, words: dict[str, Any]) -> bytes:
    """The sheet `<name>.typ` filled with these words.

    They reach it as data, so that nothing in them is read as markup.
    """
    data = orjson.dumps(words, default=str).decode()
    made = typst.compile(
        HERE / f"{sheet}.typ",
        root=HERE,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"words": data},
    )
    assert isinstance(made, bytes)  # noqa: S101 - a list only for pictures of pages
    return made
