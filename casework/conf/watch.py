"""What is said to whoever watches the server: figures, lines of the log, faults (`core/watch/`)."""

from casework.conf.env import Environment

_env = Environment()
METRICS_TOKEN = _env.metrics_token
ACCESS_LOG = _env.access_log
REQUEST_ID_HEADER = _env.request_id_header
ERROR_HOOK = _env.error_hook
TRACES = _env.traces

# Logs: an allow-list of keys, exceptions as type and place (security.md L1, L2).
_handlers = ["stderr", "hook"] if ERROR_HOOK else ["stderr"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "core.logs.Lines"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "lines"},
        "hook": {"class": "core.watch.faults.Telling", "hook": ERROR_HOOK},
    },
    "root": {"handlers": _handlers, "level": "INFO"},
    "loggers": {
        "django": {"handlers": _handlers, "level": "WARNING", "propagate": False},
        "celery": {"handlers": _handlers, "level": "WARNING", "propagate": False},
    },
}
