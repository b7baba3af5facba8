"""A service that keeps files in buckets, as S3 does: backups and the head of the history go there.

Keys of the account come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as boto3 reads them;
another service than Amazon's is named by BACKUP_ENDPOINT.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SCHEME = "s3://"
THERE = {"PreconditionFailed", "ConditionalRequestConflict"}


class NotKept(OSError):
    """The service or the bucket does not take it."""


def client() -> Any:
    import boto3  # noqa: PLC0415 - half a second that few processes need
    from botocore.config import Config  # noqa: PLC0415

    return boto3.client(
        "s3",
        endpoint_url=settings.BACKUP_ENDPOINT or None,
        config=Config(connect_timeout=10, read_timeout=60, retries={"max_attempts": 3}),
    )


def split(place: str) -> tuple[str, str]:
    """Of `s3://bucket/folder` the bucket, and what stands before each name in it."""
    parts = urlsplit(place)
    folder = parts.path.strip("/")
    return parts.netloc, f"{folder}/" if folder else ""


def lock(service: Any, bucket: str) -> dict[str, Any] | None:
    """How the bucket locks what it keeps; `None` where it does not. Raises `ClientError`."""
    from botocore.exceptions import ClientError  # noqa: PLC0415

    try:
        answer = service.get_object_lock_configuration(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ObjectLockConfigurationNotFoundError":
            raise
        return None
    return dict(answer["ObjectLockConfiguration"])


def keep_once(place: str, name: str, text: str) -> str:
    """Write it, locked for as long as the bucket says; return what lies there, which may be older.

    Raises `NotKept`, also where whoever holds the account's keys could change it.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    try:
        return _kept_once(place, name, text)
    except (BotoCoreError, ClientError) as error:
        raise NotKept(f"{place}: {error}") from error


def _kept_once(place: str, name: str, text: str) -> str:
    from botocore.exceptions import ClientError  # noqa: PLC0415

    bucket, folder = split(place)
    service, there = client(), {"Bucket": bucket, "Key": folder + name}
    if not (lock(service, bucket) or {}).get("Rule"):
        raise NotKept(f"{place} has no object lock with a default retention.")
    try:
        service.put_object(**there, Body=text.encode(), ChecksumAlgorithm="SHA256", IfNoneMatch="*")
    except ClientError as error:
        if error.response["Error"]["Code"] not in THERE:
            raise
        with service.get_object(**there)["Body"] as body:
            return str(body.read().decode(errors="replace"))
    return text
