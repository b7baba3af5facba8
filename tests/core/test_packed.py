"""Pages and JSON travel packed; files and streams as they are."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from core.api.document import KEPT
from core.middleware import PackingMiddleware
from tests import factories

pytestmark = pytest.mark.django_db
PACKED = {"Accept-Encoding": "gzip, br"}


def test_a_page_and_the_document_of_the_api_are_packed(browser_client, office):
    client = browser_client(factories.user("case_manager", office))
    page, document = (client.get(path, headers=PACKED) for path in ("/cases/", "/api/v1/schema/"))
    for answer in (page, document):
        assert answer["Content-Encoding"] == "gzip"
        assert int(answer["Content-Length"]) == len(answer.content)
        assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(page.content).rstrip().endswith(b"</html>")
    assert gzip.decompress(document.content) == KEPT.read_bytes()
    assert "Content-Encoding" not in client.get("/cases/")


def test_its_length_is_partly_chance(browser_client, office):
    """So that nobody learns from lengths which of two words stands on a page."""
    client = browser_client(factories.user("case_manager", office))
    lengths = {len(client.get("/styleguide/", headers=PACKED).content) for _ in range(12)}
    assert len(lengths) > 1


def test_a_version_read_packed_is_the_version(api, case_manager, office):
    """Packing makes an ETag weak; `If-Match` takes it back all the same."""
    client, case = api(case_manager), factories.case(office)
    key = {"Authorization": f"Bearer {client.key}"}
    for programme in ("osec", "csec"):
        answer = client.client.get(f"/api/v1/cases/{case.pk}/", headers=PACKED | key)
        sent = json.dumps({"programme": programme})
        changed = client.client.patch(
            f"/api/v1/cases/{case.pk}/",
            sent,
            content_type="application/json",
            headers=PACKED | key | {"If-Match": answer["ETag"]},
        )
        assert changed.status_code == 200, changed.content


@pytest.mark.parametrize(
    "made",
    [
        lambda: FileResponse(io.BytesIO(b"x" * 999), content_type="application/zip"),
        lambda: FileResponse(io.BytesIO(b"x" * 999), content_type="text/csv"),
        lambda: StreamingHttpResponse([b"data: 1"] * 99, content_type="text/event-stream"),
        lambda: HttpResponse(b"x" * 999, content_type="application/pdf"),
    ],
)
def test_files_and_streams_go_as_they_are(made):
    request = RequestFactory().get("/", headers=PACKED)
    answer = PackingMiddleware(lambda _request: made())(request)
    assert "Content-Encoding" not in answer
