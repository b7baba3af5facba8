"""How complete the records are, and which of them contradict one another."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Rescue
from core.access import CaseRows
from core.contradictions import RULES
from prosecutions.models import Arrest, Charge
from questions.models import QuestionSet, Reply
from questions.subjects import table_of
from reports.accused import COURT, DECIDED_ON, decided, sentenced
from reports.base import COUNT
from reports.by_day import in_any_period, sets_by_day
from reports.catalogue.hearings import hearings_on_list
from reports.measures import Figure, Measure, Measures, share
from reports.numbers import Ids, union, unpacked
from reports.sets import EVERY, conditions, grouped, lists_of, sets_of, within
from reports.survivors import facts_of
from reports.together import once
from victims.enums import Outcome
from victims.models import Involvement
from victims.persons import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from core.access import Scoped
    from core.contradictions import Rule
    from reports.params import Params

SURVIVOR, SUSPECT = "victims.Victim", "prosecutions.Perpetrator"
HEARING, CHARGE = "prosecutions.Hearing", "prosecutions.Charge"
ARRESTED, CASE = "prosecutions.Suspect", "casework.Case"


def _rules() -> Iterator[tuple[str, str, Rule]]:
    """Every rule with its table and its code as a measure, in the order of the tables."""
    for label, rules in RULES.items():
        for rule in rules.values():
            yield label, _code(label, rule), rule


def _code(label: str, rule: Rule) -> str:
    return f"{label.rpartition('.')[2].lower()}.{rule.code}"


def _say(label: str, rule: Rule) -> StrOrPromise:
    return format_lazy("{}: {}", apps.get_model(label)._meta.verbose_name, rule.words)


BROKEN = {code: (label, rule) for label, code, rule in _rules()}


class DataQuality(Measures):
    """Shares of records that say what a figure needs; the rest is outside that figure."""

    slug = "data-quality"
    version = 3
    title = _("How complete the records are")
    rests_on = ("court", "stages")
    unit = _("as each line says")
    people = SUSPECT
    definition = format_lazy(
        "{records} {own}",
        records=_(
            "Of the survivors brought to safety in the period: those whose age is known to the "
            "month, whose sex is known, and who have had a first service. Of the persons "
            "convicted at first instance in the period: those with a sentence that was not set "
            "aside. Of the charges filed in the period: those that name a survivor. Of the "
            "hearings listed in the period up to the as-of day and not taken off the list: those"
            " with a result; and of the adjourned ones, those with a reason other than “other”. "
            "Of the rescues of the period: those with an agency on record. Of the suspects "
            "arrested in the period: those whose hours were never counted, because the arrest "
            "came from a file or was reported too late, and for whom nobody has recorded "
            "custody, release or bail since. Merged persons count once. Interval: Wilson, 95 %. "
            "The second table counts records that contradict one another, of any date, and the "
            "cases they are in. The rules are those that refuse such records when they are "
            "entered."
        ),
        own=_(
            "Of the cases that are open now and in which an own question must be answered: those"
            " in which each of these is."
        ),
    )
    measures = {
        "age_known": Measure(_("Age known to the month"), survivors=True, people=SURVIVOR),
        "sex_known": Measure(_("Sex known"), survivors=True, people=SURVIVOR),
        "served": Measure(_("With a first service"), survivors=True, people=SURVIVOR),
        "sentence_recorded": Measure(_("Sentence recorded, of the convicted")),
        "survivor_named": Measure(_("Charges that name a survivor"), people=CHARGE),
        "result_recorded": Measure(_("Hearings with a result"), people=HEARING),
        "reason_recorded": Measure(_("Adjourned for a stated reason"), people=HEARING),
        "agency_recorded": Measure(_("Rescues with an agency"), people="casework.Rescue"),
        "custody_unsaid": Measure(_("Arrested, outcome not recorded"), people=ARRESTED),
        "own_answered": Measure(
            _("Open cases with every required own question answered"), people=CASE
        ),
    } | {
        code: Measure(_say(label, rule), COUNT, people="casework.Case")
        for code, (label, rule) in BROKEN.items()
    }
    headline = "sentence_recorded"

    def broken_rule(self, cell: str) -> tuple[str, Rule] | None:
        return BROKEN.get(cell.partition("|")[0])

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        yield from _survivors(reader, params)
        yield _sentences(reader, params)
        yield _charges(reader, params)
        yield from _hearings(reader, params)
        yield _rescues(reader, params)
        yield _arrests(reader, params)
        key = ("own questions", params.jurisdiction, params.programme)
        yield from once(key, lambda: list(_own_questions(reader, params)))
        yield from _contradictions(reader, params)


def _survivors(reader: User, params: Params) -> Iterator[Figure]:
    day = "rescue__occurred_on"
    rows = Involvement.objects.countable_by(reader).filter(
        outcome=Outcome.RESCUED, **in_any_period(params, day)
    )
    rows = within(rows, params, "case__jurisdiction")
    served = Q(services__provided_on__lte=params.as_of)
    sets = sets_by_day(rows, standing(), day, params, every=EVERY, served=served).whole(params)
    every, known = sets["every"], facts_of(reader)
    yield share("age_known", every & union(known.to_the_month().values()), every)
    yield share("sex_known", every & known.sexed, every)
    yield share("served", sets["served"], every)


def _sentences(reader: User, params: Params) -> Figure:
    judged = decided(reader, params, "first", place=COURT)
    given = sentenced(reader, params, COURT)
    of_period = judged["convicted"] & judged.during(params, DECIDED_ON)
    every = judged.sets(convicted=of_period)["convicted"]
    recorded = given.sets(any=given.during(params, DECIDED_ON))["any"]
    return share("sentence_recorded", every & recorded, every)


def _charges(reader: User, params: Params) -> Figure:
    rows = Charge.objects.countable_by(reader).filter(**in_any_period(params, "filed_on"))
    rows = within(rows, params, "prosecution__jurisdiction")
    named = Q(victims__isnull=False)
    sets = sets_by_day(rows, "pk", "filed_on", params, every=EVERY, named=named).whole(params)
    return share("survivor_named", sets["named"], sets["every"])


def _hearings(reader: User, params: Params) -> Iterator[Figure]:
    rows = hearings_on_list(reader).filter(**in_any_period(params, "listed_on"))
    adjourned = Q(result="adjourned")
    sets = sets_by_day(
        within(rows, params, "prosecution__jurisdiction"),
        "pk",
        "listed_on",
        params,
        every=EVERY,
        recorded=~Q(result=""),
        adjourned=adjourned,
        stated=adjourned & ~Q(adjourned_for__in=("", "other")),
    ).whole(params)
    yield share("result_recorded", sets["recorded"], sets["every"])
    yield share("reason_recorded", sets["stated"], sets["adjourned"])


def _rescues(reader: User, params: Params) -> Figure:
    rows = Rescue.objects.countable_by(reader).filter(**in_any_period(params, "occurred_on"))
    rows, agency = within(rows, params, "jurisdiction"), Q(rescue_agencies__isnull=False)
    sets = sets_by_day(rows, "pk", "occurred_on", params, every=EVERY, agency=agency).whole(params)
    return share("agency_recorded", sets["agency"], sets["every"])


def _arrests(reader: User, params: Params) -> Figure:
    day = "arrested_on"
    rows = Arrest.objects.countable_by(reader).filter(**in_any_period(params, day))
    rows = within(rows, params, "case__jurisdiction")
    unsaid = rows.unanswered().filter(presumed_until__isnull=True)
    sets = [
        sets_by_day(some, "suspect", day, params, who=EVERY).whole(params)["who"]
        for some in (unsaid, rows)
    ]
    return share("custody_unsaid", *sets)


def _own_questions(reader: User, params: Params) -> Iterator[Figure]:
    """Of no period: a case asks what is published today, about itself and about its rows."""
    asked, unanswered = Ids(), Ids()
    for question_set in QuestionSet.objects.must_be_answered():
        model: Any = apps.get_model(table_of(question_set.noun))
        place, programme, case = _where(model)
        rows = within(model.objects.countable_by(reader), params, place, programme)
        rows = rows.filter(question_set.where(programme.removesuffix("programme")))
        replies = Reply.objects.filter(question_set=question_set, about=OuterRef("pk"))
        sets = sets_of(rows, case, asked=EVERY, unanswered=~Q(Exists(replies)))
        asked, unanswered = asked | sets["asked"], unanswered | sets["unanswered"]
    if asked:
        yield share("own_answered", asked - unanswered, asked)


def _contradictions(reader: User, params: Params) -> list[Figure]:
    """Of each rule that is broken: by how many records, in which cases; of no period."""
    key = ("contradictions", params.jurisdiction, params.programme)
    return once(key, lambda: list(_broken(reader, params)))


def _broken(reader: User, params: Params) -> Iterator[Figure]:
    for label, rules in RULES.items():
        model: Any = apps.get_model(label)
        place, programme, case = _where(model)
        rows = within(model.objects.countable_by(reader), params, place, programme)
        wrong = {name: rule.wrong() for name, rule in rules.items()}
        apart = [name for name, rule in rules.items() if rule.apart]
        together = {name: only for name, only in wrong.items() if name not in apart}
        counts: dict[str, tuple[int, Ids | None]] = {}
        for some in filter(None, (together, *({name: wrong[name]} for name in apart))):
            counts |= _cases(rows, case, some) if case else _counted(rows, some)
        for name in rules:
            many, cases = counts[name]
            if many:
                yield Figure(_code(label, rules[name]), k=cases, value=many)


def _counted(rows: Any, wrong: dict[str, Q]) -> dict[str, tuple[int, None]]:
    counts = rows.aggregate(**{name: Count("pk", filter=only) for name, only in wrong.items()})
    return {name: (many, None) for name, many in counts.items()}


def _cases(rows: Any, case: str, wrong: dict[str, Q]) -> dict[str, tuple[int, Ids]]:
    """By how many records each of these rules is broken, and in which cases: one statement."""
    asked = rows.filter(reduce(or_, wrong.values())).order_by().values_list(case)
    lists = [f"count(*) filter (where {name})" for name in wrong] + lists_of(wrong)
    counts = {name: (0, Ids()) for name in wrong}
    rows_of = asked.annotate(**conditions(wrong))
    for _part, *group in grouped(rows_of, ("row_id", *wrong), "number >> 16", lists):
        for name, more, packed in zip(wrong, group, group[len(wrong) :], strict=False):
            many, cases = counts[name]
            counts[name] = (many + more, cases | unpacked(packed))
    return counts


def _where(model: type[Scoped]) -> tuple[str, str, str]:
    """By which path its rows tell their place, their programme and their case."""
    if model is Case:
        return "jurisdiction", "programme", "pk"
    if isinstance(model.access, CaseRows):
        return "case__jurisdiction", "case__programme", "case"
    return "stratum__jurisdiction", "stratum__study__programme", ""
