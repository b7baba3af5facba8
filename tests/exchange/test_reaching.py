"""Nothing inside is reached, by whatever spelling, name or detour (I4, T21)."""

from __future__ import annotations

import socket
import time

import pytest

from exchange import reaching
from exchange.models import Failure
from exchange.reaching import NotAllowed, NotThere, check, is_public, post, resolve

pytestmark = pytest.mark.django_db
INSIDE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200"),
    *("192.0.0.192", "198.18.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1", "::ffff:10.0.0.1"),
    *("fec0::1", "feff::1", "::7f00:1", "::a9fe:a9fe", "100::1", "3fff::1", "5f00::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001::1"),
]
REFUSED = [
    *("http://hooks.example.org/", "ftp://hooks.example.org/", "file:///etc/passwd", "//x", ""),
    *("https://", "https:///x", "hooks.example.org", "https://hooks.example.org:22/"),
    *("https://hooks.example.org:80/", "https://hooks.example.org:x/", "https://[::1]/"),
    *("https://user@hooks.example.org/", "https://a:b@hooks.example.org/", "https://@x/"),
    *("https://hooks.example.org#@127.0.0.1/", "https://hooks.example.org\\@127.0.0.1/"),
    *("https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/"),
    *("https://127.1/", "https://localhost/", "https://localhost./", "https://[fe80::1%25a]/"),
    *("https://hooks.example.org.evil.example/", "https://evilhooks.example.org/"),
    *("https://hooks.example.org%2eevil.example/", "https://hooks.example.org /"),
    *(
        "https://hooks。example。org/",
        "https://hooks.example.org/\r\nX: y",
        "https://169.254.169.254/",
    ),
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_is_none_of_the_world(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["192.0.78.9", "8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8"])
def test_a_public_address_is(address):
    assert is_public(address)


@pytest.mark.parametrize("url", REFUSED)
def test_what_may_not_be_called_is_refused(url):
    with pytest.raises(NotAllowed):
        check(url)
    with pytest.raises(NotThere) as refused:
        post(url, b"{}", {})
    assert refused.value.kind == Failure.ADDRESS


def test_a_named_host_may_be_called(settings):
    assert check("https://hooks.example.org/a?b=c").hostname == "hooks.example.org"
    assert check("https://HOOKS.example.org:443/").hostname == "hooks.example.org"
    settings.WEBHOOK_HOSTS = []
    with pytest.raises(NotAllowed, match="may not be called"):
        check("https://hooks.example.org/")


def named(*addresses):
    """A resolver that answers with these."""

    def answer(_host, port, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    return answer


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_for_an_inside_address_is_refused(address, monkeypatch):
    for addresses in ([address], ["8.8.8.8", address], [address, "8.8.8.8"]):
        monkeypatch.setattr(socket, "getaddrinfo", named(*addresses))
        with pytest.raises(NotThere) as refused:
            resolve("hooks.example.org", 443)
        assert refused.value.kind == Failure.ADDRESS


def test_a_name_that_changes_meanwhile_changes_nothing(monkeypatch):
    """Looked up once; the connection goes to the address that was looked at."""
    answers, tried = [["8.8.8.8"], ["127.0.0.1"]], []

    def resolver(host, port, **more):
        return named(*answers.pop(0))(host, port, **more)

    def connect(where, *_more):
        tried.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotThere) as away:
        post("https://hooks.example.org/", b"{}", {})
    assert away.value.kind == Failure.CONNECTION
    assert tried == [("8.8.8.8", 443)]
    assert len(answers) == 1


def test_a_name_nobody_has_is_no_connection(monkeypatch):
    def nobody(*_args, **_more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(NotThere) as away:
        post("https://hooks.example.org/", b"{}", {})
    assert away.value.kind == Failure.CONNECTION


@pytest.mark.enable_socket
def test_an_answer_is_its_status(there):
    there.statuses = [418]
    assert post(there.url, b'{"a":1}', {"webhook-id": "x"}) == 418
    ((path, headers, body),) = there.came
    assert (path, headers["webhook-id"], body) == ("/hook?of=casework", "x", b'{"a":1}')


@pytest.mark.enable_socket
def test_an_answer_that_drips_is_hung_up_on(there, monkeypatch):
    monkeypatch.setattr(reaching, "MOST_SECONDS", 0.4)
    there.drip = 0.05
    begun = time.monotonic()
    with pytest.raises(NotThere) as away:
        post(there.url, b"{}", {})
    assert away.value.kind == Failure.TIME
    assert time.monotonic() - begun < 3


@pytest.mark.enable_socket
def test_a_handshake_that_drips_is_hung_up_on(there, monkeypatch):
    """Whoever never finishes agreeing on encryption holds no worker either."""
    monkeypatch.setattr(reaching, "MOST_SECONDS", 0.4)
    there.greeting = b"\x16\x03\x03\x3f\xff"  # the beginning of a record that never ends
    port = int(there.url.split(":")[2].split("/")[0])
    connection = reaching.Pinned("127.0.0.1", port, encrypted=True)
    monkeypatch.setattr(reaching, "_connection", lambda _parts: connection)
    begun = time.monotonic()
    with pytest.raises(NotThere) as away:
        post(there.url, b"{}", {})
    assert away.value.kind == Failure.TIME
    assert time.monotonic() - begun < 3


@pytest.mark.enable_socket
def test_a_certificate_nobody_vouches_for_is_refused(there, monkeypatch):
    """A plain server where an encrypted one is expected."""
    port = int(there.url.split(":")[2].split("/")[0])
    connection = reaching.Pinned("127.0.0.1", port, encrypted=True)
    monkeypatch.setattr(reaching, "_connection", lambda _parts: connection)
    with pytest.raises(NotThere) as away:
        post(there.url, b"{}", {})
    assert away.value.kind == Failure.ENCRYPTION


def test_without_the_setting_of_tests_loopback_is_closed(settings):
    assert settings.WEBHOOKS_TO_LOOPBACK is False
    for url in ("http://127.0.0.1/", "https://127.0.0.1/"):
        with pytest.raises(NotAllowed):
            check(url)
