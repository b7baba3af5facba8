from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.serializers import Nothing
from core.api.viewsets import ServiceViewSet
from prosecutions.feeds.services import begin_feed, feed_of, path_of, read_feed, stop_feed
from prosecutions.models import CalendarFeed

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class FeedSerializer(serializers.Serializer[Any]):
    """`since`: when the feed was made, `until`: when it ends or ended; nothing if there is none."""

    since = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True)


class FeedAddressSerializer(FeedSerializer):
    """`address`: shown now and never again; whoever has it sees the days of the hearings."""

    address = serializers.URLField()


class FeedViewSet(ServiceViewSet):
    """The calendar feed of the caller: a secret address, in words that betray nothing."""

    queryset = CalendarFeed.objects.all()
    services = {"retrieve": read_feed, "create": begin_feed, "stop": stop_feed}
    inputs = {"create": Nothing, "stop": Nothing}
    asking = frozenset({"create"})  # the address is kept nowhere, not even for a repeated send
    serializer_class = FeedSerializer

    @extend_schema(responses=FeedSerializer)
    def retrieve(self, request: SignedIn) -> Response:
        """Whether there is a feed."""
        self.takes_nothing()
        feed = feed_of(request.user)
        return Response(FeedSerializer(_days(feed)).data)

    # The address is shown once, so no answer is kept.
    @extend_schema(request=Nothing, responses={201: FeedAddressSerializer})
    def create(self, request: SignedIn) -> Response:
        """Make a new address, shown once, for 180 days. The former one stops working."""
        self.validated()
        secret = begin_feed(actor=request.user)
        address = request.build_absolute_uri(path_of(secret))
        values = _days(feed_of(request.user)) | {"address": address}
        return Response(FeedAddressSerializer(values).data, status=201)

    # About no one row.
    @extend_schema(request=Nothing, responses=FeedSerializer)
    def stop(self, request: SignedIn) -> Response:
        """Close the address."""
        self.validated()

        def run() -> dict[str, object]:
            stop_feed(actor=request.user)
            return FeedSerializer(_days(None)).data

        return self.once(run, 200)


def _days(feed: CalendarFeed | None) -> dict[str, object]:
    return {"since": feed and feed.created_at, "until": feed and feed.expires_at}
