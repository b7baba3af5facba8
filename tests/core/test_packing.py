"""Static files of ours are shipped without comments, those of others as they are."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from core.packing import Packed


@pytest.mark.parametrize(
    ("name", "written", "shipped"),
    [
        ("css/a.css", "/* why\n so */\na { b: c } /* d */\n", "a { b: c } "),
        ("js/a.js", "// why\n  // so\nf('https://a'); // d\n", "f('https://a'); // d\n"),
        ("vendor/a.js", "// licence\nf();\n", "// licence\nf();\n"),
        ("icons.svg", "<!-- /* a */ -->", "<!-- /* a */ -->"),
    ],
)
def test_comments_of_ours_are_not_shipped(tmp_path, name, written, shipped):
    content = ContentFile(written.encode())
    content.read()  # as whoever took its hash left it
    Packed(location=tmp_path).save(name, content)
    assert (tmp_path / name).read_text() == shipped
