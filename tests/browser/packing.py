"""Static files of the server under test: packed as they are shipped, but for those of the page of
the interface, whose packing takes as long as making the house; no test weighs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core import packing

if TYPE_CHECKING:
    from collections.abc import Iterable

APART = "drf_spectacular_sidecar"


class Packed(packing.Packed):
    def compress_files(self, paths: Iterable[str]) -> Any:
        return super().compress_files({path for path in paths if not path.startswith(APART)})
