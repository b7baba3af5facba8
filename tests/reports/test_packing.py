"""What snapshots kept before rows had numbers, by the migrations that pack it."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import uuid4

import orjson
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reports.base import Result
from reports.models import KeptIds, Snapshot
from reports.run import digest
from tests import factories
from tests.factories import kept

pytestmark = pytest.mark.django_db
BEFORE, AFTER = ("reports", "0006_updated_since"), ("reports", "0009_closed_for")
ROWS = [{"programme": None, "k": 1, "n": 2}]


def migrate(target):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


def taken(model, behind, said=""):
    """A snapshot as it was kept then: texts of keys in one jsonb."""
    text = orjson.dumps([ROWS, behind], option=orjson.OPT_SORT_KEYS)
    return model.objects.create(
        report="conviction-rate",
        report_version=1,
        params={},
        as_of=date(2026, 11, 24),
        scope_key="",
        rows=ROWS,
        behind=behind,
        digest=said or hashlib.sha256(text).hexdigest(),
    ).pk


def test_what_was_kept_is_packed_once_and_its_digest_holds():
    there, gone = sorted([str(factories.victim().pk), str(uuid4())])
    every = sorted(str(uuid4()) for _one in range(120))
    many, rest = every[::2], every[1::2]
    of_two = {"IN|": {"k": [there], "n": [there, gone]}, "IN-WB|": {"k": [], "n": [gone]}}
    of_many = {"IN|": {"k": many, "n": many}, "PH|": {"k": rest, "n": many}}
    model = migrate(BEFORE).get_model("reports", "Snapshot")
    sound, large = taken(model, of_two), taken(model, of_many)
    changed = taken(model, of_two, said="not of these rows")
    migrate(AFTER)
    for pk, behind in ((sound, of_two), (large, of_many), (changed, of_two)):
        assert kept.told(Snapshot.objects.get(pk=pk).behind) == behind
    whole = {sound: of_two, large: of_many}
    now = {pk: digest(Result(ROWS, kept.packed(behind))) for pk, behind in whole.items()}
    assert dict(Snapshot.objects.filter(pk__in=now).values_list("pk", "digest")) == now
    assert Snapshot.objects.get(pk=changed).digest == "not of these rows"
    assert KeptIds.objects.filter(snapshot=large, same=None).count() == 2
