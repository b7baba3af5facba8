"""A handler with the middleware a new project has, and the addresses of one module."""

from __future__ import annotations

from typing import Any

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]


def application(urls: str) -> Any:
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - after the set-up
    from django.test.utils import override_settings  # noqa: PLC0415

    with override_settings(MIDDLEWARE=MIDDLEWARE):
        handler = WSGIHandler()
    handler.get_response = _with_urls(handler.get_response, urls)  # type: ignore[method-assign]
    return handler


def _with_urls(get_response: Any, urls: str) -> Any:
    from django.urls import set_urlconf  # noqa: PLC0415 - after the set-up

    def respond(request: Any) -> Any:
        request.urlconf = urls
        response = get_response(request)
        set_urlconf(None)
        return response

    return respond
