"""A process of its own: a PDF or a picture in, its pixels out, with areas painted black. Knows
nothing of Casework.

`python -I redact.py TYPE MOST_PIXELS PAGE`, bytes through stdin and stdout; the areas, by page, as
JSON in the first line. PAGE 0: the whole, a PDF of pictures, or a picture. Else that page as PNG,
and the number of pages in the first line.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image as Picture
    from pypdfium2 import PdfPage

MEMORY, SECONDS = 2 << 30, 120
NOT_READ, TOO_MUCH = 4, 3
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
DPI, POINTS = 150, 72
MOST_PAGES = 300
PARTS = 1000  # of the width or height, in which areas are told


def pages_of(content: bytes, kind: str) -> tuple[int, Callable[[int], Picture]]:
    """How many, and what gives the one of a number, from 0."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - within the limits

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None
    if kind == "pdf":
        import pypdfium2  # noqa: PLC0415 - within the limits

        document = pypdfium2.PdfDocument(content)
        return len(document), lambda number: _painted(document[number])
    if kind == "heic":
        import pillow_heif  # noqa: PLC0415 - large, and seldom needed

        pillow_heif.register_heif_opener(thumbnails=False)

    def whole(_number: int) -> Picture:
        with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as picture:
            ImageOps.exif_transpose(picture, in_place=True)
            return picture.convert("RGB")

    return 1, whole


def _painted(page: PdfPage) -> Picture:
    """With what is drawn upon it and what is filled into its forms."""
    width, height = page.get_size()
    if width * height * (DPI / POINTS) ** 2 > int(sys.argv[2]):
        raise ValueError("too many points")
    return page.render(scale=DPI / POINTS, may_draw_forms=True).to_pil().convert("RGB")


def blackened(picture: Picture, areas: list[list[int]]) -> Picture:
    """New pixels where an area is; what was there is in no part of the result."""
    from PIL import Image  # noqa: PLC0415 - within the limits

    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    width, height = clean.size
    for left, top, right, bottom in areas:
        box = (
            left * width // PARTS,
            top * height // PARTS,
            -(-right * width // PARTS),
            -(-bottom * height // PARTS),
        )
        clean.paste((0, 0, 0), box)
    return clean


def _as_jpeg(picture: Picture) -> Picture:
    from PIL import Image  # noqa: PLC0415 - within the limits

    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return Image.open(out)


def main(kind: str, page: int) -> int:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    areas = json.loads(sys.stdin.buffer.readline())
    out = io.BytesIO()
    try:
        count, picture_of = pages_of(sys.stdin.buffer.read(), kind)
        if count > MOST_PAGES:
            return TOO_MUCH

        def made(number: int) -> Picture:
            return blackened(picture_of(number), areas.get(str(number + 1), []))

        if page:
            out.write(b"%d\n" % count)
            made(page - 1).save(out, "PNG")
        elif kind == "pdf":
            first, *rest = _each(made, count)
            first.save(out, "PDF", save_all=True, append_images=rest, resolution=DPI)
        else:
            made(0).save(out, "PNG")
    except Exception:
        return NOT_READ
    sys.stdout.buffer.write(out.getvalue())
    return 0


def _each(made: Callable[[int], Picture], count: int) -> Iterator[Picture]:
    for number in range(count):
        yield _as_jpeg(made(number))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[3])))
