"""Photos and films of survivors: nobody outside is given one without the consent to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.paper_codes import DocumentKind
from victims.enums import Purpose, RecipientKind
from victims.models import Involvement
from victims.services.basis import EVERYONE, Recipient, share

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Document
    from places.models import Agency


def require_photo_consent(document: Document, *, agency: Agency | None, actor: User) -> None:
    """Refuse to hand over a picture that somebody in the case did not agree to be shown in.

    A picture cannot be masked by person, so each survivor of the case must have agreed, to this
    authority or to all; whoever is no authority counts as the public. Called by casework within
    the verb that hands over, which is the share: a withdrawal reaches whoever has the picture.
    """
    if document.kind != DocumentKind.PHOTO:
        return
    recipient = Recipient(RecipientKind.AGENCY, agency.pk) if agency else EVERYONE
    people = Involvement.objects.filter(case=document.case_id)
    for person in people.select_related("case__jurisdiction").order_by("created_at", "code"):
        share(person, Purpose.PHOTO, recipient, actor=actor)
