"""What arrives with a request is encrypted as it comes: nothing readable touches the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from casework.files.received import Received
from core.files import vault

LONGEST_NAME = 200


class Upload(UploadedFile):
    """One file of a request. `received` is nothing where it was too large to be kept."""

    def __init__(self, name: str, received: Received | None, size: int) -> None:
        super().__init__(None, name, "", size)
        self.received = received

    @property
    def fingerprint(self) -> str:
        """The same for the same bytes."""
        return self.received.digest.hex() if self.received else ""

    def close(self) -> None:
        """At the end of the request: what no row names is taken away."""
        if self.received:
            self.received.close()


class Sealing(FileUploadHandler):
    """Takes files on pages made for them, from people who are signed in; drops all others."""

    chunk_size = vault.CHUNK
    file: Received  # closed by Django where the request breaks off

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._is_wanted():
            raise SkipFile
        self.file, self._size = Received(), 0

    def _is_wanted(self) -> bool:
        request: Any = self.request
        view = getattr(request.resolver_match, "func", None)
        cls: Any = getattr(view, "view_class", None) or getattr(view, "cls", None)
        return bool(getattr(cls, "takes_files", False)) and request.user.is_authenticated

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > settings.MOST_FILE_BYTES:
            self.upload_interrupted()
        elif received := self.__dict__.get("file"):
            received.write(raw_data)

    def file_complete(self, file_size: int) -> Upload:
        received = self.__dict__.pop("file", None)
        if received:
            received.finish()
        return Upload((self.file_name or "")[-LONGEST_NAME:], received, file_size)

    def upload_interrupted(self) -> None:
        if received := self.__dict__.pop("file", None):
            received.close()
