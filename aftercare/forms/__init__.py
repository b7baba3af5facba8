"""Shapes of the forms about care, by their nouns."""

from aftercare.forms.referrals import (
    LANGUAGES,
    DeclineForm,
    NoteForm,
    SendForm,
    ServiceForm,
    providers_near,
)

__all__ = ["LANGUAGES", "DeclineForm", "NoteForm", "SendForm", "ServiceForm", "providers_near"]
