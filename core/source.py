"""The source of what runs here, as one archive among the static files: whoever uses it over a
network may have it (AGPL, section 13; docs/adr/0012-licence.md)."""

from __future__ import annotations

import tarfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.core.files.storage import Storage

NAME = "casework-source.tar.gz"
FOLDERS = (*settings.OUR_APPS, "templates", "static", "locale", "docs")
KINDS = {".py", ".html", ".sql", ".js", ".css", ".svg", ".json", ".toml", ".md", ".po", ".txt"}
KINDS |= {".csv", ".typ", ".woff2", ".png", ".webp"}
FILES = ("manage.py", "pyproject.toml", "requirements.lock", "LICENSE", "NOTICE", "README.md")


class SourceFinder(BaseFinder):
    """Finds the archive, which it makes once a process."""

    def find(  # type: ignore[override]  # the stubs tell two forms apart
        self, path: str, find_all: bool = False, **kwargs: object
    ) -> str | list[str]:
        found = [str(_made() / NAME)] if path == NAME else []
        return found if find_all else "".join(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        yield NAME, FileSystemStorage(_made())


@cache
def _made() -> Path:
    folder = Path(mkdtemp(prefix="casework-source-"))
    with tarfile.open(folder / NAME, "w:gz") as archive:
        for path in sources(settings.BASE_DIR):
            archive.add(path, f"casework/{path.relative_to(settings.BASE_DIR)}", filter=_plain)
    return folder


def sources(root: Path) -> list[Path]:
    """What was written, as far as it is there: not what was made from it, and nothing of this
    installation."""
    every = [path for folder in FOLDERS for path in (root / folder).rglob("*")]
    written = [path for path in every if path.suffix in KINDS and not _hidden(path, root)]
    return sorted([*written, *(root / name for name in FILES if (root / name).exists())])


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without who built it, and when."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member
