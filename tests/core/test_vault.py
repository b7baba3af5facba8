"""Files at rest open whole, from any place, and not at all once anything was changed."""

from __future__ import annotations

import uuid

import pytest

from core.files import vault
from core.keys.crypto import Unreadable

C = vault.CHUNK
SIZES = [0, 1, C - 1, C, C + 1, 3 * C, 3 * C + 7]


@pytest.fixture
def keep(tmp_path):
    """`keep(text)`: written in odd parts; a function that opens it, and the path."""

    def make(text, key=b"k" * 32):
        name, path = uuid.uuid4(), tmp_path / uuid.uuid4().hex
        writer = vault.Writer(path, key, name)
        for at in range(0, len(text), 10_007):
            writer.write(text[at : at + 10_007])
        writer.finish()
        return (lambda k=key, n=name: vault.Reader(path.open("rb"), k, n)), path

    return make


def words(size):
    return bytes(n * 31 % 251 for n in range(size))


def whole(reader):
    with reader:
        return b"".join(vault.parts(reader))


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_went_in(keep, size):
    opened, path = keep(words(size))
    assert whole(opened()) == words(size)
    with opened() as reader:
        assert reader.size == size
    assert words(size)[:64] not in path.read_bytes() or size < 2


def test_it_is_read_from_any_place(keep):
    opened, _path = keep(words(3 * C))
    with opened() as reader:
        for at in (2 * C - 3, 5, C, 3 * C - 1):
            reader.seek(at)
            assert reader.read(6) == words(3 * C)[at : at + 6][: C - at % C]
        reader.seek(-4, 2)
        assert (reader.tell(), reader.read()) == (3 * C - 4, words(3 * C)[-4:])


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b[:20] + bytes([b[20] ^ 1]) + b[21:],
        lambda b: b[:-1] + bytes([b[-1] ^ 1]),
        lambda b: b[: 4 + C + 16],  # the last chunk cut off
        lambda b: b[: 4 + C + 16] + b[4 + C + 16 :][: C + 16],
        lambda b: (
            b[:4] + b[4 + C + 16 : 4 + 2 * (C + 16)] + b[4 : 4 + C + 16] + b[4 + 2 * (C + 16) :]
        ),
        lambda b: b + b"x",
        lambda b: b"XXXX" + b[4:],
        lambda b: b"",
        lambda b: b[:4],
    ],
)
def test_what_was_changed_moved_or_cut_does_not_open(keep, change):
    opened, path = keep(words(2 * C + 9))
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(Unreadable):
        whole(opened())


def test_an_empty_file_whose_end_was_changed_does_not_open(keep):
    opened, path = keep(b"")
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))
    with pytest.raises(Unreadable):
        whole(opened())


def test_another_key_or_name_opens_nothing(keep):
    opened, _path = keep(words(9))
    for wrong in ({"k": b"x" * 32}, {"n": uuid.uuid4()}):
        with pytest.raises(Unreadable):
            whole(opened(**wrong))


def test_a_file_is_never_written_over(keep):
    _opened, path = keep(b"first")
    with pytest.raises(FileExistsError):
        vault.Writer(path, b"k" * 32, uuid.uuid4())
    assert path.stat().st_mode & 0o077 == 0
