"""Tables are written anew when nobody sees any more what was erased."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from casework.models import Case
from retention import clearing

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "aside"])


def wait():
    with connections["default"].cursor() as cursor:
        clearing._wait_for_those_before(cursor)


def test_whoever_began_before_is_waited_for(monkeypatch):
    with transaction.atomic("aside"), monkeypatch.context() as at_once:
        at_once.setattr(clearing, "A_MINUTE", 0)
        with connections["aside"].cursor() as beside:
            beside.execute("set transaction isolation level repeatable read")
            Case.objects.using("aside").exists()
        with pytest.raises(CommandError, match="Nothing was written anew"):
            call_command("clear_erased")
    wait()  # a while, if the database cleans up by itself just now: that is seen as well
