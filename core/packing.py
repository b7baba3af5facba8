"""Static files as they are shipped: those of ours without their comments, which nobody who is on a
bad network should have to fetch. Whoever wants to read them has the source (`core/source.py`)."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("css", "js")  # and not vendor/, whose comments are licences
COMMENTS = {
    ".css": re.compile(r"/\*.*?\*/\n?", re.DOTALL),
    ".js": re.compile(r"^[ \t]*//.*\n", re.MULTILINE),  # of a line of its own: no address is one
}


class Packed(CompressedManifestStaticFilesStorage):
    def _save(self, name: str, content: File[bytes]) -> str:
        path = PurePosixPath(name)
        comments = COMMENTS.get(path.suffix) if path.parts[0] in OURS else None
        if comments:
            whole = b"".join(content.chunks())  # from the start, for its hash was taken of it
            bare = comments.sub("", whole.decode())
            content = ContentFile(bare.encode())
        saved: str = super()._save(name, content)
        return saved
