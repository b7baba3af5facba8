"""The provider is named as a whole or not at all, and its secret may be in a file."""

from __future__ import annotations

import pytest

from accounts.organisation import Organisation, named
from casework.conf.env import Environment

SAID = {
    "OIDC_ISSUER": "https://id.example.org/realms/a",
    "OIDC_CLIENT_ID": "casework",
    "OIDC_CLIENT_SECRET": "invented",
}


def read(monkeypatch, **said):
    for name, value in (SAID | said).items():
        monkeypatch.setenv(name, value)
    return Environment().organisation()


def test_nothing_is_named():
    assert Environment().organisation() is None


def test_it_is_named(monkeypatch):
    found = read(monkeypatch, OIDC_SECOND_FACTOR="phr,otp", OIDC_HOSTS="login.example.org")
    assert found == Organisation(
        issuer="https://id.example.org/realms/a",
        client_id="casework",
        secret="invented",
        name="id.example.org",
        second_factor=["phr", "otp"],
        hosts=["login.example.org"],
    )
    assert found.origins == ["https://id.example.org", "https://login.example.org"]
    assert "invented" not in repr(found)


def test_the_secret_is_read_from_a_file_that_nobody_else_reads(monkeypatch, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("of the file\n")
    secret.chmod(0o400)
    said = {"OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": str(secret)}
    assert read(monkeypatch, **said).secret == "of the file"
    secret.chmod(0o444)
    with pytest.raises(SystemExit, match=r"OIDC_CLIENT_SECRET_FILE: .* is open to every user"):
        read(monkeypatch, **said)


@pytest.mark.parametrize("name", SAID)
def test_in_part_it_does_not_start(monkeypatch, name):
    with pytest.raises(SystemExit, match="are all needed"):
        read(monkeypatch, **{name: ""})


def test_in_production_it_is_asked_over_tls():
    plain = Organisation(issuer="http://id.example.org", client_id="x", secret="x", name="x")
    assert named(plain) == plain
    with pytest.raises(SystemExit, match="https://"):
        named(plain, production=True)
