"""A partner is told by a real worker, also when the first one is killed at it."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any

import pytest

from core.local import broker
from tests.exchange.receiver import is_signed, receiving
from tests.jobs.conftest import eventually, needs_redis, send
from tests.jobs.test_worker import REPORT

if TYPE_CHECKING:
    from tests.jobs.conftest import House

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
STATE = "select state, attempts from exchange_delivery where webhook_id = %s"
ATTEMPTS = (
    "select a.status from exchange_attempt a join exchange_delivery d on d.id = a.delivery_id"
    " where d.webhook_id = %s order by a.at"
)
TOLD = "select count(*) from core_auditevent where action = 'webhook.told'"
NOW = (
    "with d as (update exchange_delivery set due_at = now() where webhook_id = %s)"
    " update exchange_webhook set retry_at = null where id = %s returning 1"
)


def no_wait(house: House, webhook: str) -> Any:
    """As if the address had rested and its delivery waited long enough."""
    return house.rows(NOW, webhook, webhook)


@pytest.mark.nightly
@needs_redis
def test_a_rescue_is_told_to_the_program_of_the_office(house: House) -> None:
    with broker.running_server(house.folder) as (house.redis, _servers), receiving() as there:
        asked = house.ask("subscribe", {"url": there.url})
        webhook = asked["webhook"]
        assert house.ask("report", REPORT)["status"] == 201
        assert house.rows(STATE, webhook) == [("waiting", 0)]
        there.statuses = [503, 204]
        house.worker()
        house.beat()
        assert eventually(lambda: house.rows(ATTEMPTS, webhook) == [(503,)]), house.said()
        assert house.rows(STATE, webhook) == [("waiting", 1)]
        no_wait(house, webhook)
        assert eventually(lambda: house.rows(STATE, webhook) == [("delivered", 2)]), house.said()
        assert house.rows(ATTEMPTS, webhook) == [(503,), (204,)]
        assert len(there.came) == 2
        for _path, headers, body in there.came:
            assert is_signed(asked["secret"], headers, body)
        assert len(set(there.ids())) == 1


@pytest.mark.nightly
@needs_redis
def test_a_worker_killed_between_sending_and_its_log(house: House) -> None:
    """It comes twice with one id; that it was told the first time stays on record."""
    with broker.running_server(house.folder) as (house.redis, _servers), receiving() as there:
        there.held = threading.Event()
        webhook = house.ask("subscribe", {"url": there.url})["webhook"]
        ((before,),) = house.rows(TOLD)
        assert house.ask("report", REPORT)["status"] == 201
        house.beat()
        worker = house.worker()
        assert eventually(lambda: len(there.came) == 1), house.said()
        send(worker, signal.SIGKILL)
        worker.wait()
        assert house.rows(STATE, webhook) == [("waiting", 0)]
        assert house.rows(ATTEMPTS, webhook) == []
        assert house.rows(TOLD) == [(before + 1,)]
        there.held.set()
        house.worker()
        assert eventually(lambda: house.rows(STATE, webhook) == [("delivered", 1)]), house.said()
        assert house.rows(ATTEMPTS, webhook) == [(204,)]
        assert house.rows(TOLD) == [(before + 2,)]
        assert len(there.came) == 2
        assert len(set(there.ids())) == 1
