"""A partner is told by a real worker, also when the first one is killed at it."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from core.local import broker
from tests.exchange.receiver import is_signed, receiving
from tests.jobs.conftest import eventually, needs_redis, send
from tests.jobs.test_worker import REPORT

if TYPE_CHECKING:
    from tests.jobs.conftest import House

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


@needs_redis
def test_a_rescue_is_told_to_the_program_of_the_office(house: House) -> None:
    with broker.running_redis(house.folder) as house.redis, receiving() as there:
        asked = house.ask("subscribe", {"url": there.url})
        assert house.ask("report", REPORT)["status"] == 201
        assert house.rows("select state from exchange_delivery") == [("waiting",)]
        there.statuses = [503, 204]
        worker = house.worker()
        house.beat()
        assert eventually(lambda: len(there.came) == 1), house.said()
        send(worker, signal.SIGKILL)
        worker.wait()
        house.worker()
        house.rows("update exchange_webhook set retry_at = null returning 1")
        assert eventually(
            lambda: (
                bool(house.rows("update exchange_delivery set due_at = now() returning 1"))
                and bool(house.rows("update exchange_webhook set retry_at = null returning 1"))
                and len(there.came) > 1
            ),
        ), house.said()
        assert eventually(
            lambda: house.rows("select state from exchange_delivery") == [("delivered",)]
        ), house.said()
        for _path, headers, body in there.came:
            assert is_signed(asked["secret"], headers, body)
        assert len(set(there.ids())) == 1
