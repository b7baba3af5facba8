"""What a person settles for themself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import User
from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from accounts.models import Office


@service(Perm.OFFICE_CHOOSE)
def choose_office(office: Office, *, actor: User) -> User:
    """Go by the day of one of one's own offices: on pages, in mail and in jobs.

    A record goes by the day of its own office all the same; keys go by UTC.
    """
    if office.pk not in actor.zones:
        raise Refused(_("Choose one of your own offices. The global office uses UTC."), "office")
    if office.pk != actor.goes_by:
        changed = User.objects.filter(pk=actor.pk)
        changed.update(day_office=office, updated_at=Now(), version=F("version") + 1)
    audit.record("office.chosen", actor, actor=actor, office=office.code)
    actor.day_office = office
    return actor


@service(Perm.LANGUAGE_CHOOSE)
def choose_language(language: str, *, actor: User) -> User:
    """Have pages and letters in this language.

    Calls with a key go by the language they ask for.
    """
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Casework does not speak this language yet."), "language")
    if language != actor.language:
        changed = User.objects.filter(pk=actor.pk)
        changed.update(language=language, updated_at=Now(), version=F("version") + 1)
    audit.record("language.chosen", actor, actor=actor, language=language)
    actor.language = language
    return actor
