"""Whoever uses Casework may have the source of what runs: an archive of it, and no secret in it."""

from __future__ import annotations

import tarfile

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from core.source import NAME, sources

LINK = f'href="/static/{NAME}" download'


@pytest.mark.nightly
def test_the_archive_is_what_was_written():
    with tarfile.open(finders.find(NAME)) as archive:
        names = set(archive.getnames())
    assert {"casework/manage.py", "casework/LICENSE", "casework/core/source.py"} <= names
    assert {"casework/templates/base.html", "casework/core/wall/practice.sql"} <= names
    assert {"casework/places/data/jurisdictions.json", "casework/static/icons.svg"} <= names
    assert not [name for name in names if name.endswith(".pyc") or "/var/" in name]


FOREIGN = [".env", "core/.env", "core/key", "core/notes.pem", "var/a.py"]
FOREIGN += ["core/export.csv", "core/people.json", "core/key.txt"]


@pytest.mark.parametrize("name", FOREIGN)
def test_nothing_of_an_installation_is_in_it(tmp_path, name):
    for path in (tmp_path / "core/source.py", tmp_path / name):
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("")
    assert sources(tmp_path) == [tmp_path / "core/source.py"]


def test_what_was_collected_is_found_with_all_other_static_files():
    found = [name for finder in finders.get_finders() for name, _storage in finder.list(None)]
    assert found.count(NAME) == 1


@pytest.mark.django_db
def test_every_kind_of_page_leads_to_it(client, browser_client, field_officer):
    page = browser_client(field_officer)
    assert settings.STATIC_URL == "/static/"
    for answer in (client.get("/sign-in/"), page.get("/"), page.get("/field/rescues/new/")):
        assert LINK in answer.content.decode()
    assert LINK in page.get("/api/v1/docs/?tag=cases").content.decode()
