"""The source of what runs here, as one archive among the static files: whoever uses it over a
network may have it (AGPL, section 13; docs/adr/0012-licence.md)."""

from __future__ import annotations

import atexit
import tarfile
from functools import cache
from pathlib import Path
from shutil import rmtree
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
KINDS = {".py", ".html", ".sql", ".js", ".css", ".svg", ".md", ".po", ".typ"}
# Which may also be somebody's export, list or key: taken only from where the product's own stand.
DATA_KINDS = {".json", ".csv", ".txt", ".toml", ".woff2", ".png", ".webp"}
DATA = ("/data/", "/reports/maps/", "/reports/submission/", "/static/", "/docs/")
FILES = ("manage.py", "pyproject.toml", "requirements.lock", "LICENSE", "NOTICE", "README.md")


class SourceFinder(BaseFinder):
    """Finds the archive, which it makes once a process."""

    def find(  # type: ignore[override]  # the stubs tell two forms apart
        self, path: str, find_all: bool = False, **kwargs: object
    ) -> str | list[str]:
        paths = [str(_made() / NAME)] if path == NAME else []
        return paths if find_all else "".join(paths)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        yield NAME, FileSystemStorage(_made())


@cache
def _made() -> Path:
    folder = Path(mkdtemp(prefix="casework-source-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    with tarfile.open(folder / NAME, "w:gz") as archive:
        for path in sources(settings.BASE_DIR):
            archive.add(path, f"casework/{path.relative_to(settings.BASE_DIR)}", filter=_plain)
    return folder


def sources(root: Path) -> list[Path]:
    """What was written, as far as it is there: not what was made from it, and nothing of this
    installation."""
    every = [path for folder in FOLDERS for path in (root / folder).rglob("*")]
    written = [path for path in every if _is_ours(path.relative_to(root))]
    return sorted([*written, *(root / name for name in FILES if (root / name).exists())])


def _is_ours(path: Path) -> bool:
    of_data = path.suffix in DATA_KINDS and any(place in f"/{path}" for place in DATA)
    hidden = any(part.startswith(".") for part in path.parts)
    return (of_data or path.suffix in KINDS) and not hidden


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without who built it, and when."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member
