from __future__ import annotations

from rest_framework import serializers

from accounts.models import Office
from core.api.serializers import RowSerializer, VisibleRow, shown_as
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from reports.outside.models import OutsideAddress, ReleaseLetter
from reports.outside.services import confirm_address, end_address, propose_address


class OutsideAddressSerializer(RowSerializer[OutsideAddress]):
    """`purpose`: why it gets figures."""

    shows = (
        "id office organisation contact email language purpose proposed_by created_at "
        "confirmed_by confirmed_at ended_by ended_at version"
    )

    office = shown_as("code")
    contact = serializers.CharField(read_only=True)  # opened here, where reading leaves a mark
    email = serializers.CharField(read_only=True)
    proposed_by = shown_as("username")
    confirmed_by = shown_as("username")
    ended_by = shown_as("username")


class OutsideAddressViewSet(ReadViewSet):
    """To whom outside released figures of your offices go."""

    listed = List(
        OutsideAddress.objects.select_related(*OutsideAddress.shown_with),
        "office",
        orders={"newest": "-created_at"},
    )
    serializer_class = OutsideAddressSerializer

    create = Verb(propose_address, on={"office": VisibleRow(Office.objects.all(), by="code")})
    confirm = Verb(confirm_address)
    end = Verb(end_address)


class ReleaseLetterSerializer(RowSerializer[ReleaseLetter]):
    """`sent_at`: when it left. `refusals`: how often the mail server did not take it."""

    shows = (
        "id proposal release schedule address organisation created_at sent_at refusals "
        "refused_at version"
    )

    release = serializers.UUIDField(source="proposal.release.pk", default=None, read_only=True)
    organisation = serializers.CharField(source="address.organisation", read_only=True)


class ReleaseLetterViewSet(ReadViewSet):
    """To which outside addresses a released table goes, and when it was sent."""

    listed = List(
        ReleaseLetter.objects.select_related("proposal__release", "address"),
        "proposal address schedule",
        orders={"newest": "-created_at"},
    )
    serializer_class = ReleaseLetterSerializer
