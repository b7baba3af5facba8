"""Files at rest: encrypted, on the disk or in a bucket, and given out as attachments."""
