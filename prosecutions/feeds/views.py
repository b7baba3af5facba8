"""The page of a person's calendar feed, and the feed itself."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.generic import View

from core.context import acting_as
from core.languages import spoken_to
from core.web import Page
from prosecutions.feeds.services import begin_feed, feed_of, path_of, read_feed, stop_feed
from prosecutions.models import CalendarFeed

if TYPE_CHECKING:
    from django.http import HttpRequest


class FeedPage(Page):
    """Begin, renew or stop the feed; its address is shown once."""

    permission = begin_feed.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("step") == "stop":
            stop_feed(actor=self.actor)
            return HttpResponseRedirect(reverse("prosecutions:calendar"))
        return self._show(request.build_absolute_uri(path_of(begin_feed(actor=self.actor))))

    def _show(self, address: str = "") -> HttpResponse:
        context = {"feed": feed_of(self.actor), "address": address}
        return render(self.request, "prosecutions/calendar.html", context)


class Feed(View):
    """What a calendar program fetches: no session, the address is the secret."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        feed = CalendarFeed.objects.at(secret)
        if feed is None or not feed.user.has_perm(read_feed.permission):
            raise Http404
        with acting_as(feed.user_id), spoken_to(feed.user):
            content = read_feed(actor=feed.user)
        tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
        answer = HttpResponse(content, content_type="text/calendar", headers={"ETag": tag})
        return get_conditional_response(request, etag=tag, response=answer) or answer
