"""What a phone keeps of its organisation's own questions about a rescue: their words, no answer.

`static/js/own.js` draws the cards that `intake/own.py` draws online, with the same names. A phone
says by `mark` which it has, so that what did not change is not sent again.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
from django.utils.translation import gettext as _

from questions.enums import Noun
from questions.forms import NOT_ANSWERED, NOT_CHOSEN, YES_NO
from questions.models import QuestionSet

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = ("code", "text", "hint", "kind", "choices", "required", "only_if")


def for_phone(user: User) -> dict[str, Any]:
    """The sets that are asked where this person works; nothing of a case."""
    rows = QuestionSet.objects.asked_of(user, Noun.RESCUE)
    sets = [
        {
            "id": str(row.pk),
            "title": row.title,
            "programmes": row.programmes,
            "questions": [{name: question[name] for name in SHOWN} for question in row.questions],
        }
        for row in rows
    ]
    mark = sha256(orjson.dumps(sets)).hexdigest()[:16]  # whatever language the words are in
    return {"mark": mark, "sets": sets, "words": _words() if sets else {}}


def _words() -> dict[str, str]:
    return {
        **{code: str(label) for code, label in YES_NO},
        "not_answered": str(NOT_ANSWERED[1]),
        "choose": str(NOT_CHOSEN[1]),
        "optional": _("(optional)"),
        "answer": _("Answer “%(question)s”."),
    }
