"""Secrets of second factors, when the field keys change: they lie inside a JSON column."""

from __future__ import annotations

import base64
from collections import Counter
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from core.keys import crypto
from core.rekeying import Rehearsed

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = "mfa_authenticator.data"
SECRETS = ("secret", "seed")  # of an app, of recovery codes; a passkey keeps none here


def hidden(text: str) -> str:
    return base64.b64encode(crypto.encrypt(text.encode(), PLACE)).decode()


def opened(text: str) -> str:
    return crypto.decrypt(base64.b64decode(text), PLACE).decode()


class FactorSecrets:
    """What `core.rekeying` asks of ciphertext that is no column of its own."""

    def __str__(self) -> str:
        return PLACE

    def by_key(self) -> Counter[int]:
        counts = Counter[int]()
        for row in Authenticator.objects.all():
            counts.update(number for _name, number in _secrets(row))
        return counts

    def bring_over(self) -> int:
        """Each row in a commit of its own; rows that someone else holds are passed over."""
        first = crypto.key_numbers()[0]
        old = [r.pk for r in Authenticator.objects.all() if {n for _s, n in _secrets(r)} - {first}]
        return sum(_renew(pk) for pk in old)

    def rehearse(self) -> Rehearsed:
        trial = Rehearsed()
        for row in Authenticator.objects.all():
            for name in SECRETS:
                if text := row.data.get(name):
                    trial.try_one(base64.b64decode(text), PLACE, f"{PLACE}|{row.pk}")
        return trial


@transaction.atomic
def _renew(pk: object) -> int:
    row = Authenticator.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if row is None:
        return 0
    names = [name for name, _number in _secrets(row)]
    row.data |= {name: hidden(opened(row.data[name])) for name in names}
    row.save(update_fields=["data"])
    return len(names)


def _secrets(row: Any) -> Iterator[tuple[str, int]]:
    for name in SECRETS:
        if text := row.data.get(name):
            yield name, crypto.number_of(base64.b64decode(text))
