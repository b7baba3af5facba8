"""Received files: encrypted as they arrive, outside of everything that is served."""

from casework.conf.env import Environment

_env = Environment()
FILES_ROOT = _env.files_root
FILES_STORE = "" if _env.testing else _env.files_store
FILES_ENDPOINT, FILES_REGION = _env.files_endpoint, _env.files_region
FILES_KEY_ID, FILES_KEY = _env.files_key_id, _env.files_key
ERASURE_LEDGER = _env.erasure_ledger
FILE_UPLOAD_HANDLERS = ["casework.files.arriving.Sealing"]
MOST_FILE_BYTES = _env.file_megabytes * 1_000_000
MOST_PIXELS = 40_000_000
SCAN_COMMAND = "" if _env.testing else _env.scan_command
