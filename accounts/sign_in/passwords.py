"""Which passwords are good enough, and the pages on which one is changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from allauth.account.views import PasswordChangeView, PasswordResetView
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from accounts.sign_in import limits
from accounts.sign_in.guards import Fresh, Limited

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from accounts.models import User

LONGEST = 128
OWN_WORDS = [
    "casework",
    "case",
    "demo",
    "only",
    "password",
    "rescue",
    "survivor",
    "freedom",
    "justice",
    "slavery",
    "office",
    "admin",
    "welcome",
    "letmein",
    "qwerty",
    "secret",
]
FEWEST_LEFT = 6  # letters that remain when everybody's words are taken out


class NotTooLong:
    def validate(self, password: str, user: object = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return _("At most %(most)d characters.") % {"most": LONGEST}


class NotOurWords:
    """Made of the organisation's words or one's own name, it is what strangers try first."""

    def validate(self, password: str, user: Any = None) -> None:
        text = password.casefold()
        for word in sorted({*OWN_WORDS, *_names(user)}, key=len, reverse=True):
            text = text.replace(word, " ")
        if len(set(re.findall(r"[^\W\d_]", text))) < FEWEST_LEFT:
            raise ValidationError(
                _("Too easy to guess: add words that have nothing to do with you or this work."),
                code="password_of_our_words",
            )

    def get_help_text(self) -> str:
        return _("Do not use your name or words of this work. A few unrelated words are best.")


def _names(user: User) -> set[str]:
    texts = [getattr(user, name, "") or "" for name in ("username", "name", "email")]
    return {
        word for text in texts for word in re.split(r"[\W_]+", text.casefold()) if len(word) > 2
    }


class Change(Fresh, Limited, PasswordChangeView):
    """The present one, the new one twice. Other sessions hold a digest of the old one and end."""

    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Who signs in by the organisation's provider may have none."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return HttpResponseRedirect(self.success_url)
        return super().dispatch(request, *args, **kwargs)


class Forgotten(Limited, PasswordResetView):
    """Asks for an address; the answer and the work are the same whoever it is."""

    purpose = "forgotten"

    def who(self) -> str:
        return self.request.POST.get("email", "")

    def form_valid(self, form: object) -> HttpResponse:
        limits.failed(self.tries)  # an asking is not forgiven
        return PasswordResetView.form_valid(self, form)
