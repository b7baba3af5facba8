"""A server that speaks S3, and a bucket in it that locks what it keeps."""

from __future__ import annotations

from itertools import count

import pytest

number = count(1)


@pytest.fixture(scope="module")
def s3_server():
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - few sessions want one

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def bucket(s3_server, settings, monkeypatch):
    """With object lock, and empty; the account's keys are in the environment."""
    import boto3  # noqa: PLC0415 - half a second

    for name, value in (("ACCESS_KEY_ID", "invented"), ("SECRET_ACCESS_KEY", "invented")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    settings.BACKUP_ENDPOINT, settings.BACKUP_LOCK_DAYS = s3_server, 7
    client = boto3.client("s3", endpoint_url=s3_server)
    name = f"bucket-{next(number)}"
    client.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    return client, name


@pytest.fixture
def kept_there(bucket, s3_server, settings, tmp_path):
    """Received files go into the bucket, with every version kept; what lies in it, by name."""
    client, name = bucket
    settings.FILES_ROOT = tmp_path / "files"
    settings.FILES_STORE, settings.FILES_ENDPOINT = f"s3://{name}/received", s3_server

    def lying(versions=False):
        found = client.list_object_versions(Bucket=name)
        wanted = found.get("Versions", []) + (found.get("DeleteMarkers", []) if versions else [])
        return sorted(one["Key"].removeprefix("received/") for one in wanted)

    return lying
