"""An organisation makes its sets of questions: drafted, published in editions, retired."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from accounts.models import Office
from accounts.permissions import Perm
from casework.enums import Programme
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, as_it_stands, service
from core.verbs.arguments import Column
from questions.asking import MOST_CHOICES, MOST_QUESTIONS, choices_of, code_of, require_whole
from questions.enums import Kind, Noun, State
from questions.models import QuestionSet

if TYPE_CHECKING:
    from core.access import Actor
    from core.refusals import Words

KEEP = Perm.QUESTIONS_KEEP
Code = Annotated[str, Column(length=40, blank=True, label=gettext_lazy("Question"))]
Asked = Annotated[str, Column(length=200, needed=True, label=gettext_lazy("Question"))]
Hint = Annotated[
    str, Column(length=300, blank=True, label=gettext_lazy("What to enter, if it needs saying"))
]
Answered = Annotated[Kind, Column(label=gettext_lazy("Answer"))]
Listed = Annotated[
    Sequence[Annotated[str, Column(length=80)]],
    Column(length=MOST_CHOICES, label=gettext_lazy("Choices"), help=gettext_lazy("One a line.")),
]
Required = Annotated[bool, Column(label=gettext_lazy("Must be answered"))]
OnlyIf = Annotated[str, Column(length=90, blank=True, label=gettext_lazy("Asked only if"))]
Place = Annotated[
    int | None,
    Column(
        least=1,
        most=MOST_QUESTIONS,
        null=True,
        label=gettext_lazy("Number in the order"),
        help=gettext_lazy("If empty, it keeps its place, or comes last."),
    ),
]


@service(KEEP, fresh=True, label=gettext_lazy("Add a set of questions"))
def begin_question_set(
    *,
    title: str,
    noun: Noun,
    identity: bool = False,
    programmes: Sequence[Programme] = (),
    office: Office | None = None,
    actor: Actor,
) -> QuestionSet:
    """Nobody is asked anything before it is published."""
    taken = set(QuestionSet.objects.values_list("code", flat=True))
    begun: QuestionSet = QuestionSet.objects.create(
        code=code_of(title, taken, "questions"),
        title=title.strip(),
        noun=noun,
        identity=identity,
        programmes=_each_once(programmes),
        office=office,
    )
    audit.record("questions.begun", begun, actor=actor)
    return begun


@service(KEEP, fresh=True, label=gettext_lazy("Change the set"))
def change_question_set(
    question_set: QuestionSet,
    *,
    version: int,
    title: str,
    identity: bool = False,
    programmes: Sequence[Programme] = (),
    office: Annotated[Office | None, Column(null=True)] = None,
    actor: Actor,
) -> QuestionSet:
    """What it is called and where it is asked. Raises `Stale`."""
    _require_draft(question_set)
    if question_set.edition > 1 and identity != question_set.identity:
        words = _("Earlier answers are kept the other way. Begin another set for this.")
        raise Refused(words, "identity")
    changed = amend(
        question_set,
        version,
        title=title.strip(),
        identity=identity,
        programmes=_each_once(programmes),
        office=office,
    )
    audit.record("questions.changed", changed, actor=actor)
    return changed


@service(KEEP, fresh=True, label=gettext_lazy("Write a question"))
def write_question(
    question_set: QuestionSet,
    *,
    version: int,
    code: Code = "",
    text: Asked,
    kind: Answered,
    choices: Listed = (),
    required: Required = False,
    only_if: OnlyIf = "",
    hint: Hint = "",
    place: Place = None,
    actor: Actor,
) -> QuestionSet:
    """Add a question to the draft, or change the one with this code. Raises `Stale`."""
    _require_draft(question_set)
    former = question_set.question(code) if code else None
    if code and former is None:
        raise Refused(_unknown(code), "code")
    others = [question for question in question_set.questions if question is not former]
    taken = {question["code"] for question in others}
    written = {
        "code": code or code_of(text, taken, f"question_{len(others) + 1}"),
        "text": text.strip(),
        "hint": hint.strip(),
        "kind": str(kind),
        "choices": choices_of(choices, former["choices"] if former else []),
        "required": required,
        "only_if": only_if,
    }
    stood = question_set.questions.index(former) if former else len(others)
    others.insert(place - 1 if place else stood, written)
    return _keep(question_set, version, others, actor)


@service(KEEP, fresh=True, label=gettext_lazy("Take away"))
def drop_question(
    question_set: QuestionSet, *, version: int, code: Code, actor: Actor
) -> QuestionSet:
    """Take a question out of the draft. Earlier editions and their answers keep it. Raises
    `Stale`."""
    _require_draft(question_set)
    if question_set.question(code) is None:
        raise Refused(_unknown(code), "code")
    left = [question for question in question_set.questions if question["code"] != code]
    return _keep(question_set, version, left, actor)


@service(KEEP, fresh=True, label=gettext_lazy("Publish"))
def publish_question_set(question_set: QuestionSet, *, version: int, actor: Actor) -> QuestionSet:
    """It is asked from now on and cannot be changed any more. An earlier edition is asked no
    longer. Raises `Stale`."""
    _require_draft(question_set)
    if not question_set.questions:
        raise Refused(_("There is no question in it yet."))
    require_whole(question_set.questions)
    for former in QuestionSet.objects.filter(code=question_set.code, state=State.PUBLISHED):
        amend(former, former.version, state=State.RETIRED)
    published = amend(question_set, version, state=State.PUBLISHED)
    audit.record("questions.published", published, actor=actor, edition=published.edition)
    return published


@service(KEEP, fresh=True, label=gettext_lazy("Ask it no longer"))
def retire_question_set(question_set: QuestionSet, *, version: int, actor: Actor) -> QuestionSet:
    """Nobody is asked it any more. Answers stay where they are. Raises `Stale`."""
    if question_set.state == State.RETIRED:
        raise Refused(_("This set is asked no longer already."))
    retired = amend(question_set, version, state=State.RETIRED)
    audit.record("questions.retired", retired, actor=actor)
    return retired


@service(KEEP, fresh=True, label=gettext_lazy("New edition"))
def renew_question_set(question_set: QuestionSet, *, actor: Actor) -> QuestionSet:
    """Begin the next edition as a draft, with the same questions. This one is asked until the new
    one is published, and answers given under it stay."""
    as_it_stands(question_set)
    editions = QuestionSet.objects.filter(code=question_set.code)
    if editions.filter(state=State.DRAFT).exists():
        raise Refused(_is_begun())
    latest = editions.order_by("-edition")[0]
    try:
        with transaction.atomic():
            renewed: QuestionSet = QuestionSet.objects.create(
                code=latest.code,
                edition=latest.edition + 1,
                title=question_set.title,
                noun=question_set.noun,
                identity=question_set.identity,
                programmes=question_set.programmes,
                office=question_set.office,
                questions=question_set.questions,
            )
    except IntegrityError:  # somebody else began it at the same moment
        raise Refused(_is_begun()) from None
    audit.record("questions.renewed", renewed, actor=actor, edition=renewed.edition)
    return renewed


def _unknown(code: str) -> Words:
    return _("There is no such question here: %(codes)s.") % {"codes": code}


def _is_begun() -> Words:
    return _("The next edition is a draft already. Publish or retire it first.")


def _keep(
    question_set: QuestionSet, version: int, questions: list[dict[str, object]], actor: Actor
) -> QuestionSet:
    require_whole(questions)
    kept = amend(question_set, version, questions=questions)
    audit.record("questions.changed", kept, actor=actor)
    return kept


def _each_once(programmes: Sequence[str]) -> list[str]:
    return [str(programme) for programme in dict.fromkeys(programmes)]


def _require_draft(question_set: QuestionSet) -> None:
    if question_set.state != State.DRAFT:
        raise Refused(_("This edition is published, so it cannot change. Begin a new edition."))
