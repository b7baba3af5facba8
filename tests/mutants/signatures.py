"""Faults by which a message of a webhook is believed that is not ours, or ours is not."""

from __future__ import annotations

from exchange.models import Webhook
from exchange.services import webhooks
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

SENT = "tests/exchange/test_webhooks.py"
DOORS = "tests/exchange/test_doors.py"


@fault(SENT)
def a_replaced_secret_signs_no_more() -> None:
    """Until the program has changed over, it takes our messages for somebody else's."""
    replace(Webhook, "secrets", property(lambda self: [str(self.secret)]))


@fault(SENT, DOORS)
def a_former_secret_signs_for_ever() -> None:
    """Whoever found the old one can still tell the program what they like."""

    def both(self: Webhook) -> list[str]:
        return [str(self.secret), *([str(self.former_secret)] if self.former_secret else [])]

    replace(Webhook, "secrets", property(both))


@fault(DOORS)
def nobody_hears_of_a_new_secret() -> None:
    """The program's messages fail, and whoever is responsible for it is not told why."""
    replace(webhooks, "tell", lambda _people, *_about, **_of: None)
