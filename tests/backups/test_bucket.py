"""Backups in a bucket of a server that speaks S3: in parts, locked for some days, then pruned."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from botocore.exceptions import ClientError

from backups import keeping
from backups.faults import Fault
from backups.stores import name_at, store

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
NAME = name_at(datetime(2026, 11, 29, 2, 10, tzinfo=UTC))
LARGE = 20 << 20  # more than one part


def test_it_comes_back_as_it_was(bucket):
    client, name = bucket
    found = store(f"s3://{name}/casework")
    content = bytes(range(256)) * (LARGE // 256)
    assert found.put(NAME, io.BytesIO(content)) == LARGE
    assert [(one.name, one.size) for one in found.kept()] == [(NAME, LARGE)]
    with found.open(NAME) as file:
        assert file.read() == content
    assert client.head_object(Bucket=name, Key=f"casework/{NAME}")["ObjectLockMode"]
    assert [one["Key"] for one in client.list_objects_v2(Bucket=name)["Contents"]] == [
        f"casework/{NAME}"
    ]


def test_nobody_deletes_it_before_its_time(bucket):
    """Nor whoever has the keys of the account; and pruning leaves it for a later night."""
    client, name = bucket
    found = store(f"s3://{name}")
    found.put(NAME, io.BytesIO(b"x"))
    head = client.head_object(Bucket=name, Key=NAME)
    assert head["ObjectLockMode"] == "COMPLIANCE"
    assert head["ObjectLockRetainUntilDate"] > datetime.now(UTC) + timedelta(days=6)
    with pytest.raises(ClientError, match="AccessDenied"):
        client.delete_object(Bucket=name, Key=NAME, VersionId=head["VersionId"])
    assert found.take_away(NAME) is False
    assert [one.name for one in found.kept()] == [NAME]


@pytest.mark.nightly
def test_the_old_ones_go_when_they_may(bucket, settings):
    _client, name = bucket
    settings.BACKUP_KEEP, settings.BACKUP_LOCK_DAYS = "2,0,0", 0
    found = store(f"s3://{name}/casework")
    start = datetime(2026, 11, 20, 2, 10, tzinfo=UTC)
    names = [name_at(start + timedelta(days=day)) for day in range(4)]
    for one in names:
        found.put(one, io.BytesIO(b"x"))
    assert keeping.prune(found) == names[:2]
    assert [one.name for one in found.kept()] == names[2:]


class BreaksOff(io.RawIOBase):
    """As a dump that fails in its second part."""

    read_so_far = 0

    def readable(self):
        return True

    def read(self, size=-1):
        self.read_so_far += size
        if self.read_so_far > LARGE:
            raise Fault("pg_dump did not finish")
        return b"x" * size


def test_what_breaks_off_is_not_kept(bucket):
    client, name = bucket
    found = store(f"s3://{name}")
    with pytest.raises(Fault, match="did not finish"):
        found.put(NAME, BreaksOff())
    assert found.kept() == []
    assert client.list_multipart_uploads(Bucket=name).get("Uploads", []) == []


def test_parts_that_a_killed_one_left_go(bucket):
    client, name = bucket
    client.create_multipart_upload(Bucket=name, Key=NAME)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        store(f"s3://{name}")._clear()
    assert client.list_multipart_uploads(Bucket=name).get("Uploads", []) == []


def test_a_bucket_that_is_not_there_or_does_not_lock(bucket):
    client, _name = bucket
    with pytest.raises(Fault, match="the bucket says NoSuchBucket"):
        store("s3://nowhere-at-all").put(NAME, io.BytesIO(b"x"))
    client.create_bucket(Bucket="without-lock")
    with pytest.raises(Fault, match="does not lock what it keeps"):
        store("s3://without-lock").put(NAME, io.BytesIO(b"x"))


def test_a_server_that_does_not_answer(bucket, settings):
    settings.BACKUP_ENDPOINT = "http://127.0.0.1:1"
    with pytest.raises(Fault, match="cannot be listed: EndpointConnectionError"):
        store("s3://backups").kept()
