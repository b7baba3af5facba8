"""The figures that a person's pages show before anything is chosen: asked for at the first start
and every night, so that no page begins empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.contents import every_question
from reports.dashboards.page import DASHBOARDS, first_for
from reports.dashboards.questions import all_questions, asked_of

if TYPE_CHECKING:
    from accounts.models import User
    from reports.dashboards.questions import Question


def standing(reader: User) -> list[Question]:
    """Each once: first those of the reader's own dashboard, then of the page of reports, then of
    the other dashboards."""
    params, own = asked_of({}, reader).params, first_for(reader)
    others = [board for board in DASHBOARDS.values() if board is not own]
    questions = all_questions(own, params) + every_question(reader)
    for board in others:
        questions += all_questions(board, params)
    return list({question.key(): question for question in questions}.values())
