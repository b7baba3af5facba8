"""Figures on paper: the words of a page, set by typst as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import typst

HERE = Path(__file__).parent
NO_SHAPE = "could not be displayed"  # what typst says of such a letter


def as_pdf(sheet: str, words: dict[str, object]) -> bytes:
    """The sheet `<name>.typ` filled with these words.

    They reach it as data, so that nothing in them is read as markup. A letter of which no font on
    this machine has a shape is forbidden in PDF/UA; with an empty box in its place the rest can
    still be read, so then the file is an ordinary tagged PDF.
    """
    data = orjson.dumps(words, default=str).decode()
    try:
        return _compiled(sheet, data, ["ua-1"])
    except typst.TypstError as fault:
        if NO_SHAPE not in str(fault):
            raise
        return _compiled(sheet, data, [])


def _compiled(sheet: str, data: str, standards: list[Any]) -> bytes:
    made = typst.compile(
        HERE / f"{sheet}.typ",
        root=HERE,
        format="pdf",
        pdf_standards=standards,
        sys_inputs={"words": data},
    )
    assert isinstance(made, bytes)  # noqa: S101 - a list only for pictures of pages
    return made
