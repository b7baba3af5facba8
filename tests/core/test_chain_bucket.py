"""The head of the history is kept in a bucket that lets nobody change it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from core.chain import anchors
from core.chain.verifying import verify
from core.models import ChainAnchor
from tests.core.chaining import history
from tests.core.test_chain_anchors import send

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "aside"]),
    pytest.mark.slow,
    pytest.mark.enable_socket,
]
YEARS = {"Mode": "COMPLIANCE", "Years": 10}


@pytest.fixture
def place(bucket, settings):
    client, name = bucket
    rule = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": YEARS}}
    client.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=rule)
    settings.HISTORY_PLACE = f"s3://{name}/casework"
    return client, name


def lying(client, name):
    """The only file of the bucket: its key, its text."""
    (one,) = client.list_objects_v2(Bucket=name)["Contents"]
    found = client.get_object(Bucket=name, Key=one["Key"])
    return one["Key"], found["Body"].read().decode(), found


def test_the_head_is_kept_locked_and_proves_the_history(place):
    history()
    assert send()["left"]
    key, text, found = lying(*place)
    assert key.startswith("casework/history-000000000003-")
    assert verify([anchors.read(text, key)]).whole
    assert ChainAnchor.objects.get().kept == 1
    client, name = place
    assert found["ObjectLockRetainUntilDate"] > datetime.now(UTC) + timedelta(days=3_000)
    with pytest.raises(ClientError, match="AccessDenied"):
        client.delete_object(Bucket=name, Key=key, VersionId=found["VersionId"])


def test_one_that_is_there_is_not_written_again(place):
    history()
    send()
    _key, _text, first = lying(*place)
    assert send()["left"]
    assert lying(*place)[2]["VersionId"] == first["VersionId"]


def test_another_text_in_its_place_is_not_taken_for_it(place):
    history()
    send()
    client, name = place
    key, _text, _found = lying(*place)
    client.put_object(Bucket=name, Key=key, Body=b"number 3", ChecksumAlgorithm="SHA256")
    assert not send()["left"]


def test_a_bucket_that_locks_nothing_or_does_not_answer(place, settings, caplog):
    client, name = place
    history()
    client.put_object_lock_configuration(
        Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
    )
    assert not send()["left"]
    assert "has no object lock with a default retention" in caplog.text
    settings.BACKUP_ENDPOINT = "http://127.0.0.1:1"
    assert not send()["left"]
    assert "Could not connect" in caplog.text
    assert ChainAnchor.objects.count() == 0
