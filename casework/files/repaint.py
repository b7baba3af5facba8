"""A process of its own: a picture in, the same pixels out. Knows nothing of Casework.

`python -I repaint.py TYPE MOST_PIXELS`, bytes through stdin and stdout.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

MEMORY, SECONDS = 2 << 30, 30
TOO_LARGE, NOT_A_PICTURE = 3, 4
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
QUALITY = 95


def main(kind: str, most: int) -> int:
    """Decode as this type only, and paint what was seen on a new canvas."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from PIL import Image, ImageOps  # noqa: PLC0415 - within the limits

    if kind == "heic":
        import pillow_heif  # noqa: PLC0415 - large, and seldom needed

        pillow_heif.register_heif_opener(thumbnails=False)
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # counted here, and refused instead of warned about
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > most:
                return TOO_LARGE
            ImageOps.exif_transpose(picture, in_place=True)
            seen = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    except Exception:
        return NOT_A_PICTURE
    clean = Image.new(seen.mode, seen.size)
    clean.paste(seen)
    out = io.BytesIO()
    if kind == "png" or clean.mode == "RGBA":
        clean.save(out, "PNG")
    else:
        clean.save(out, "JPEG", quality=QUALITY)
    sys.stdout.buffer.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
